"""The page by which a document comes in: pasted, as a file, or by its address; its claims then wait in the review."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from longarm.dossier import page
from longarm.errors import InputError, OptionError
from longarm.model.grades import table
from longarm.model.options import ExtractOptions
from longarm.workspace import extracting

if TYPE_CHECKING:
    from longarm.serve.forms import Form, Seal
    from longarm.workspace import Workspace
    from longarm.workspace.extracting import Extracted, Source

FIELDS = ("text", "url", "title", "publisher", "publisher_class", "published", "lang")


def show(workspace: Workspace, seal: Seal, given: Form | None = None, fault: InputError | None = None) -> str:
    """Give the page; with what was written before, where that could not be taken."""
    return page.page(
        "take.html",
        page.Frame(current="review", is_demonstration=workspace.has_demonstration()),
        token=seal.token,
        may_decide=seal.may_decide,
        given={name: given.raw(name) if given else "" for name in FIELDS},
        classes=[name for name, _ in table().classes],
        languages=("en", "fr", "nl", "de"),
        largest=extracting.LARGEST,
        fault=fault,
    )


def take(workspace: Workspace, form: Form) -> Extracted:
    """Take what a form hands in. Raises OptionError, or Refused with its reason; then nothing is kept."""
    options = ExtractOptions(
        lang=form.one("lang") or None,
        published=form.one("published") or None,
        publisher=form.one("publisher") or None,
        publisher_class=form.one("publisher_class") or None,
    )
    return extracting.take(workspace, _source(form), options)


def _source(form: Form) -> Source:
    from longarm.extract.reading import Given

    url, words = form.one("url"), form.raw("text")
    if form.file is not None:
        name = PurePosixPath(PureWindowsPath(form.file_name or "file").name).name[:200]
        return extracting.Source(Given(form.file, name=name, url=url or None), title=form.one("title") or None)
    if words.strip():
        # Its first line is no title by itself: it may be the first sentence, with a claim in it.
        title = form.one("title") or None
        data = words.encode("utf-8", "replace")
        return extracting.Source(Given(data, url=url or None, media_type="text/plain", charset="utf-8"), title=title)
    if not url:
        raise OptionError("nothing was handed in", mend="paste a text, choose a file, or give an address")
    if not extracting.is_web(url):
        raise OptionError(f"'{url[:200]}' is no address of the web", mend="as https://example.org/article")
    return extracting.opened(url, dt.datetime.now(dt.UTC).replace(microsecond=0))
