"""Evidence of a dossier in the formats of others: which there are, what each file is called, and who writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from longarm.errors import OptionError


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


def exported(
    dossier: Mapping[str, Any], entities: Iterable[Mapping[str, Any]], form: str, tlp: str | None = None
) -> bytes:
    """Write the evidence of a dossier in a format. Raises OptionError for one that is none, or an unknown TLP label.

    How a thing is put (alleged, planned, denied) goes along into every format.
    """
    from longarm.exchange import bibliography, csv_tables, ftm, misp, stix

    if form not in FORMATS:
        raise OptionError(f"'{form}' is no format of evidence", mend=f"one of: {', '.join(FORMATS)}")
    if tlp is not None and form != "misp":
        raise OptionError("--tlp is a label of MISP", mend="give it with --format misp")
    if form == "csv":
        return csv_tables.archive(dossier)
    known = list(entities)
    if form == "ftm":
        return ftm.entities(dossier, known).encode()
    if form == "stix":
        return stix.bundle(dossier, known).encode()
    if form == "misp":
        return misp.event(dossier, tlp, known).encode()
    return (bibliography.csl(dossier) if form == "csl" else bibliography.bibtex(dossier)).encode()
