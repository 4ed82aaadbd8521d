"""The formats in which evidence goes out to other tools: which there are, and what each file is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Format:
    """A format, as a file knows it."""

    ending: str
    media: str
    says: str


FORMATS: Final[Mapping[str, Format]] = {
    "ftm": Format("ftm.jsonl", "application/x-ndjson", "FollowTheMoney entities, one a line"),
    "csv": Format("zip", "application/zip", "tables as CSV, in a zip"),
    "stix": Format("stix.json", "application/stix+json;version=2.1", "a STIX 2.1 bundle"),
    "misp": Format("misp.json", "application/json", "a MISP event"),
    "csl": Format("csl.json", "application/vnd.citationstyles.csl+json", "the bibliography as CSL JSON"),
    "bibtex": Format("bib", "application/x-bibtex", "the bibliography as BibTeX"),
}
