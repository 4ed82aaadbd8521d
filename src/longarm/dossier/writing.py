"""A dossier written out: HTML, PDF, DOCX, Markdown or JSON, all from one template or one value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from longarm.dossier.checks import lacking, must_be_whole
from longarm.dossier.document import Form, document, footer
from longarm.dossier.page import Frame
from longarm.dossier.tongue import N_, tongue
from longarm.dossier.whole import Whole, whole
from longarm.errors import OptionError

MEDIA: Final = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}
"""The forms of a dossier by the ending of their file, with their media types."""


FITS: Final = ((100, 4), (94, 4), (90, 3), (88, 2), (85, 2), (82, 2), (84, 1), (80, 1), (76, 0))
"""What is tried until a brief fits its two pages: size of the letters in hundredths, pairs of saying and answer."""


@dataclass(frozen=True)
class Wanted:
    """How a dossier is to be written."""

    form: str
    language: str = "en"
    brief: bool = False
    draft: bool = False
    """written though something lacks its source or its answer, and marked as such"""


def written(dossier: Mapping[str, Any], wanted: Wanted) -> bytes:
    """Write a dossier. Raises Unanswered where something in it lacks its source or its answer, unless it is a draft.

    Raises OptionError for a form that is none, or for a PDF where the libraries of the system are missing.
    """
    if wanted.form not in MEDIA:
        raise OptionError(f"'{wanted.form}' is no form of a dossier", mend=f"one of: {', '.join(MEDIA)}")
    made = whole(dossier, tongue(wanted.language))
    if not wanted.draft:
        must_be_whole(dossier, made)
    if wanted.form == "json":
        return (json.dumps(dossier, ensure_ascii=False, indent=1) + "\n").encode()
    drafted = len(lacking(dossier, made)) if wanted.draft else 0
    frame = frame_of(dossier, made)
    form = Form(
        brief=wanted.brief,
        is_paper=wanted.form == "pdf",
        is_word=wanted.form == "docx",
        is_text=wanted.form == "md",
        draft=drafted,
    )
    if wanted.form == "pdf":
        from longarm.dossier.pdf import fitting

        tries = [replace(form, scale=s, pairs=p) for s, p in FITS] if wanted.brief else [form]
        return fitting((document(dossier, made, frame, f) for f in tries), 2 if wanted.brief else 10**6)
    html = document(dossier, made, frame, form)
    if wanted.form == "html":
        return html.encode()
    if wanted.form == "docx":
        from longarm.dossier.docx import to_docx

        foot = footer(made.site_name, dossier, made.tongue)
        return to_docx(html, title=title(made), footer=foot, language=wanted.language)
    from longarm.dossier.markdown import to_markdown

    return to_markdown(html).encode()


def title(made: Whole) -> str:
    """Give the title of a dossier."""
    return f"{made.tongue.say(N_('Dossier'))}: {made.site_name}"


def frame_of(dossier: Mapping[str, Any], made: Whole) -> Frame:
    """Give the surroundings of a dossier that stands by itself."""
    q = dossier["question"]
    return Frame(
        site=made.site,
        site_name=made.site_name,
        as_of=q["as_of"],
        known_at=q["known_at"] or "",
        language=made.tongue.language,
        is_file=True,
        is_demonstration=dossier["case"]["has_demonstration"],
    )
