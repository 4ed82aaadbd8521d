"""What may be asked for: a long list of hostile addresses, each refused before anything is resolved or opened."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch import hostile
from longarm.fetch.addresses import PORTS, Asked, Refused, asked, is_public
from longarm.fetch.client import Fetcher


def _never(host: str) -> list[str]:
    raise AssertionError(f"{host} was resolved")


def test_the_list_is_long_and_says_nothing_twice() -> None:
    """At least the 150 that were promised."""
    assert len(set(hostile.ADDRESSES)) == len(hostile.ADDRESSES) >= 150


@pytest.mark.parametrize("url", hostile.ADDRESSES)
def test_a_hostile_address_is_refused_before_anything_is_resolved(url: str) -> None:
    """By the fetcher itself, with a message that says why and no traceback of another library."""
    with pytest.raises(Refused) as fault:
        Fetcher(resolver=_never).fetch(url)
    assert fault.value.message


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("http://site.example", "site.example", "/"),
        ("https://Site.Example./a?b=c#d", "site.example", "/a?b=c"),
        ("http://site.example:80/", "site.example", "/"),
        ("https://site.example:443/x", "site.example", "/x"),
        ("https://bücher.example/ü", "xn--bcher-kva.example", "/%C3%BC"),
        ("https://93.184.216.34/", "93.184.216.34", "/"),
        ("https://[2606:2800:220:1:248:1893:25c8:1946]/", "2606:2800:220:1:248:1893:25c8:1946", "/"),
        ("https://site.example/a%20b", "site.example", "/a%20b"),
        ("https://site.example?q=1", "site.example", "/?q=1"),
        ("  https://site.example/  ", "site.example", "/"),
    ],
)
def test_an_address_of_the_web_is_read_in_one_form(url: str, host: str, target: str) -> None:
    """And the form that is asked reads as itself."""
    read = asked(url)
    assert (read.host, read.target) == (host, target)
    assert asked(read.url) == read


@given(st.ip_addresses())
def test_nothing_that_the_library_holds_not_to_be_global_is_public(number: ipaddress.IPv4Address) -> None:
    """Ours bars more than `ipaddress` does, never less."""
    if is_public(number):
        assert number.is_global
        assert not number.is_multicast


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_never_public(number: ipaddress.IPv4Address) -> None:
    """IPv4 in IPv6, by each of the ways in which it is put there."""
    inside = int(number)
    for wrapped in (0xFFFF << 32 | inside, inside, 0x64FF9B << 96 | inside, 0x2002 << 112 | inside << 80):
        assert not is_public(ipaddress.IPv6Address(wrapped))


@given(
    st.text(max_size=80) | st.text(alphabet="htps:/[]@%.0123456789xabcdef\\#? \n", max_size=60).map("http://".__add__)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never another fault; and what is read has nothing left to be read otherwise."""
    try:
        read = asked(text)
    except Refused:
        return
    assert isinstance(read, Asked)
    assert read.host.isascii()
    assert read.port == PORTS[read.scheme]
    assert read.target.startswith("/")
    assert not any(c in read.url for c in "\\ \r\n\t@#\x00") or "@" in read.target
