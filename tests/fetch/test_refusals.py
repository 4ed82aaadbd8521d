"""What the fetcher refuses: hostile addresses, redirects and resolvers, enumerated."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
import zlib

import pytest
from fetch_world import AT, PUBLIC, World, page
from hostile import ADDRESSES, DNS, PLAIN
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.errors import Refused
from longarm.fetch import Limits, checked, fetch, refusal


def reason_of(url: str, world: World, **limits: object) -> str:
    """The reason with which a fetch is refused."""
    with pytest.raises(Refused) as caught:
        fetch(url, AT, Limits(**limits), world.network)  # type: ignore[arg-type]
    return caught.value.reason


def test_the_list_is_long_enough() -> None:
    """The issue asks for 150 hostile addresses, no two alike."""
    assert len({url for url, _ in ADDRESSES}) == len(ADDRESSES) >= 150


@pytest.mark.parametrize(("url", "reason"), ADDRESSES)
def test_a_hostile_address_is_refused_before_any_connection(url: str, reason: str, world: World) -> None:
    """Nothing is dialled, whatever the resolver says, and the reason is the right one."""
    assert reason_of(url, world) == reason
    assert world.called == []


@pytest.mark.parametrize(
    ("url", "reason"), [(url, reason) for url, reason in ADDRESSES if reason != "spelling" and "://" in url[:8]]
)
def test_a_redirect_to_a_hostile_address_is_refused(url: str, reason: str, world: World) -> None:
    """A redirect is checked as an address is, and the one call is the first."""
    world.paths["/go"] = b"HTTP/1.1 302 Found\r\nLocation: " + url.encode() + b"\r\n\r\n"
    assert reason_of("http://good.org/go", world) == reason
    assert len(world.called) == 1


@pytest.mark.parametrize("answer", DNS)
def test_a_name_that_leads_inwards_is_refused(answer: list[str], world: World) -> None:
    """One address that is not public spoils the whole answer, wherever it stands in it."""
    world.names["good.org"] = [answer]
    assert reason_of("http://good.org/", world) == "private"
    assert world.called == []


@pytest.mark.parametrize("answer", DNS)
def test_a_redirect_to_a_name_that_leads_inwards_is_refused(answer: list[str], world: World) -> None:
    """The name of a redirect is looked up and checked like the first."""
    world.names["bad.org"] = [answer]
    world.paths["/go"] = b"HTTP/1.1 307 Go\r\nLocation: //bad.org/x\r\n\r\n"
    assert reason_of("http://good.org/go", world) == "private"
    assert world.called == [(PUBLIC, 80)]


def test_a_second_answer_of_the_resolver_is_never_used(world: World) -> None:
    """A name that is public when it is checked and private a moment later: the connection goes to what was checked."""
    world.names["good.org"] = [[PUBLIC], ["127.0.0.1"], ["10.0.0.1"]]
    fetched = fetch("http://good.org/", AT, None, world.network)
    assert (world.asked, world.called) == (["good.org"], [(PUBLIC, 80)])
    assert fetched.hops[0].peer == PUBLIC


def test_a_redirect_to_the_same_name_is_looked_up_and_checked_again(world: World) -> None:
    """The changed answer is seen at the redirect, and refused there."""
    world.names["good.org"] = [[PUBLIC], ["127.0.0.1"]]
    world.paths["/go"] = b"HTTP/1.1 302 Go\r\nLocation: /next\r\n\r\n"
    assert reason_of("http://good.org/go", world) == "private"
    assert world.called == [(PUBLIC, 80)]


def test_redirects_end(world: World) -> None:
    """A circle and a long chain are refused; so is a step from https to http (in test_fetching)."""
    for step in range(9):
        world.paths[f"/{step}"] = f"HTTP/1.1 301 Go\r\nLocation: /{step + 1}\r\n\r\n".encode()
    world.paths["/circle"] = b"HTTP/1.1 301 Go\r\nLocation: /circle\r\n\r\n"
    assert reason_of("http://good.org/0", world) == "redirects"
    assert len(world.called) == Limits().redirects + 1
    assert reason_of("http://good.org/circle", world) == "redirects"


_BOMB = gzip.compress(b"\0" * 50_000_000)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"x" * 2_000_001), "size"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"x" * 3_000_000, "size"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\nx", "size"),
        (page(_BOMB, "text/html", "Content-Encoding: gzip"), "size"),
        (page(zlib.compress(b"\0" * 50_000_000), "text/html", "Content-Encoding: deflate"), "size"),
        (page(gzip.compress(_BOMB), "text/html", "Content-Encoding: gzip, gzip"), "coding"),
        (page(b"x", "text/html", "Content-Encoding: br"), "coding"),
        (page(b"no gzip", "text/html", "Content-Encoding: gzip"), "coding"),
        (page(gzip.compress(b"whole")[:-6], "text/html", "Content-Encoding: gzip"), "broken"),
        (page(b"x", "image/png"), "type"),
        (page(b"x", "image/png/x"), "type"),
        (page(b"x", "binary; name=a/b"), "type"),
        (page(b"x", "text/htmlx"), "type"),
        (page(b"x", "application/zip"), "type"),
        (page(b"x", "application/octet-stream"), "type"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "type"),
        (page(status="404 Not Found"), "status"),
        (page(status="206 Partial Content"), "status"),
        (page(status="204 No Content"), "status"),
        (page(status="302 Found"), "status"),
        (page(status="401 Who", kind="text/html"), "status"),
        (b"", "broken"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort", "broken"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\nx", "broken"),
        (b"HTTP/1.1 999999 OK\r\n\r\n", "broken"),
    ],
)
def test_a_hostile_answer_is_refused(answer: bytes, reason: str, world: World) -> None:
    """Size as sent and as unpacked, kind, status and form of an answer."""
    world.paths["/"] = answer
    assert reason_of("http://good.org/", world, bytes=2_000_000) == reason


def _drip(sock: socket.socket, _: bytes) -> None:
    for sign in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 200:
        sock.sendall(bytes([sign]))
        time.sleep(0.02)


def _hundreds(sock: socket.socket, _: bytes) -> None:
    while True:
        sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        time.sleep(0.02)


@pytest.mark.parametrize("speak", [_drip, _hundreds, lambda sock, _: time.sleep(1)])
def test_a_slow_answer_ends_at_the_deadline(speak: object, world: World) -> None:
    """The deadline is for the whole: bytes that keep coming do not move it."""
    world.paths["/"] = speak  # type: ignore[assignment]
    start = time.monotonic()
    assert reason_of("http://good.org/", world, seconds=0.4) in ("time", "size")
    assert time.monotonic() - start < 1.5


_NUMBERS = st.one_of(
    st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address), st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)
)


@given(_NUMBERS)
def test_nothing_that_python_calls_not_global_is_let_through(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """Our table is never more lenient than the standard library, but for the translation of public IPv4."""
    if refusal(str(address)) is None and address not in ipaddress.ip_network("64:ff9b::/96"):
        assert address.is_global
        assert not address.is_multicast


@given(st.integers(0, 2**32 - 1), st.sampled_from(["dec", "hex", "oct", "short", "padded"]))
def test_no_odd_spelling_of_a_number_is_let_through(number: int, form: str) -> None:
    """Whatever inet_aton would read, only the plain dotted form passes, and only as itself."""
    a, b, rest = number >> 24, number >> 16 & 255, number & 65535
    plain = str(ipaddress.IPv4Address(number))
    host = {"dec": str(number), "hex": hex(number), "oct": f"0{number:o}", "short": f"{a}.{b}.{rest}"}.get(
        form, f"0{plain}"
    )
    with pytest.raises(Refused) as caught:
        checked(f"http://{host}/")
    assert caught.value.reason == "number"
    assert checked(f"http://{plain}/").host == plain


@settings(max_examples=300)
@given(st.text(max_size=60) | st.from_regex(r"https?://[\x20-\x7e]{0,30}", fullmatch=True))
def test_any_text_is_refused_or_plain(text: str) -> None:
    """No text makes anything but Refused; what passes stays the same when it is checked again."""
    for url in (text, f"http://{text}/"):
        try:
            address = checked(url)
        except Refused:
            continue
        assert checked(address.url) == address
        assert address.url.isascii()
        assert address.host == address.host.lower()


@pytest.mark.long
@settings(max_examples=50_000, deadline=None)
@given(st.text(max_size=40))
def test_any_host_is_refused_or_plain(text: str) -> None:
    """The same, for long."""
    try:
        address = checked(f"https://{text}/")
    except Refused:
        return
    assert checked(address.url) == address


@pytest.mark.parametrize("url", PLAIN)
def test_a_plain_address_is_let_through(url: str) -> None:
    """The checks refuse no ordinary address, in any script."""
    address = checked(url)
    assert not address.literal or refusal(address.host) is None
