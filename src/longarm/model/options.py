"""The options of each verb, declared once: Python, the command line and HTTP all take them from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from longarm.model import grades
from longarm.model.terms import LANGUAGES, WORLDS, Reading


def _option(default: Any, says: str, **more: Any) -> Any:
    return field(default=default, metadata={"says": says, **more})


@dataclass(frozen=True)
class QuestionOptions:
    """Options of every question about a site: its two dates, and what is taken otherwise than the case has it."""

    as_of: str | None = _option(None, "When it was true: YYYY-MM-DD. The day of the case, or today, if not given.")
    known_at: str | None = _option(None, "What was known then: YYYY-MM-DD. Everything on file if not given.")
    worlds: int = _option(WORLDS, "How many possible worlds: 64 to 65536; more worlds, less sampling error.")
    threshold: str | None = _option(
        None, "Share of worlds from which power and means count as met: 0.01 to 0.99. That of the case if not given."
    )
    grades: str | None = _option(
        None, "Another table of what grades are worth, instead of the case's.", choices=grades.others()
    )
    without: str | None = _option(
        None, "Origins to take as false, by their ids, with commas between: what they say counts for nothing."
    )


@dataclass(frozen=True)
class ReachOptions(QuestionOptions):
    """Options of `reach`."""

    reading: str | None = _option(
        None, "Only this reading of disputed routes; both if not given.", choices=tuple(r.value for r in Reading)
    )
    scenario: str | None = _option(
        None, "A scenario to lay over the facts: a YAML file, or the id of one of the case.", metavar="FILE"
    )


@dataclass(frozen=True)
class DossierOptions(QuestionOptions):
    """Options of `dossier`."""

    lang: str = _option("en", "Language of what longarm writes; quotations stay in theirs.", choices=LANGUAGES)

    def reach(self, scenario: str | None = None) -> ReachOptions:
        """Give the same question as options of `reach`."""
        return ReachOptions(**{f.name: getattr(self, f.name) for f in fields(QuestionOptions)}, scenario=scenario)


@dataclass(frozen=True)
class IngestOptions:
    """Options of `ingest`."""

    dataset: str | None = _option(None, "Name under which plain entities are kept; the file's name if not given.")
    mapping: str | None = _option(
        None,
        "Read tables under this mapping, in FollowTheMoney's language; longarm map suggest drafts one.",
        metavar="FILE",
    )
    publisher: str | None = _option(None, "Who published the file, where it says nothing of its sources.")
    publisher_class: str | None = _option(
        None, "The publisher's class, which gives the default grade; see grades.yaml."
    )
    format: str | None = _option(
        None, "Read it as this format, instead of finding it by content; a wrong name lists them.", metavar="NAME"
    )


@dataclass(frozen=True)
class ExtractOptions:
    """Options of `extract`: what is known of the documents from outside, and who reads them."""

    lang: str | None = _option(None, "The language of the documents (en, fr, nl, de); guessed if not given.")
    published: str | None = _option(
        None, "When they were published: what relative dates are resolved from.", metavar="DATE"
    )
    publisher: str | None = _option(None, "Who published them.", metavar="NAME")
    publisher_class: str | None = _option(
        None, "The publisher's class, which gives the default grade; by its name if not given.", metavar="CLASS"
    )
    kind: str = _option("article", "What the documents are.")
    model: bool = _option(
        False, "Also ask the language model that LONGARM_MODEL_URL names; the text is sent to that address."
    )


@dataclass(frozen=True)
class ControlOptions:
    """Options of `control`."""

    as_of: str | None = _option(None, "When it was true: YYYY-MM-DD.")
    methods: tuple[str, ...] = _option(("all",), "Methods by name, or all.")


@dataclass(frozen=True)
class LawOptions:
    """Options of `law applies`."""

    as_of: str | None = _option(None, "The day on which the law must be in force: YYYY-MM-DD.")
    reading: str | None = _option(
        None, "Only this reading of disputed routes; both if not given.", choices=tuple(r.value for r in Reading)
    )


@dataclass(frozen=True)
class Option:
    """One option as the doors see it."""

    name: str
    default: Any
    says: str
    choices: tuple[str, ...] | None
    metavar: str | None = None

    @property
    def is_day(self) -> bool:
        """True where a day is asked for."""
        return self.name in ("as_of", "known_at")


def declared(of: type) -> Iterator[Option]:
    """Give the options of a verb in order."""
    for f in fields(of):
        default = None if f.default is MISSING else f.default
        yield Option(f.name, default, f.metadata["says"], f.metadata.get("choices"), f.metadata.get("metavar"))
