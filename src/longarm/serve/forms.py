"""Forms as they are handed in: read within limits, and taken only from a page of this server.

A form carries a token that only a page of this server can hold, so no page elsewhere can decide in a reader's name
(cross-site request forgery). The server knows nobody by name; decisions are therefore taken on the loopback address
only, where whoever can ask is whoever runs it.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from longarm.errors import OptionError
from longarm.serve.guard import LOOPBACK

LARGEST: Final = 256 * 1024
"""Bytes of a form without a file, at most."""
FIELDS: Final = 300
"""Fields of a form, at most."""
_PLAIN: Final = "application/x-www-form-urlencoded"
_WITH_FILE: Final = "multipart/form-data"


@dataclass(frozen=True, eq=False)
class Form:
    """A form; two are the same only where they are one, so that each waits its own turn."""

    fields: Mapping[str, list[str]]
    file: bytes | None = None
    file_name: str | None = None

    def raw(self, name: str) -> str:
        """Give the value of a field as it was written; each end of a line is one character, as in texts."""
        return self.fields.get(name, [""])[0].replace("\r\n", "\n")

    def one(self, name: str) -> str:
        """Give the value of a field without the space around it."""
        return self.raw(name).strip()

    def all(self, name: str) -> list[str]:
        """Give all values of a field."""
        return self.fields.get(name, [])

    def lines(self, name: str) -> list[str]:
        """Give the lines of a field that hold something."""
        return [line.strip() for line in self.one(name).splitlines() if line.strip()]


class Seal:
    """What tells a form of this server from any other."""

    def __init__(self, host: str | None) -> None:
        self.may_decide = host is None or host.lower() in LOOPBACK | {"::1"}
        self.token = secrets.token_urlsafe(32)

    def check(self, request: Request, form: Form) -> None:
        """Raise OptionError where a form does not come from a page of this server, or it decides nothing."""
        if not self.may_decide:
            raise OptionError("this server decides nothing", mend="decide with longarm review, or on your own machine")
        origin = request.headers.get("origin")
        # A page that sends no referrer sends its origin as "null"; the token tells it from others.
        is_foreign = origin not in (None, "null") and urlsplit(str(origin)).netloc != request.headers.get("host")
        is_foreign |= request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if is_foreign or not hmac.compare_digest(form.one("token").encode(), self.token.encode()):
            raise OptionError(
                "this form is not from a page of this server, or is older than it", mend="load the page again"
            )


async def read(request: Request) -> Form:
    """Read a form without a file. Raises OptionError where it is too large, or is none."""
    if _kind(request) != _PLAIN:
        raise OptionError("this is no form", mend="use the form of the page")
    data = b""
    async for chunk in _limited(request, LARGEST):
        data += chunk
    try:
        return Form(parse_qs(data.decode(), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"))
    except ValueError:
        raise OptionError("the form cannot be read", mend="use the form of the page") from None


async def read_with_file(request: Request, largest: int) -> Form:
    """Read a form that may carry one file of at most so many bytes. Raises OptionError."""
    if _kind(request) != _WITH_FILE:
        raise OptionError("this is no form", mend="use the form of the page")
    stream = _limited(request, largest + LARGEST)
    try:
        given = await MultiPartParser(
            request.headers, stream, max_files=1, max_fields=FIELDS, max_part_size=largest
        ).parse()
    except OptionError:
        raise  # it is a ValueError too, and says more
    except (MultiPartException, ValueError):
        raise OptionError("the form cannot be read", mend="use the form of the page") from None
    try:
        fields: dict[str, list[str]] = {}
        file: tuple[bytes, str] | None = None
        for name, value in given.multi_items():
            if not isinstance(value, UploadFile):
                fields.setdefault(name, []).append(value)
            elif value.filename:
                file = (await value.read(), value.filename)
        return Form(fields, *(file or (None, None)))
    finally:
        await given.close()


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > most:
            raise OptionError(f"the form is larger than {most:,} bytes", mend="shorten it")
        yield chunk
