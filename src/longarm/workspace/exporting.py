"""Evidence of a dossier in the formats of others: who writes which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from longarm.errors import OptionError
from longarm.model.formats import FORMATS


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
