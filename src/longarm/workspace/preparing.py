"""Before a large source is read: for which reader it is, its bytes into the archive, what it says of itself."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import longarm
from longarm import config
from longarm.errors import OptionError, SourceError
from longarm.ingest import inputs
from longarm.ingest.stream import Input
from longarm.model import dates, grades
from longarm.model.names import slug
from longarm.store import archive, loads
from longarm.store.decisions import Stamp

if TYPE_CHECKING:
    from longarm.ingest.stream import About, Reader
    from longarm.model.options import IngestOptions
    from longarm.workspace.store import OnFile

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
UNJUDGED: Final = (
    "nothing says who published these entities, so they cannot be judged and count in the bounds only; "
    "give --publisher and --publisher-class"
)


@dataclass(frozen=True)
class Kept:
    """One source as the archive keeps it, and as its reader sees it."""

    document: str
    size: int
    source: Input
    about: About
    grade: str
    """default grade of its statements"""
    publisher: str | None
    publisher_class: str | None


@dataclass(frozen=True)
class Task:
    """One load: sources of one reader that make one commit."""

    reader: Reader
    dataset: str
    source: str
    """as people named it"""
    kept: tuple[Kept, ...]
    plan: loads.Plan
    stamp: Stamp
    warnings: tuple[str, ...] = ()
    under: str = ""
    """id of the mapping that tables are read under"""

    @property
    def scope(self) -> str:
        """What a snapshot is one of."""
        return f"{self.dataset} {self.reader.name}"

    @property
    def key(self) -> str:
        """The same for the same documents under the same options."""
        evidence = [[k.grade, k.publisher, k.publisher_class, k.about.origin] for k in self.kept]
        if self.under:
            evidence.append([self.under, None, None, ""])
        return loads.key(self.scope, self.plan.documents, evidence, longarm.__version__)


def tasks(ws: OnFile, source: str, options: IngestOptions, now: dt.datetime) -> Iterator[Task]:
    """Give what there is to load of whatever a name means: of each format, one load.

    Raises SourceError, before anything is written, where something is in no format that is read here; or OptionError.
    """
    places = _from_standard_input(ws) if source == "-" else inputs.found(source)
    if options.mapping is not None:
        yield _mapped(ws, options.mapping, places, options, now, source)
        return
    for reader, group in _by_reader(ws, places, options):
        yield prepared(ws, reader, group, options, now, source)


def _mapped(
    ws: OnFile,
    mapping: str,
    places: Sequence[inputs.Place],
    options: IngestOptions,
    now: dt.datetime,
    source: str,
) -> Task:
    """Give the load of tables under a mapping, which is kept too: what a row says rests on it."""
    from longarm.ingest import files
    from longarm.ingest.formats import mapping as mappings
    from longarm.ingest.formats.mapped import Mapped

    if options.format is not None:
        raise OptionError("--mapping and --format cannot both be given", mend="leave --format away")
    data = next(iter(files.read(Path(mapping)).values()))
    under = archive.put(ws.layout.documents, data)
    task = prepared(ws, Mapped(mappings.read(data, mapping)), places, options, now, source)
    return replace(task, under=under)


def prepared(
    ws: OnFile,
    reader: Reader,
    places: Sequence[inputs.Place],
    options: IngestOptions,
    now: dt.datetime,
    source: str,
) -> Task:
    """Archive the sources, and say what the load is of. Raises SourceError or OptionError."""
    stamp = Stamp(now, config.read().author, f"longarm {longarm.__version__}")
    kept = tuple(_kept(ws, reader, p, options, str(now.date())) for p in places)
    about = kept[0].about
    dataset = options.dataset or _dataset(about, places[0].name if len(places) == 1 else Path(source).name)
    if not _ID.fullmatch(dataset):
        raise OptionError(
            f"dataset {dataset!r} is not a name: letters, figures, and . _ : - inside were expected",
            mend="give another --dataset",
        )
    is_snapshot = all(k.about.is_snapshot for k in kept)
    kind = "snapshot" if is_snapshot else "delta" if about.follows is not None else "list"
    dated = max((d for k in kept if (d := _day(k.about.published))), default=str(now.date()))
    names = {n for k in kept for n in (k.document, k.source.name, k.about.published) if n}
    plan = loads.Plan(
        tuple(k.document for k in kept), kind, dated, str(now.date()), about.follows or None, tuple(sorted(names))
    )
    task = Task(reader, dataset, source, kept, plan, stamp)
    unjudged = any(k.grade == "F6" for k in kept)
    return replace(task, warnings=((UNJUDGED,) if unjudged else ()) + _out_of_order(ws, task))


def _by_reader(
    ws: OnFile, places: Sequence[inputs.Place], options: IngestOptions
) -> list[tuple[Reader, list[inputs.Place]]]:
    """Say which reader each source is for. One that is for none is said to be so before anything is written."""
    from longarm.ingest.formats import known

    found: dict[str, list[inputs.Place]] = {}
    free = shutil.disk_usage(ws.layout.root).free
    for place in places:
        if (size := place.path.stat().st_size) > free:
            raise SourceError(f"the file has {size:,} bytes; at most {free:,} are free for its copy", file=place.name)
        reader = known.named(options.format) if options.format else known.recognised(place.head(), place.name)
        found.setdefault(reader.name, []).append(place)
    return [(known.named(name), group) for name, group in found.items()]


def _dataset(about: About, name: str) -> str:
    """Name a register by itself, so that its next snapshot is one of the same; anything else by its file."""
    if about.is_snapshot or about.follows is not None:
        return slug(about.origin.partition(":")[2] or about.origin)
    return slug(name.rpartition("!")[2].rpartition("/")[2].split(".")[0])


def _day(published: str | None) -> str | None:
    """Give a partial date of publication to the day; None where it is none."""
    try:
        dates.span((published or "")[:10])
    except ValueError:
        return None
    return (published or "")[:10]


def _kept(ws: OnFile, reader: Reader, place: inputs.Place, options: IngestOptions, day: str) -> Kept:
    """Put a source into the archive, and read from there: what is cited is what was read, whatever becomes of the file.

    A member of an archive is kept by itself where it has neighbours, for a row's number must say of which it is.
    """
    folder = ws.layout.documents
    size = place.path.stat().st_size
    ws.progress(f"Archiving {place.name}")
    if place.path.is_relative_to(folder):
        document = place.path.name
    else:
        with place.path.open("rb") if place.is_alone else place.open() as stream:
            document, size = archive.put_stream(folder, stream)
    path = archive.path_of(folder, document)
    there = replace(place, path=path, member=place.member if place.is_alone else None)
    source = Input(place.name, there.open, day, None if _is_packed(there) else size)
    about = reader.about(source)
    publisher_class = options.publisher_class or about.publisher_class or None
    grade = "F6"
    if publisher_class:
        try:
            grade = str(grades.table().default(publisher_class))
        except ValueError as fault:
            raise SourceError(str(fault), mend="see --publisher-class") from None
    return Kept(document, size, source, about, grade, options.publisher or about.publisher, publisher_class)


def _is_packed(place: inputs.Place) -> bool:
    with place.path.open("rb") as stream:
        return place.member is not None or stream.read(8) != place.head()[:8]


def _from_standard_input(ws: OnFile) -> list[inputs.Place]:
    """Keep what comes on standard input, and read it from there: it is found by content, and comes only once."""
    document, size = archive.put_stream(ws.layout.documents, sys.stdin.buffer)
    if not size:
        raise SourceError("standard input is empty", mend="pipe something in, or name a file")
    return [inputs.Place("standard input", archive.path_of(ws.layout.documents, document))]


def _out_of_order(ws: OnFile, task: Task) -> tuple[str, ...]:
    """Say what is missing before a delta. Raises SourceError for a snapshot that is older than one on file."""
    earlier = [e for e in loads.committed(ws.database, task.scope) if e.plan.documents != task.plan.documents]
    later = [e.plan.dated for e in earlier if e.plan.kind != "list" and e.plan.dated > task.plan.dated]
    if later and task.plan.kind != "list":
        raise SourceError(
            f"this {task.plan.kind} is of {task.plan.dated}; one of {max(later)} is on file already",
            file=task.source,
            mend="bring them in by their dates, or keep the older one apart with --dataset",
        )
    follows = task.plan.follows
    if follows is not None and not any(follows in e.plan.names for e in earlier):
        last = max((e.plan.dated for e in earlier), default="nothing")
        gap = f"there is a gap: this delta follows '{follows}', which is not on file; on file is {last}"
        return (f"{gap}. What changed in between is missing",)
    return ()
