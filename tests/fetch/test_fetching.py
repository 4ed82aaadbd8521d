"""What a fetch gives and keeps: the exchange over HTTP and HTTPS, the WARC, and feeds."""

from __future__ import annotations

import gzip
import io

import pytest
from fetch_world import AT, PUBLIC, World, page
from warcio.archiveiterator import ArchiveIterator

from longarm.errors import Refused
from longarm.fetch import entries, fetch, warc


def test_an_answer_comes_with_how_it_was_got(world: World) -> None:
    """Body without codings, type, charset, the addresses that were called, and what was sent."""
    packed = gzip.compress(b"<p>caf\xe9</p>")
    world.paths["/a?b=c"] = page(packed, "text/html; charset=ISO-8859-1", "Content-Encoding: gzip", "Set-Cookie: a=b")
    world.paths["/go"] = b"HTTP/1.1 301 Go\r\nLocation: /a?b=c#part\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"
    fetched = fetch("http://good.org/go", AT, None, world.network)
    assert (fetched.url, fetched.body) == ("http://good.org/a?b=c", b"<p>caf\xe9</p>")
    assert (fetched.media_type, fetched.charset) == ("text/html", "iso-8859-1")
    assert [(hop.peer, hop.status) for hop in fetched.hops] == [(PUBLIC, 301), (PUBLIC, 200)]
    for request in world.requests:
        assert b"Host: good.org\r\n" in request
        assert b"cookie" not in request.lower()
        assert b"authorization" not in request.lower()


def test_the_environment_names_no_proxy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables for proxies, in any case, change nothing."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetch("http://good.org/", AT, None, world.network).body == b"<p>hello</p>"
    assert world.called == [(PUBLIC, 80)]


def test_chunks_are_put_together(world: World) -> None:
    """The transfer coding is taken off the body, and stays in what is kept."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    world.paths["/"] = head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    fetched = fetch("http://good.org/", AT, None, world.network)
    assert fetched.body == b"abcde"
    assert fetched.hops[0].received == world.paths["/"]


def test_tls_is_for_the_name_that_was_asked(secure: World) -> None:
    """The connection goes to the checked address, the certificate must be the name's."""
    assert fetch("https://good.org/", AT, None, secure.network).body == b"<p>hello</p>"
    assert secure.called == [(PUBLIC, 443)]
    for other in ("https://other.org/", "https://93.184.215.14/"):
        with pytest.raises(Refused) as caught:
            fetch(other, AT, None, secure.network)
        assert caught.value.reason == "certificate"


def test_a_redirect_to_plain_http_is_refused(secure: World) -> None:
    """What began under TLS does not go on without it."""
    secure.paths["/"] = b"HTTP/1.1 302 Go\r\nLocation: http://good.org/x\r\n\r\n"
    with pytest.raises(Refused) as caught:
        fetch("https://good.org/", AT, None, secure.network)
    assert caught.value.reason == "downgrade"


def test_the_warc_holds_the_exchange_to_the_byte_and_is_the_same_again(world: World) -> None:
    """Response and request of each hop, read by warcio; the same fetch gives the same file."""
    world.paths["/go"] = b"HTTP/1.1 301 Go\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    world.paths["/x"] = head + b"3\r\nabc\r\n0\r\n\r\n"
    fetched = fetch("http://good.org/go", AT, None, world.network)
    file = warc(fetched)
    assert file == warc(fetched) == warc(fetch("http://good.org/go", AT, None, world.network))
    records = []
    for record in ArchiveIterator(io.BytesIO(file)):
        payload = record.content_stream().read()
        records.append((record.rec_type, record.rec_headers["WARC-Target-URI"], payload))
        assert record.rec_headers["WARC-Date"] == "2026-11-24T12:00:00Z"
        assert record.rec_headers["WARC-IP-Address"] == PUBLIC
    assert [row[:2] for row in records] == [
        *(("response", "http://good.org/go"), ("request", "http://good.org/go")),
        *(("response", "http://good.org/x"), ("request", "http://good.org/x")),
    ]
    assert records[2][2] == b"abc"
    for record in ArchiveIterator(io.BytesIO(file), check_digests=True):
        record.raw_stream.read()
        assert record.digest_checker.passed, record.digest_checker.problems
    blocks = [r.raw_stream.read() for r in ArchiveIterator(io.BytesIO(file), no_record_parse=True)]
    assert blocks == [data for hop in fetched.hops for data in (hop.received, hop.sent)]


_RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
<item><title>One</title><link>/one</link><pubDate>Tue, 24 Nov 2026 23:30:00 -0200</pubDate>
<guid isPermaLink="false">1</guid></item>
<item><title>Two</title><link>https://other.org/two</link><guid isPermaLink="false">2</guid></item>
<item><title>Again</title><link>/one</link><guid isPermaLink="false">1</guid></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item></channel></rss>"""


def test_a_feed_gives_entries_with_absolute_addresses() -> None:
    """Relative links are resolved, dates are days of UTC, each id comes once; what is no web address is left empty."""
    found = entries(_RSS, "https://good.org/feed")
    assert [(row.id, row.url, row.title, row.published) for row in found] == [
        ("1", "https://good.org/one", "One", "2026-11-25"),
        ("2", "https://other.org/two", "Two", None),
        ("", "", "Bad", None),
    ]


def test_a_feed_expands_no_entity_and_opens_no_file() -> None:
    """A billion laughs and an outer entity give nothing; a broken feed is refused in words."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE r [<!ENTITY a0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    feed = f'{head}<rss version="2.0"><channel><item><title>&a11;&x;</title><link>http://a.org/</link></item></channel></rss>'
    (entry,) = entries(feed.encode(), "https://good.org/")
    assert "root:" not in entry.title
    assert len(entry.title) < 100
    with pytest.raises(Refused):
        entries(b"\x00\x01 no feed", "https://good.org/")


def test_a_feed_in_another_encoding_expands_no_entity_either() -> None:
    """feedparser takes a document type away where it sees one: in letters of ASCII."""
    said = '<!DOCTYPE a [<!ENTITY b "EXPANDED">]><rss version="2.0"><channel><title>c</title>'
    said += "<item><title>x&b;y</title><link>https://good.org/1</link></item></channel></rss>"
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        whole = f'<?xml version="1.0" encoding="{name}"?>{said}' if "-32" not in name else said
        (entry,) = entries(whole.encode(name), "https://good.org/")
        assert "EXPANDED" not in entry.title


def test_entries_of_one_id_are_kept_and_a_change_is_no_publication() -> None:
    """A repeat is the same id and the same address."""
    item = "<item><guid>1</guid><title>{0}</title><link>https://good.org/{0}</link></item>"
    items = item.format("a") + item.format("b") + item.format("a")
    found = entries(
        f'<rss version="2.0"><channel><title>c</title>{items}</channel></rss>'.encode(), "https://good.org/"
    )
    assert [e.title for e in found] == ["a", "b"]
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>c</title><entry><id>urn:1</id><title>t</title>'
    atom += '<link href="https://good.org/1"/><updated>2026-11-24T00:00:00Z</updated></entry></feed>'
    (entry,) = entries(atom.encode(), "https://good.org/")
    assert (entry.published, entry.updated) == (None, "2026-11-24")
