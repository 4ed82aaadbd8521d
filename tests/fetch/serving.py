"""A server on this machine that stands for the internet: names lead to public numbers, and their sockets lead here."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpcore

from longarm.fetch.client import Fetcher

PUBLIC = "93.184.216.34"
OTHER = "151.101.1.69"
Answer = Callable[[str, str], bytes | Iterator[bytes]]
"""(host, target) → the answer as it goes over the wire, whole or in pieces"""


def page(body: bytes, kind: str = "text/html; charset=utf-8", *more: str, status: str = "200 OK") -> bytes:
    """Write an answer with its head."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def to(url: str, status: str = "302 Found") -> bytes:
    """Write an answer that leads on."""
    return page(b"", "text/html", f"Location: {url}", status=status)


@dataclass
class Internet(httpcore.SyncBackend):
    """Opens every connection to one server here, and remembers which number was asked for."""

    port: int = 0
    opened: list[tuple[str, int]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    names: dict[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    """name → its answers, one after the other; the last one stays"""

    def connect_tcp(self, host: str, port: int, *more: object, **given: object) -> httpcore.NetworkStream:
        """Connect to the server, whatever number it is."""
        self.opened.append((host, port))
        return super().connect_tcp("127.0.0.1", self.port, *more, **given)  # type: ignore[arg-type]

    def resolve(self, host: str) -> Sequence[str]:
        """Give the next answer for a name."""
        self.resolved.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers[min(self.resolved.count(host), len(answers)) - 1]

    @property
    def fetcher(self) -> Fetcher:
        """A fetcher that knows no other network."""
        return Fetcher(resolver=self.resolve, network=self)


@contextmanager
def internet(answer: Answer) -> Iterator[Internet]:
    """Serve answers until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    ended = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            asked = b""
            while b"\r\n\r\n" not in asked:
                piece = connection.recv(65536)
                if not piece:
                    return
                asked += piece
            lines = asked.decode("latin-1").split("\r\n")
            host = next((x.partition(":")[2].strip() for x in lines if x.lower().startswith("host:")), "")
            given = answer(host, lines[0].split(" ")[1])
            try:
                for piece in [given] if isinstance(given, bytes) else given:
                    if ended.is_set():
                        return
                    connection.sendall(piece)
            except OSError:
                return  # whoever asked has heard enough

    def listen() -> None:
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield Internet(port=listener.getsockname()[1])
    finally:
        ended.set()
        thread.join()
        listener.close()
