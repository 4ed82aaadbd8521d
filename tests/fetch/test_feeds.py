"""Feeds of every format, and those that hide something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.errors import SourceError
from longarm.fetch.feeds import MOST, feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Port news</title>
<item><title>One</title><link>https://site.example/1</link><guid>n1</guid>
<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Two</title><link>https://site.example/2</link></item>
<item><title>Inside</title><link>http://127.0.0.1/secret</link></item>
<item><title>Nowhere</title></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>
<entry><id>urn:1</id><title>T</title><link href="https://site.example/a"/><updated>2026-11-24T00:00:00Z</updated></entry></feed>"""


def test_items_keep_their_ids_and_days_and_none_is_lost() -> None:
    """What cannot be asked is left out with its reason."""
    read = feed(RSS)
    assert read.title == "Port news"
    assert [(i.id, i.url, i.published) for i in read.items] == [
        ("n1", "https://site.example/1", "2026-11-24"),
        ("https://site.example/2", "https://site.example/2", None),
    ]
    assert [title for title, _ in read.left_out] == ["Inside", "Nowhere"]
    assert feed(ATOM).items[0].id == "urn:1"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><p>no feed</p></html>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss><channel><title>&b;</title></channel></rss>',
        b'<!DOCTYPE a [<!entity lol "lol">]><rss/>',
    ],
)
def test_what_is_no_feed_or_hides_something_is_refused(data: bytes) -> None:
    """Entities can read files, and grow without end."""
    with pytest.raises(SourceError):
        feed(data)


def test_a_feed_has_a_limit_and_says_what_was_left_out() -> None:
    """Nothing is cut in silence."""
    item = b"<item><title>T</title><link>https://site.example/%d</link></item>"
    many = b"".join(item % n for n in range(MOST + 3))
    read = feed(b'<rss version="2.0"><channel><title>C</title>' + many + b"</channel></rss>")
    assert len(read.items) == MOST
    assert read.left_out[-1][0] == "3 items"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Never a fault of the parser beneath."""
    try:
        feed(data)
    except SourceError:
        return
