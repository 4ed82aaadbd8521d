"""What stands before every answer: the check of the Host header, and the headers that keep a page to its own address.

A page of the workspace may load nothing but its own files, run no inline script or style, and be framed by nobody. A
server on the loopback address is still reachable from a browser whose name for a foreign site was rebound to 127.0.0.1
(DNS rebinding); such a request carries that foreign name as its host, so only the server's own names are answered.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_EVERY_ADDRESS: Final = frozenset({"0.0.0.0", "::", "[::]"})  # noqa: S104 (named to be recognised, not bound to)


def hosts(given: str | None) -> frozenset[str]:
    """Give the hosts that a server on `given` answers to."""
    if not given:
        return LOOPBACK
    return LOOPBACK | {f"[{given}]" if ":" in given and not given.startswith("[") else given.lower()}


def is_own(header: str, own: Iterable[str]) -> bool:
    """Say whether a Host header names this server.

    A server on every address answers to any address written in digits: rebinding always comes under a name.
    """
    name = header.strip().lower()
    host = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
    known = frozenset(own)
    if host in known:
        return True
    return bool(known & _EVERY_ADDRESS) and _is_digits(host.strip("[]"))


def _is_digits(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Guard:
    """Refuses foreign hosts and adds the headers, around the whole application."""

    def __init__(self, app: ASGIApp, own: Iterable[str]) -> None:
        """Take the application and the hosts that it answers to."""
        self._app = app
        self._own = frozenset(own)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if not is_own(Headers(scope=scope).get("host", ""), self._own):
            refused = PlainTextResponse("This server does not answer under this name.\n", status_code=421)
            await refused(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)
