"""The errors that longarm raises; each names what the user must fix.

LongarmError
├── InputError (ValueError)
│   ├── SourceError        a file that was handed in cannot be read as what it should be
│   ├── UnknownState       no such ISO 3166 code
│   ├── UnknownSite        no such site in this workspace
│   ├── UnknownEntity      no such entity, finding or statement
│   ├── OptionError        an option whose value does not fit
│   └── Refused            an address, an answer or a document that is not taken, with the reason in one word
├── EvidenceError (ValueError)   a statement that its evidence does not bear out
│   └── Unanswered         a dossier that may not be written out: something in it lacks its source or its answer
├── WorkspaceError (RuntimeError)
│   ├── NoWorkspace        there is none where it was looked for
│   ├── WorkspaceExists    `init` would overwrite something
│   └── Damaged            bytes on disk are not those that were committed
└── ContractError (TypeError)    a stage wrote a table that its contract forbids (our mistake, never the user's)

None of them knows an exit code, an HTTP status or a colour: `cli` and `serve` translate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mend:
    """Where a fault stands and what mends it."""

    file: str | None = None
    line: int | None = None
    mend: str | None = None


class LongarmError(Exception):
    """Anything that longarm says on purpose."""

    code = "error"

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None, mend: str | None = None):
        super().__init__(message)
        self.message = message
        self.where = Mend(file, line, mend)

    def __str__(self) -> str:
        place = ""
        if self.where.file is not None:
            place = f"{self.where.file}:{self.where.line}: " if self.where.line else f"{self.where.file}: "
        return place + self.message

    def to_dict(self) -> dict[str, Any]:
        """Give the error as plain values, for `--json` and HTTP."""
        return {
            "error": self.code,
            "message": self.message,
            "file": self.where.file,
            "line": self.where.line,
            "mend": self.where.mend,
        }


class InputError(LongarmError, ValueError):
    """What was asked or handed in cannot be used."""

    code = "input"


class SourceError(InputError):
    """A file cannot be read as what it should be."""

    code = "source"


class UnknownState(InputError):
    """No state has this ISO 3166 code."""

    code = "unknown_state"


class UnknownSite(InputError):
    """No site of this id is in the workspace."""

    code = "unknown_site"


class UnknownEntity(InputError):
    """Nothing of this id is in the workspace."""

    code = "unknown_entity"


class OptionError(InputError):
    """The value of an option does not fit."""

    code = "option"


class Refused(InputError):
    """An address, an answer or a document is not taken: it is unsafe, too large, too slow or of no readable kind."""

    code = "refused"

    def __init__(self, message: str, *, reason: str = "refused", file: str | None = None, mend: str | None = None):
        super().__init__(message, file=file, mend=mend)
        self.reason = reason
        """one word, such as private, size, time, type: what a list of skipped documents is sorted by"""

    def to_dict(self) -> dict[str, Any]:
        """Give the error with its reason."""
        return {**super().to_dict(), "reason": self.reason}


class EvidenceError(LongarmError, ValueError):
    """A statement that its own evidence does not bear out."""

    code = "evidence"


class Unanswered(EvidenceError):
    """A dossier may not be written out: a sentence lacks its statements, or a negative one its source or its denial."""

    code = "unanswered"

    lacking: Sequence[Mapping[str, str]] = ()
    """what lacks what: {"id", "sentence", "lacks"}"""

    @classmethod
    def of(cls, lacking: Sequence[Mapping[str, str]], *, mend: str | None = None) -> Unanswered:
        """Make the error of what lacks what."""
        listed = "".join(f"\n  · {row['id']}: {row['lacks']}: {row['sentence']}" for row in lacking)
        things = "1 sentence lacks" if len(lacking) == 1 else f"{len(lacking)} sentences lack"
        made = cls(f"the dossier is not written: {things} what it needs{listed}", mend=mend)
        made.lacking = lacking
        return made

    def to_dict(self) -> dict[str, Any]:
        """Give the error with its list."""
        return {**super().to_dict(), "lacking": [dict(row) for row in self.lacking]}


class WorkspaceError(LongarmError, RuntimeError):
    """The workspace itself is at fault."""

    code = "workspace"


class NoWorkspace(WorkspaceError):
    """There is no workspace where it was looked for."""

    code = "no_workspace"


class WorkspaceExists(WorkspaceError):
    """`init` would overwrite what is there."""

    code = "workspace_exists"


class Damaged(WorkspaceError):
    """Bytes on disk are not those that were committed."""

    code = "damaged"


class ContractError(LongarmError, TypeError):
    """A table breaks the contract that its stage declared."""

    code = "contract"
