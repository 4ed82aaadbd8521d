"""A server on this machine that stands for a public one: resolver and dialler lead to it, the checks do not know."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import trustme

from longarm.fetch import Network

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PUBLIC = "93.184.215.14"
Speak = Callable[[socket.socket, bytes], None]


def page(body: bytes = b"<p>hello</p>", kind: str = "text/html", *more: str, status: str = "200 OK") -> bytes:
    """An answer as it goes over the wire."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@dataclass
class World:
    """Names, what each path answers, and what was really looked up and called."""

    port: int
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    paths: dict[str, bytes | Speak] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    called: list[tuple[str, int]] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    authority: trustme.CA | None = None

    def resolve(self, host: str, port: int, seconds: float) -> Sequence[str]:
        self.asked.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers[min(self.asked.count(host) - 1, len(answers) - 1)]

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.called.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.authority is not None:
            self.authority.configure_trust(context)
        return context

    @property
    def network(self) -> Network:
        return Network(self.resolve, self.dial, self.trust)


def _serve(listening: socket.socket, world: World, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            sock, _ = listening.accept()
        except OSError:
            return
        try:
            sock.settimeout(5)
            if tls is not None:
                sock = tls.wrap_socket(sock, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request and (piece := sock.recv(65536)):
                request += piece
            world.requests.append(request)
            path = request.split(b" ")[1].decode() if request.count(b" ") > 1 else "/"
            answer = world.paths.get(path, page())
            if isinstance(answer, bytes):
                sock.sendall(answer)
            else:
                answer(sock, request)
        except OSError:
            continue
        finally:
            sock.close()


def _world(tls: ssl.SSLContext | None, authority: trustme.CA | None) -> Iterator[World]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = World(listening.getsockname()[1], authority=authority)
        thread = threading.Thread(target=_serve, args=(listening, made, tls), daemon=True)
        thread.start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.fixture
def world() -> Iterator[World]:
    """A world over plain HTTP."""
    yield from _world(None, None)


@pytest.fixture
def secure() -> Iterator[World]:
    """A world over TLS, whose certificate is for good.org."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("good.org").configure_cert(context)
    yield from _world(context, authority)
