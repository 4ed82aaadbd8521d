"""What if one disagrees: the case with another threshold or table of grades, and origins that are taken as false."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from longarm.errors import OptionError
from longarm.model import grades

if TYPE_CHECKING:
    from longarm.model.case import Case
    from longarm.model.options import QuestionOptions
    from longarm.workspace.store import OnFile


def altered(case: Case, options: QuestionOptions) -> Case:
    """Give the case with the threshold and the grade table that were asked for. Raises OptionError, with the mend."""
    if options.grades is not None:
        if options.grades not in grades.others():
            known = ", ".join(grades.others())
            raise OptionError(f"--grades: there is no table '{options.grades}'", mend=f"one of: {known}")
        case = replace(case, table=grades.other(options.grades, case.table))
    return case if options.threshold is None else replace(case, threshold=_threshold(options.threshold))


def _threshold(text: str) -> int:
    """Read a share of worlds as thousandths."""
    mend = "a share of worlds as 0.5"
    try:
        value = float(text)
    except ValueError:
        raise OptionError(f"--threshold: '{text}' is not a number", mend=mend) from None
    if not 0.01 <= value <= 0.99:
        raise OptionError(f"--threshold: {text} does not lie between 0.01 and 0.99", mend=mend)
    return round(value * 1000)


def _law() -> Iterable[str]:
    from longarm.law.instruments import index

    return index()


def disbelieved(ws: OnFile, options: QuestionOptions) -> tuple[str, ...]:
    """Give the origins that are to be taken as false, sorted. Raises OptionError for one that is not on file."""
    asked = {name.strip() for name in (options.without or "").split(",")} - {""}
    if not asked:
        return ()
    known = {r["origin"] for r in ws.statements() if r["origin"]} | {f"law:{i}" for i in _law()}
    for name in sorted(asked):
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.4) or sorted(known)[:3]
            raise OptionError(
                f"--without: there is no origin '{name}'",
                mend=f"an id that the dossier gives under its sources, such as {', '.join(near)}",
            )
    return tuple(sorted(asked))
