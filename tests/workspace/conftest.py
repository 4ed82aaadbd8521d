"""The desk at which loads are tried."""

from invented_register import desk

__all__ = ["desk"]
