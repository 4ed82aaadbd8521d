"""Fetching a page from a real server: what is taken, what is refused at each redirect, and that no limit is passed."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import time
import zlib
from collections.abc import Iterator, Sequence

import pytest
from warcio.archiveiterator import ArchiveIterator

from fetch import hostile
from fetch.serving import OTHER, PUBLIC, internet, page, to
from longarm.fetch.addresses import Refused
from longarm.fetch.client import PAGES, Fetcher, Limits
from longarm.fetch.warc import warc

HERE = "http://site.example/"
LEADS = [u for u in hostile.ADDRESSES if "\n" not in u and "\r" not in u and u.isascii() and "\x00" not in u]
LEADS = [u for u in LEADS if u.strip() and ":" in u and u.lower().startswith(("http://", "file:", "gopher:", "ftp:"))]


def test_a_page_is_fetched_with_its_type_its_charset_and_what_went_over_the_wire() -> None:
    """From the number that was checked, with the name in Host."""
    heard: list[str] = []

    def answer(host: str, target: str) -> bytes:
        heard.append(f"{host} {target}")
        return page("Grüße".encode("latin-1"), "text/html; charset=ISO-8859-1")

    with internet(answer) as net:
        got = net.fetcher.fetch("http://site.example/a?b=c")
        assert net.opened == [(PUBLIC, 80)]
    assert heard == ["site.example /a?b=c"]
    assert (got.data.decode(got.charset or ""), got.media_type, got.url) == (
        "Grüße",
        "text/html",
        "http://site.example/a?b=c",
    )
    assert [e.address for e in got.exchanges] == [PUBLIC]


def test_a_name_is_resolved_once_and_a_later_answer_is_never_used() -> None:
    """DNS that changes its answer: public to the check, this machine to the connection."""
    with internet(lambda *_: page(b"ok")) as net:
        net.names["site.example"] = [[PUBLIC], ["127.0.0.1"]]
        assert net.fetcher.fetch(HERE).data == b"ok"
        assert net.resolved == ["site.example"]
        assert net.opened == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        [PUBLIC, "10.0.0.1"],
        ["10.0.0.1", PUBLIC],
        ["::1"],
        ["::ffff:10.0.0.1"],
        ["fe80::1%eth0"],
        ["169.254.169.254"],
        ["64:ff9b::a00:1"],
        ["0.0.0.0"],
        [],
        ["no number"],
    ],
)
def test_a_name_with_any_answer_inside_is_refused(answers: list[str]) -> None:
    """Also where another of its answers is public."""
    with internet(lambda *_: page(b"secret")) as net:
        net.names["site.example"] = [answers]
        with pytest.raises(Refused):
            net.fetcher.fetch(HERE)
        assert net.opened == []


@pytest.mark.parametrize("url", LEADS)
def test_no_redirect_leads_to_a_hostile_address(url: str) -> None:
    """Each is asked by the same rule as the first address."""

    def answer(host: str, target: str) -> bytes:
        return to(url) if (host, target) == ("site.example", "/start") else page(b"ok")

    with internet(answer) as net:
        with pytest.raises(Refused):
            net.fetcher.fetch("http://site.example/start")
        assert net.opened == [(PUBLIC, 80)]


def test_a_redirect_to_a_name_inside_or_back_to_http_is_refused() -> None:
    """The name is public, its number is not."""
    with internet(lambda host, _: to("http://other.example/") if host == "site.example" else page(b"secret")) as net:
        net.names["other.example"] = [["192.168.1.1"]]
        with pytest.raises(Refused, match=r"192\.168\.1\.1"):
            net.fetcher.fetch(HERE)
        net.names["other.example"] = [[OTHER]]
        net.resolved.clear()
        assert net.fetcher.fetch(HERE).url == "http://other.example/"
        assert net.opened[-2:] == [(PUBLIC, 80), (OTHER, 80)]


def test_redirects_have_a_limit_and_say_where() -> None:
    """A ring, and one that leads nowhere."""
    with internet(lambda _, target: to(f"{target}x")) as net:
        with pytest.raises(Refused, match="more than 5 times"):
            net.fetcher.fetch(HERE)
        assert len(net.opened) == 6
    with internet(lambda *_: page(b"", status="302 Found")) as net, pytest.raises(Refused, match="where to go"):
        net.fetcher.fetch(HERE)


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "206 Partial Content", "304 Same"])
def test_only_a_whole_page_is_taken(status: str) -> None:
    """An error page is no document."""
    with internet(lambda *_: page(b"a", status=status)) as net, pytest.raises(Refused, match=status[:3]):
        net.fetcher.fetch(HERE)


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/octet-stream", "video/mp4", "", "x"])
def test_what_is_no_document_is_refused_by_its_type(kind: str) -> None:
    """The type that the server states."""
    with internet(lambda *_: page(b"a", kind)) as net, pytest.raises(Refused, match="not read"):
        net.fetcher.fetch(HERE)


def _pieces(total: int) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
    for _ in range(total):
        yield b"x" * 65536


def test_a_body_without_end_stops_at_the_limit() -> None:
    """Stated sizes are believed only where they are too large."""
    small = Limits(size=100_000, types=PAGES.types)
    with internet(lambda *_: _pieces(1 << 20)) as net, pytest.raises(Refused, match="more than 100,000 bytes"):
        net.fetcher.fetch(HERE, small)
    told = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 200000000\r\n\r\nx"
    with internet(lambda *_: told) as net, pytest.raises(Refused, match="200,000,000 bytes"):
        net.fetcher.fetch(HERE)


def test_a_bomb_is_refused_before_it_is_whole() -> None:
    """One megabyte that unpacks to a gigabyte."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1 << 10)) + packer.flush()
    assert len(bomb) < 2_000_000
    with internet(lambda *_: page(bomb, "text/html", "Content-Encoding: gzip")) as net:
        began = time.monotonic()
        with pytest.raises(Refused, match="unpacks to more"):
            net.fetcher.fetch(HERE)
        assert time.monotonic() - began < 10


def test_gzip_is_unpacked_and_what_was_not_asked_for_is_refused() -> None:
    """Cut short, broken, or packed otherwise."""
    packed = gzip.compress(b"<p>words</p>" * 100)
    for data, packing, said in (
        (packed, "gzip", ""),
        (packed[:-9], "gzip", "before it is whole"),
        (b"no gzip", "gzip", "cannot be unpacked"),
        (packed, "br", "not asked for"),
        (packed, "gzip, gzip", "not asked for"),
    ):
        sent = page(data, "text/html", f"Content-Encoding: {packing}")
        with internet(lambda *_, sent=sent: sent) as net:
            if not said:
                assert net.fetcher.fetch(HERE).data == b"<p>words</p>" * 100
                continue
            with pytest.raises(Refused, match=said):
                net.fetcher.fetch(HERE)


def test_a_server_that_trickles_runs_out_of_time() -> None:
    """Each piece is in time, the whole is not."""

    def trickle(*_: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while True:
            time.sleep(0.1)
            yield b"x"

    with internet(trickle) as net:
        began = time.monotonic()
        with pytest.raises(Refused, match="time"):
            net.fetcher.fetch(HERE, Limits(seconds=0.6, types=PAGES.types))
        assert time.monotonic() - began < 4


def test_a_resolver_that_does_not_answer_runs_out_of_time() -> None:
    """The system's resolver knows no limit of ours."""

    def slow(_: str) -> Sequence[str]:
        time.sleep(3)
        return [PUBLIC]

    with pytest.raises(Refused, match="not resolved in time"):
        Fetcher(resolver=slow).fetch(HERE, Limits(seconds=0.3))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"\x16\x03",
    ],
)
def test_an_answer_that_is_none_is_refused(sent: bytes) -> None:
    """Never a traceback of the library beneath."""
    with internet(lambda *_: sent) as net, pytest.raises(Refused):
        net.fetcher.fetch(HERE)


def test_a_head_without_end_is_refused() -> None:
    """Headers have a limit too."""

    def endless(*_: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        for _n in range(100_000):
            yield b"X-More: " + b"y" * 1000 + b"\r\n"

    with internet(endless) as net, pytest.raises(Refused):
        net.fetcher.fetch(HERE)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would connect to whatever it likes."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with internet(lambda *_: page(b"ok")) as net:
        assert net.fetcher.fetch(HERE).data == b"ok"


def test_what_was_fetched_is_kept_as_warc_with_every_redirect() -> None:
    """Another library reads it back, to the byte; the same page at the same moment gives the same file."""
    packed = gzip.compress(b"<p>words</p>")

    def answer(_: str, target: str) -> bytes:
        return to("/b") if target == "/a" else page(packed, "text/html", "Content-Encoding: gzip")

    with internet(answer) as net:
        got = net.fetcher.fetch("http://site.example/a")
    at = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    kept = warc(got, at)
    assert kept == warc(got, at)
    records = []
    for record in ArchiveIterator(io.BytesIO(kept), no_record_parse=False):
        said = record.content_stream().read()
        records.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), said))
        assert record.rec_headers.get_header("WARC-Date") == "2026-11-24T12:00:00Z"
    assert [(kind, url) for kind, url, _ in records] == [
        ("response", "http://site.example/a"),
        ("request", "http://site.example/a"),
        ("response", "http://site.example/b"),
        ("request", "http://site.example/b"),
    ]
    assert records[2][2] == b"<p>words</p>"
