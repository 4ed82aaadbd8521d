"""Readers of one format each; `known.py` says which there are."""
