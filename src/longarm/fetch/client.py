"""Fetching one page: resolve, check, connect to what was checked, follow redirects alike, stop at a limit."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import httpcore

from longarm.fetch.addresses import Asked, Number, Refused, asked, is_public, onward

Resolver = Callable[[str], Sequence[str]]
"""Gives the numbers of a name, as text; raises OSError where it has none."""

AGENT: Final = "longarm (reads one page on request)"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PIECE: Final = 65536


@dataclass(frozen=True)
class Limits:
    """What is taken of an answer, at most."""

    size: int = 20_000_000
    """bytes, as sent and as unpacked"""
    seconds: float = 30.0
    """for everything together, redirects included"""
    redirects: int = 5
    types: tuple[str, ...] = ("text/", "application/xhtml+xml", "application/xml", "application/rss+xml")
    """beginnings of media types"""


PAGES: Final = Limits(
    types=(
        *("text/html", "text/plain", "text/xml", "application/xhtml+xml", "application/xml", "application/pdf"),
        *("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)
"""What a document can be read from."""


@dataclass(frozen=True)
class Exchange:
    """One question and its answer, as they went over the wire."""

    asked: Asked
    address: str
    """the number that was connected to"""
    status: int
    request: tuple[tuple[bytes, bytes], ...]
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    """as sent: not unpacked"""


@dataclass(frozen=True)
class Fetched:
    """A page: the last exchange, unpacked, with all that led to it."""

    url: str
    """where it was at last"""
    data: bytes
    media_type: str
    charset: str | None
    exchanges: tuple[Exchange, ...]


@dataclass
class _Clock:
    """The time that is left for everything."""

    ends: float

    def left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise Refused("the time that a page may take is over")
        return left


def system(host: str) -> Sequence[str]:
    """Resolve by the system."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True)
class Fetcher:
    """Fetches pages; `network` opens connections, for tests that have no internet."""

    resolver: Resolver = system
    network: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    tls: ssl.SSLContext | None = None

    def fetch(self, url: str, limits: Limits = PAGES) -> Fetched:
        """Fetch a page. Raises Refused where it may not be asked, or its answer may not be taken."""
        clock = _Clock(time.monotonic() + limits.seconds)
        place, exchanges = asked(url), []
        for _ in range(limits.redirects + 1):
            got = self._exchange(place, limits, clock)
            exchanges.append(got)
            if got.status not in _REDIRECTS:
                return _taken(got, tuple(exchanges), limits)
            there = _one(got.headers, b"location")
            if not there:
                raise Refused(f"{place.url} answers with {got.status}, and does not say where to go")
            further = onward(place, there.decode("latin-1"))
            if place.scheme == "https" and further.scheme == "http":
                raise Refused(f"{place.url} leads from https to http: {further.url}")
            place = further
        raise Refused(f"{url} leads on more than {limits.redirects} times")

    def _exchange(self, place: Asked, limits: Limits, clock: _Clock) -> Exchange:
        numbers = self._numbers(place, clock)
        headers = [
            (b"Host", place.authority.encode()),
            (b"User-Agent", AGENT.encode()),
            (b"Accept", ", ".join(t if "/" in t[:-1] else f"{t}*" for t in limits.types).encode()),
            (b"Accept-Encoding", b"gzip"),
            (b"Connection", b"close"),
        ]
        target = httpcore.URL(
            scheme=place.scheme.encode(), host=place.host.encode(), port=place.port, target=place.target.encode()
        )
        pinned = _Pinned(self.network, place.host, numbers)
        left = clock.left()
        waits = {"connect": left, "read": left, "write": left, "pool": left}
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self.tls, network_backend=pinned, max_connections=1) as pool,
                pool.stream("GET", target, headers=headers, extensions={"timeout": waits}) as answer,
            ):
                body = b"" if answer.status in _REDIRECTS else _read(answer, limits, clock, place)
                given = tuple((bytes(k), bytes(v)) for k, v in answer.headers)
                return Exchange(place, pinned.used, int(answer.status), tuple(headers), given, body)
        except (httpcore.TimeoutException, TimeoutError):
            raise Refused(f"{place.url} did not answer in time") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as fault:
            raise Refused(f"{place.url} cannot be read: {fault}") from None

    def _numbers(self, place: Asked, clock: _Clock) -> tuple[Number, ...]:
        """Resolve a host once, and refuse it where any answer does not lead to the public internet."""
        number = place.number
        if number is not None:
            return _checked([number], place)
        try:
            answers = _within(lambda: list(self.resolver(place.host)), clock.left())
            found = [ipaddress.ip_address(a) for a in dict.fromkeys(answers)]
        except (OSError, ValueError, UnicodeError) as fault:
            raise Refused(f"the name {place.host} leads nowhere: {fault}") from None
        return _checked(found, place)


def _checked(numbers: Sequence[Number], place: Asked) -> tuple[Number, ...]:
    if not numbers:
        raise Refused(f"the name {place.host} leads nowhere")
    for number in numbers:
        if not is_public(number):
            raise Refused(f"{place.url} leads to {number}, which is no address of the public internet")
    return tuple(numbers)


def _within(answer: Callable[[], list[str]], seconds: float) -> list[str]:
    """Wait for an answer no longer than this: a resolver of the system knows no limit of ours."""
    found: list[list[str]] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            found.append(answer())
        except (OSError, ValueError, UnicodeError) as fault:
            faults.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if faults:
        raise faults[0]
    if not found:
        raise Refused("the name was not resolved in time")
    return found[0]


class _Pinned(httpcore.NetworkBackend):
    """Connects to numbers that were checked, whatever name is asked for; the name stays for Host and for TLS."""

    def __init__(self, network: httpcore.NetworkBackend, host: str, numbers: Iterable[Number]) -> None:
        self._network, self._host, self._numbers = network, host, tuple(numbers)
        self.used = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first number that answers."""
        if host.strip("[]") != self._host:
            raise Refused(f"a connection to {host} was asked for, which nobody checked")
        last: Exception | None = None
        for number in self._numbers[:4]:
            try:
                stream = self._network.connect_tcp(str(number), port, timeout, local_address, socket_options)
            except (httpcore.NetworkError, httpcore.TimeoutException, OSError) as fault:
                last = fault
            else:
                self.used = str(number)
                return stream
        raise last or Refused(f"{host} cannot be reached")

    def connect_unix_socket(self, *_: object, **__: object) -> httpcore.NetworkStream:
        """Refuse: nothing is asked of this machine."""
        raise Refused("no socket of this machine is opened")


def _read(answer: httpcore.Response, limits: Limits, clock: _Clock, place: Asked) -> bytes:
    """Read the body piece by piece, no more than is taken."""
    told = _one(answer.headers, b"content-length")
    if told and told.isdigit() and int(told) > limits.size:
        raise Refused(f"{place.url} has {int(told):,} bytes; {limits.size:,} at most")
    pieces, size = [], 0
    for piece in answer.iter_stream():
        clock.left()
        size += len(piece)
        if size > limits.size:
            raise Refused(f"{place.url} has more than {limits.size:,} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def _taken(got: Exchange, exchanges: tuple[Exchange, ...], limits: Limits) -> Fetched:
    url = got.asked.url
    if not 200 <= got.status < 300:
        raise Refused(f"{url} answers with {got.status}")
    if got.status in {204, 205, 206}:
        raise Refused(f"{url} answers with {got.status}: no whole page")
    said = (_one(got.headers, b"content-type") or b"").decode("latin-1")
    kind, charset = _type(said)
    if not kind.startswith(limits.types):
        raise Refused(f"{url} is '{kind or 'of no stated type'}', which is not read")
    data = b"".join(_unpacked(got, limits))
    return Fetched(url, data, kind, charset, exchanges)


def _type(said: str) -> tuple[str, str | None]:
    from email.message import Message

    read = Message()
    read["content-type"] = said
    return (read.get_content_type() if "/" in said else ""), read.get_content_charset()


def _unpacked(got: Exchange, limits: Limits) -> Iterator[bytes]:
    """Undo gzip, the one packing that was asked for; a bomb is refused before it is whole."""
    packing = (_one(got.headers, b"content-encoding") or b"identity").strip().lower()
    if packing in {b"identity", b""}:
        yield got.body
        return
    if packing not in {b"gzip", b"x-gzip"}:
        raise Refused(f"{got.asked.url} is packed as '{packing.decode('latin-1')[:40]}', which was not asked for")
    unpacker, size, rest = zlib.decompressobj(wbits=31), 0, got.body
    try:
        while rest and not unpacker.eof:
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            if size > limits.size:
                raise Refused(f"{got.asked.url} unpacks to more than {limits.size:,} bytes")
            yield piece
    except zlib.error as fault:
        raise Refused(f"{got.asked.url} is packed, and cannot be unpacked: {fault}") from None
    if not unpacker.eof:
        raise Refused(f"{got.asked.url} ends before it is whole")


def _one(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    return next((v for k, v in headers if k.lower() == name), None)
