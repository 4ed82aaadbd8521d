"""What a source is, told by its content and not by its name: a case folder, or FollowTheMoney entities."""

from __future__ import annotations

import re

from longarm.errors import OptionError, SourceError
from longarm.ingest import case_folder, ftm_entities
from longarm.ingest.batch import Batch, Document
from longarm.ingest.files import Files, text
from longarm.model import grades
from longarm.model.names import slug
from longarm.model.options import IngestOptions
from longarm.model.statement import Evidence
from longarm.store.archive import name_of

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,199}")


def read(files: Files, name: str, options: IngestOptions, day: str) -> Batch:
    """Read a source into a batch. Raises SourceError where it is nothing that is read here, and says what is."""
    if case_folder.is_case(files):
        return case_folder.read(files, day)
    if len(files) == 1:
        file, data = next(iter(files.items()))
        if _looks_like_entities(data, file):
            return _entities(data, file, options, day)
    raise SourceError(
        f"'{name}' is nothing that is read here",
        file=name,
        mend="a case folder or zip with case.yaml and site.yaml, or FollowTheMoney entities, one JSON object a line",
    )


def _looks_like_entities(data: bytes, name: str) -> bool:
    return text(data, name).lstrip().startswith("{")


def _entities(data: bytes, name: str, options: IngestOptions, day: str) -> Batch:
    """Plain entities: their document is the file, their grade that of the publisher's class, if one is given."""
    if options.dataset is not None and not _ID.fullmatch(options.dataset):
        raise OptionError(
            f"dataset {options.dataset!r} is not a name: letters, figures, and . _ : - inside were expected",
            mend="give another --dataset",
        )
    batch = Batch(dataset=options.dataset or slug(name.split(".")[0]))
    grade = grades.Grade("F", "6")
    if options.publisher_class:
        try:
            grade = grades.table().default(options.publisher_class)
        except ValueError as fault:
            raise SourceError(str(fault), mend="see --publisher-class") from None
    else:
        batch.warnings.append(
            "nothing says who published these entities, so they cannot be judged and count in the bounds only; "
            "give --publisher and --publisher-class"
        )
    document = batch.add(
        Document(
            name_of(data), data, "data", day, name, "application/json", options.publisher, options.publisher_class, name
        )
    )
    evidence = Evidence(document=document.id, origin=f"document:{document.id}", grade=str(grade))
    ftm_entities.read(data, name, batch, ftm_entities.Citing(otherwise=evidence), day)
    return batch
