"""What may be asked for: an address of the web read strictly, and whether a number leads to the public internet."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import idna

from longarm.errors import InputError

Number = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 4096
"""Letters of an address; RFC 9110 asks for 8,000 at least of servers, real pages stay far below."""
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST: Final = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
"""A name of the web: labels of letters, digits and hyphens, the last one beginning with a letter (RFC 1123)."""
_NUMBERS: Final = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?")
"""What a resolver might take for an IPv4 address in one of its old spellings: 2130706433, 0x7f.1, 0177.0.0.1."""
_DOTS: Final = re.compile("[\u3002\uff0e\uff61]")
"""Full stops of other scripts, which some programs read as dots of a name and others do not."""
_NO_WEB: Final = frozenset(
    {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "localdomain", "arpa", "onion"}
    | {"test", "invalid", "alt"}
)
"""Names at the top that no public page has (RFC 2606, 6761, 6762, 8375, 9476, and what offices use inside)."""
_NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "100.64.0.0/10", "240.0.0.0/4", "0.0.0.0/8"),
        *(
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2002::/16",
            "2001::/23",
            "100::/64",
            "fec0::/10",
            "5f00::/16",
            "3fff::/20",
        ),
    )
)
"""Blocks beside those that `ipaddress` knows: IPv4 inside IPv6 (NAT64, 6to4, Teredo), benchmarks, carriers, reserved.

Source: the registries of special-purpose addresses of IANA (RFC 6890).
"""


class Refused(InputError):
    """An address that is not asked, or an answer that is not taken; the message says why."""

    code = "refused"


@dataclass(frozen=True)
class Asked:
    """An address of the web, read: every part checked, nothing left to be read otherwise by another."""

    scheme: str
    host: str
    """ASCII, lower case, without a dot at the end; a number without brackets"""
    port: int
    target: str
    """path and query as they go to the server"""

    @property
    def number(self) -> Number | None:
        """The number, where the host is one."""
        return _number(self.host)

    @property
    def authority(self) -> str:
        """Host and port as the server is told them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address, whole."""
        return f"{self.scheme}://{self.authority}{self.target}"


def asked(url: str) -> Asked:
    """Read an address. Raises Refused where it is none of the web, or could be read in two ways."""
    if len(url) > LONGEST:
        raise Refused(f"the address has {len(url):,} letters; {LONGEST:,} at most")
    url = url.strip(" \t\r\n")
    if _CONTROL.search(url):
        raise Refused(f"{url!r} holds blanks or letters that are not seen")
    if "\\" in url:
        raise Refused(f"{url!r} holds a backslash, which programs read in different ways")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise Refused(f"{url!r} is no address of the web: {fault}") from None
    if parts.scheme not in PORTS:
        raise Refused(f"{url!r} does not begin with http:// or https://")
    if "@" in parts.netloc:
        raise Refused(f"{url!r} holds a name and password, or something that looks like them")
    if port is not None and port != PORTS[parts.scheme]:
        raise Refused(f"{url!r} asks for port {port}; only {PORTS[parts.scheme]} is asked with {parts.scheme}")
    host = _host(parts.hostname or "", url, bracketed="[" in parts.netloc)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts.query)}" if parts.query else "")
    return Asked(parts.scheme, host, PORTS[parts.scheme], target if target.startswith("/") else f"/{target}")


def onward(base: Asked, there: str) -> Asked:
    """Read where a page leads on to. Raises Refused as `asked` does.

    Only a reference without a scheme is joined to the page: joining strips and forgives what must be refused.
    """
    there = there.strip(" ")
    if _CONTROL.search(there) or "\\" in there:
        raise Refused(f"{base.url} leads to {there!r}, which holds letters that no address has")
    try:
        return asked(there if _SCHEME.match(there) else urljoin(base.url, there))
    except ValueError as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(f"{base.url} leads to {there!r}: {fault}") from None


def is_public(number: Number) -> bool:
    """Say whether a number leads to the public internet, and to one machine there."""
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    if mapped is not None or (isinstance(number, ipaddress.IPv6Address) and number.scope_id):
        return False
    barred = number.is_multicast or number.is_reserved or number.is_unspecified or number.is_loopback
    barred = barred or number.is_link_local or number.is_private or not number.is_global
    return not barred and not any(number in block for block in _NOT_PUBLIC if block.version == number.version)


def _host(host: str, url: str, *, bracketed: bool) -> str:
    """Give the host in the one form in which it is asked."""
    number = _number(host) if bracketed or ":" not in host else None
    if number is not None and bracketed == (number.version == 6):
        if not is_public(number):
            raise Refused(f"{url!r} leads to {number}, which is no address of the public internet")
        return str(number)
    if _DOTS.search(host):
        raise Refused(f"{url!r} has a host with dots of another script")
    if bracketed or _NUMBERS.fullmatch(host.lower()):
        raise Refused(f"{url!r} has a host that is no name, nor a number in its plain form")
    host = host.removesuffix(".")
    try:
        name = host.lower() if host.isascii() else idna.encode(host, uts46=False).decode("ascii")
        if "xn--" in name:
            idna.decode(name)
    except (idna.IDNAError, UnicodeError) as fault:
        raise Refused(f"{url!r} has a host that is no name of the web: {fault}") from None
    if not _HOST.fullmatch(name):
        raise Refused(f"{url!r} has a host that is no name of the web")
    if name.rpartition(".")[2] in _NO_WEB:
        raise Refused(f"{url!r} has a host of a network of its own, not of the web")
    return name


def _number(host: str) -> Number | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _query(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?")
