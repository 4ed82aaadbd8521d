"""The file of a dossier as PDF/UA: tagged, with bookmarks, its text selectable, from the HTML that a browser shows.

WeasyPrint draws with Pango, a library of the system; where it is missing, the error says what to install.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from longarm.errors import OptionError

MISSING = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""Packages of Debian that WeasyPrint needs."""


def to_pdf(html: str) -> bytes:
    """Give the PDF of a page that stands by itself. Nothing is fetched: what is not inside is left out.

    The same page gives the same bytes. Raises OptionError where Pango is missing.
    """
    return fitting([html], 10**6)


def fitting(tries: Iterable[str], pages: int) -> bytes:
    """Give the PDF of the first of several pages that fits a number of pages; the last one where none does."""
    weasyprint = _weasyprint()
    inside = weasyprint.URLFetcher(allowed_protocols=["data"])
    drawn: Any = None
    html = ""
    for html in tries:
        drawn = weasyprint.HTML(string=html, url_fetcher=inside, media_type="print").render(pdf_variant="pdf/ua-1")
        if len(drawn.pages) <= pages:
            break
    # The identifier of a PDF is random unless it is given; it stands for the page that it was made from.
    with _without_a_clock():
        written: bytes = drawn.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=_identifier(html))
    return written


_CLOCK: Final = threading.Lock()
"""One writer at a time takes the clock away, or the other would give it back too early."""


@contextmanager
def _without_a_clock() -> Iterator[None]:
    """Keep the second of writing out of the fonts that are embedded: the same page gives the same bytes."""
    from fontTools.ttLib.tables import _h_e_a_d as head

    with _CLOCK:
        now = head.timestampNow
        head.timestampNow = lambda: 0
        try:
            yield
        finally:
            head.timestampNow = now


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as fault:
        raise OptionError(
            "a PDF needs Pango, which is not on this machine",
            mend=f"Debian: sudo apt-get install {MISSING}; or take .html or .docx",
        ) from fault
    for name in ("weasyprint", "fontTools", "fontTools.subset"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return weasyprint


def _identifier(html: str) -> bytes:
    import hashlib

    return hashlib.sha256(html.encode()).digest()[:16]
