"""Bytes to text with stable offsets: HTML, PDF, Word, e-mail, plain and pasted text."""

from longarm.extract.reading.documents import Given, Reading, Skipped, pasted, read, read_all
from longarm.extract.reading.left import LeftOut

__all__ = ["Given", "LeftOut", "Reading", "Skipped", "pasted", "read", "read_all"]
