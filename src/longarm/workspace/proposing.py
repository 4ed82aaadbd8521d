"""Taking claims in: the text into the archive, the proposals into their derived table, newer in the place of older."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import longarm
from longarm import config
from longarm.errors import OptionError, SourceError
from longarm.model import dates, grades
from longarm.model.claims import Claim, Text, stands
from longarm.review.writing import DATASET
from longarm.store import archive, decisions, lake, reviews
from longarm.store import claims as proposals
from longarm.store.files import write_whole

if TYPE_CHECKING:
    from longarm.review.reading import Refused
    from longarm.workspace.store import OnFile


@dataclass(frozen=True)
class Proposed:
    """What was taken of the claims of one document."""

    document: str
    kept: str
    """SHA-256 of the text in the archive"""
    proposed: int
    """claims that wait for a decision"""
    known: int
    """claims on which somebody decided before: not proposed again"""
    superseded: int
    """proposals of an older version that nobody decided on, and that this one takes the place of"""
    refused: int
    reject_file: str | None = None


def propose(
    ws: OnFile,
    text: Text,
    claims: Sequence[Claim],
    kind: str = "article",
    *,
    publisher_class: str | None = None,
    origin: str | None = None,
    refused: Sequence[Refused] = (),
    locator: str | None = None,
    taken_from: str | None = None,
) -> Proposed:
    """Keep a text and propose its claims. A claim whose quote is not at its span is refused, with the reason.

    `locator` is what people call the document, where its id says nothing to them; `taken_from` the id of the original
    that the text was read out of; `origin` what the whole document goes back to, where an echo was found. What the
    same proposer put forward before and nobody decided on is superseded; what was decided is not proposed again, and
    what was accepted stays.
    Raises OptionError for a class of publisher that is none.
    """
    from longarm.review.log import from_dict, kept_apart, states, to_dict
    from longarm.review.reading import Refused

    turned_away = list(refused)
    fine: dict[str, Claim] = {}
    for i, claim in enumerate(claims):
        if claim.document == text.document and stands(claim, text.text):
            fine.setdefault(claim.id, claim)
        else:
            reason = f"the quote is not at characters {claim.start} to {claim.end} of '{text.document[:80]}'"
            turned_away.append(Refused(i, reason, "extract again", json.dumps(asdict(claim), ensure_ascii=False)))
    row = _keep(ws, text, kind, _class(text, publisher_class), origin, locator, taken_from)
    decided = states(reviews.read(ws.database))
    of_this = [s.claim for s in decided.values() if s.claim.document == text.document]
    fresh, known = kept_apart(fine.values(), of_this)
    before = proposals.of_document(ws.layout.claims, text.document)
    again = {c.id for c in fine.values()}
    proposers = {_proposer(c.version) for c in fine.values()}
    others = [c for c in before if c["id"] not in again and c["id"] not in decided]
    # What another proposer put forward stays; of one and the same, the newer word counts.
    stay = [from_dict(c) for c in others if _proposer(c["version"]) not in proposers]
    stay, _ = kept_apart(stay, fresh)
    # What was decided stays in the table, so that it is proposed again if the decision is taken back.
    old = [c for c in before if c["id"] in decided and c["id"] not in again]
    now = [to_dict(c) for c in (*fresh, *(k for k in known if k.id in decided), *stay)]
    proposals.write(ws.layout.claims, row, [*now, *old])
    return Proposed(
        text.document,
        row["kept"],
        len(fresh),
        len(known),
        len(others) - len(stay),
        len(turned_away),
        _write_rejects(ws, text.document, turned_away),
    )


def import_file(ws: OnFile, file: str | Path, kind: str, publisher_class: str | None) -> list[Proposed]:
    """Propose what a file of `longarm extract --json` holds. Raises SourceError with file, line and mend."""
    from longarm.ingest import files
    from longarm.review import reading

    found = files.read(Path(file))
    if len(found) != 1:
        raise SourceError(f"'{file}' is not one file", mend="name a file that longarm extract --json wrote")
    read = reading.read(next(iter(found.values())), str(file))
    return [propose(ws, p.text, p.claims, kind, publisher_class=publisher_class, refused=p.refused) for p in read]


def _proposer(version: str) -> str:
    """Give who proposes, without its version: `rules/2` and `rules/1` are one."""
    return version.partition("/")[0].partition("@")[0]


def _class(text: Text, given: str | None) -> str:
    if given is not None:
        try:
            grades.table().default(given)
        except ValueError as fault:
            raise OptionError(str(fault), mend="see --publisher-class") from None
        return given
    from longarm.ingest.facts import class_of

    return (class_of(text.publisher) if text.publisher else None) or "copy"


def _keep(
    ws: OnFile,
    text: Text,
    kind: str,
    publisher_class: str,
    origin: str | None,
    locator: str | None,
    taken_from: str | None,
) -> dict[str, Any]:
    """Put the text into the archive, with its row among the documents, and give its row of `texts`."""
    from rigour.langs import iso_639_alpha3

    from longarm.model.tables import DOCUMENTS

    kept = archive.put(ws.layout.documents, text.text.encode())
    published = day_of(text.published)
    row: dict[str, Any] = {
        "document": text.document,
        "kept": kept,
        "kind": kind,
        "lang": iso_639_alpha3(text.lang) if text.lang else None,
        "published": published,
        "publisher": text.publisher,
        "publisher_class": publisher_class,
        "title": text.title,
        "url": text.url,
        "origin": origin,
    }
    if kept not in ws.documents():
        now = dt.datetime.now(dt.UTC)
        document = {k: v for k, v in row.items() if k not in ("document", "kept", "origin")}
        document |= {"id": kept, "retrieved": str(now.date()), "media_type": "text/plain", "dataset": DATASET}
        document |= {"size": len(text.text.encode()), "locator": locator or text.document}
        document["taken_from"] = taken_from
        part = lake.write(ws.layout.parts, DOCUMENTS, DOCUMENTS.table([document]))
        stamp = decisions.Stamp(now, config.read().author, f"longarm {longarm.__version__}")
        decisions.commit(ws.database, stamp, source=text.document[:512], dataset=DATASET, parts=[part])
    return row


def day_of(text: str | None) -> str | None:
    """Give a date of publication as a partial date, or nothing where it is none."""
    from longarm.review.relations import partial

    found = partial(text or "")
    try:
        dates.span(found)
    except ValueError:
        return None
    return found


def _write_rejects(ws: OnFile, document: str, refused: Sequence[Refused]) -> str | None:
    if not refused:
        return None
    rows = [{"file": document, **asdict(r)} for r in refused]
    body = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode()
    path = ws.layout.rejects / f"claims-{archive.name_of(body)[:12]}.jsonl"
    write_whole(path, body)
    return str(path.relative_to(ws.layout.root))
