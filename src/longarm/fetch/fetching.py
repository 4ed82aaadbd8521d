"""The one fetcher of the program: a GET of a public web address, checked afresh at each redirect.

Each host is looked up once. All its addresses must be public; the connection goes to one of those that were checked,
under the name that was asked for (Host, and SNI with the certificate's name). No proxy, no cookie, no credentials, no
range, no cache. What was sent and received is kept to the byte, for the WARC.
"""

from __future__ import annotations

import http.client
import re
import ssl
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from longarm.errors import Refused
from longarm.fetch.addresses import Address, checked
from longarm.fetch.decoding import decoded
from longarm.fetch.networks import refusal
from longarm.fetch.wire import Deadline, Network, Wire

_MEGABYTE: Final = 1024 * 1024
_HEAD: Final = 256 * 1024
_TYPE: Final = re.compile(r"\s*([\w!#$&^.+-]+/[\w!#$&^.+-]+)\s*(?:;|$)")
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
READABLE: Final = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "message/rfc822",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
"""media types of documents and feeds that can be read"""


@dataclass(frozen=True)
class Limits:
    """How much a fetch may take."""

    bytes: int = 20 * _MEGABYTE
    """of the answer, as sent and again as unpacked"""
    seconds: float = 30.0
    """from the first look-up to the last byte, redirects included"""
    redirects: int = 5
    media_types: frozenset[str] = READABLE
    ports: frozenset[int] = frozenset({80, 443})
    agent: str = "longarm (reads documents for a person)"


@dataclass(frozen=True)
class Hop:
    """One request and its answer."""

    url: str
    peer: str
    """the address that was called"""
    sent: bytes
    received: bytes
    status: int
    location: str | None


@dataclass(frozen=True)
class Fetched:
    """What was fetched, and how."""

    asked: str
    url: str
    """the address that answered in the end"""
    at: datetime
    body: bytes
    """without transfer and content coding"""
    media_type: str
    charset: str | None
    """as the answer declares it"""
    hops: tuple[Hop, ...]


def fetch(url: str, at: datetime, limits: Limits | None = None, network: Network | None = None) -> Fetched:
    """Fetch a web address; `at` is the time that is written down. Raises Refused, with a reason in one word.

    Reasons: long, spelling, scheme, userinfo, port, host, number, inward, lookalike (the address); name (it is not
    found), private (an address that is not public); connection, certificate, status, redirects, downgrade, broken
    (the exchange); size, time, type, coding (limits).
    """
    limits, network = limits or Limits(), network or Network()
    deadline = Deadline(limits.seconds)
    here, hops = checked(url, limits.ports), list[Hop]()
    seen = {here.url}
    while True:
        hop, answer, raw = _exchange(here, deadline, limits, network)
        hops.append(hop)
        if hop.location is None:
            break
        if len(hops) > limits.redirects:
            raise Refused(f"{url} is redirected more than {limits.redirects} times", reason="redirects")
        here = checked(hop.location, limits.ports, here)
        if here.url in seen:
            raise Refused(f"{url} is redirected in a circle, at {here.url}", reason="redirects")
        seen.add(here.url)
    body = decoded(raw, ",".join(answer.get_all("Content-Encoding", [])), limits.bytes)
    return Fetched(*(url, here.url, at, body, answer.get_content_type()), answer.get_content_charset(), tuple(hops))


def _exchange(
    here: Address, deadline: Deadline, limits: Limits, network: Network
) -> tuple[Hop, http.client.HTTPMessage, bytes]:
    try:
        peer, wire = _connected(here, deadline, limits, network)
    except ssl.SSLError as fault:
        raise Refused(f"{here.url}: the certificate or TLS is not accepted ({fault})", reason="certificate") from None
    except TimeoutError:
        raise Refused(f"{here.url}: nobody answered in time", reason="time") from None
    except (OSError, UnicodeError) as fault:
        raise Refused(f"{here.url}: no connection ({fault})", reason="connection") from None
    try:
        return _asked(here, peer, wire, limits)
    except TimeoutError:
        raise Refused(f"{here.url}: the answer took too long", reason="time") from None
    except Refused as fault:
        raise Refused(f"{here.url}: {fault.message}", reason=fault.reason) from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        what = f"{type(fault).__name__} {fault}".strip()[:200]
        raise Refused(f"{here.url}: the answer is broken ({what})", reason="broken") from None
    finally:
        wire.end()


def _connected(here: Address, deadline: Deadline, limits: Limits, network: Network) -> tuple[str, Wire]:
    peers = [here.host] if here.literal else _looked_up(here, deadline, network)
    for peer in peers:
        if (why := refusal(peer)) is not None:
            raise Refused(f"{here.url} is not fetched: its address {peer} is not public ({why})", reason="private")
    fault: OSError = OSError("no address")
    for peer in peers[:4]:
        try:
            sock = network.dialler(peer, here.port, deadline.left())
        except OSError as missed:
            fault = missed
            continue
        try:
            if here.scheme == "https":
                sock.settimeout(deadline.left())
                sock = network.trust().wrap_socket(sock, server_hostname=here.host)
        except BaseException:
            sock.close()
            raise
        return peer, Wire(sock, deadline, limits.bytes + _HEAD)
    raise fault


def _looked_up(here: Address, deadline: Deadline, network: Network) -> list[str]:
    try:
        found = list(network.resolver(here.host, here.port, deadline.left()))
    except TimeoutError:
        raise
    except OSError as fault:
        raise Refused(f"{here.url}: the name {here.host} is not found ({fault})", reason="name") from None
    if not found:
        raise Refused(f"{here.url}: the name {here.host} has no address", reason="name")
    return found


def _asked(here: Address, peer: str, wire: Wire, limits: Limits) -> tuple[Hop, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(here.host, here.port)
    # A socket that is there already is used as it is: nothing is looked up or connected by the library.
    connection.sock = wire
    connection.putrequest("GET", here.target, skip_host=True, skip_accept_encoding=True)
    for name, value in (
        ("Host", here.authority),
        ("User-Agent", limits.agent),
        ("Accept", "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.9, */*;q=0.5"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    hop = Hop(here.url, peer, b"", b"", answer.status, None)
    if answer.status in _MOVED and answer.headers.get("Location"):
        body = b""
        location = answer.headers["Location"].strip()
        # A header comes as Latin-1; many servers send an address in UTF-8 all the same.
        hop = replace(hop, location=location.encode("latin-1", "replace").decode("utf-8", "replace"))
    else:
        _wanted(answer, limits)
        body = answer.read(limits.bytes + 1)
        if len(body) > limits.bytes:
            raise Refused(f"the answer is larger than {limits.bytes:,} bytes", reason="size")
        if not answer.isclosed() and answer.read(1):
            raise Refused(f"the answer is larger than {limits.bytes:,} bytes", reason="size")
        if answer.length:
            raise Refused("the answer breaks off", reason="broken")
    return replace(hop, sent=bytes(wire.sent), received=bytes(wire.received)), answer.headers, body


def _wanted(answer: http.client.HTTPResponse, limits: Limits) -> None:
    if answer.status != 200:
        raise Refused(f"the server answered {answer.status} {answer.reason[:80]}".rstrip(), reason="status")
    declared = answer.headers.get("Content-Type")
    # The library reads whatever it cannot parse as text/plain.
    stated = _TYPE.match(declared or "")
    if stated is None or stated[1].lower() not in limits.media_types:
        raise Refused(f"the answer is of the type {(declared or 'that is not said')[:80]!r}", reason="type")
    if answer.length is not None and answer.length > limits.bytes:
        raise Refused(f"the answer is larger than {limits.bytes:,} bytes", reason="size")
