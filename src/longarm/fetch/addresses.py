"""Which web addresses may be asked for: http or https, a public name or number in its plain spelling, a usual port.

An address is refused for how it is spelled before any name is looked up: two programs that read an odd spelling
differently (RFC 3986 here, WHATWG there, `inet_aton` in a third) are how a check is passed and something else called.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import idna

from longarm.errors import Refused

LONGEST: Final = 4096
"""characters of an address"""
_PORTS: Final = {"http": 80, "https": 443}
_ODD: Final = re.compile(
    r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)\Z")
_INWARD: Final = frozenset(
    [
        "localhost",
        "local",
        "localdomain",
        "internal",
        "intranet",
        "private",
        "corp",
        "home",
        "lan",
        "arpa",
        "test",
        "invalid",
        "example",
        "onion",
        "alt",
    ]
)
"""last labels that never name a public host (RFC 6761, 6762, 7686, 9476; ICANN 2024 on .internal; common in offices)"""
_LIKE_LATIN: Final = frozenset("асԁеһіјӏոорԛѕսԝхуѵαικνορυχ")
_TOGETHER: Final = ({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}, {"CJK", "HANGUL"}, {"CJK", "BOPOMOFO"})


@dataclass(frozen=True)
class Address:
    """A web address that may be asked for, taken apart."""

    scheme: str
    host: str
    """a lower-case ASCII name, or an IPv4 or IPv6 address without brackets"""
    port: int
    target: str
    """path and query, as they are sent"""

    @property
    def authority(self) -> str:
        """Host and port as the Host field has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in one spelling, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def literal(self) -> bool:
        """Whether the host is a number."""
        return ":" in self.host or _ends_in_a_number(self.host)


def checked(url: str, ports: frozenset[int] = frozenset(_PORTS.values()), base: Address | None = None) -> Address:
    """Take a web address apart, or raise Refused with the reason; `base` is what a redirect is relative to."""
    if len(url) > LONGEST:
        raise _refused(url, "long", f"it is longer than {LONGEST} characters")
    if _ODD.search(url):
        raise _refused(url, "spelling", "it holds a space, a control character, a backslash or an invisible sign")
    try:
        parts = urlsplit(url)
        if base is not None and not (parts.scheme and parts.netloc):
            # A scheme without a host ("http:///x") would be read as a path of the base.
            parts = parts if parts.scheme else urlsplit(urljoin(base.url, url))
        port = parts.port
    except ValueError as fault:
        raise _refused(url, "spelling", f"it cannot be taken apart ({fault})") from None
    if parts.scheme not in _PORTS:
        raise _refused(url, "scheme", "only http and https are fetched")
    if base is not None and base.scheme == "https" and parts.scheme == "http":
        raise _refused(url, "downgrade", "a redirect leads from https to http")
    if "@" in parts.netloc:
        raise _refused(url, "userinfo", "it carries a user name or password")
    if not re.fullmatch(r"(\[[^\[\]]*\]|[^:\[\]]*)(:[0-9]{1,5})?", parts.netloc):
        raise _refused(url, "port", "its host and port are not plainly written")
    port = _PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise _refused(url, "port", f"port {port} is not among {', '.join(map(str, sorted(ports)))}")
    host = _number_6(url, parts.netloc) if parts.netloc.startswith("[") else _host(url, parts.netloc.split(":")[0])
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return Address(parts.scheme, host, port, target)


def _number_6(url: str, netloc: str) -> str:
    try:
        if "%" in netloc:
            raise ValueError("bound to an interface")
        return str(ipaddress.IPv6Address(netloc[1 : netloc.index("]")]))
    except ValueError:
        raise _refused(url, "host", "what stands in brackets is no IPv6 address") from None


def _host(url: str, host: str) -> str:
    if unicodedata.normalize("NFKC", host) != unicodedata.normalize("NFC", host) or "\u3002" in host:
        raise _refused(url, "lookalike", "its host is written with signs that stand for others")
    if not host or "%" in host or host.endswith(".") or ".." in host or host.startswith("."):
        raise _refused(url, "host", "its host is empty, escaped, or has an empty label or a dot at its end")
    if _ends_in_a_number(host):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _refused(url, "number", "its host is an IPv4 address in an odd spelling") from None
    try:
        name = idna.encode(host.lower(), strict=True).decode() if not host.isascii() else host.lower()
        shown = [idna.decode(label) if label.startswith("xn--") else label for label in name.split(".")]
    except (idna.IDNAError, UnicodeError) as fault:
        raise _refused(url, "host", f"its host is no name of a domain ({fault})") from None
    labels = name.split(".")
    if len(name) > 253 or not all(map(_LABEL.match, labels)):
        raise _refused(url, "host", "its host is no name of a domain")
    if len(labels) < 2 or labels[-1] in _INWARD or labels[-1].isdigit():
        raise _refused(url, "inward", "its host is a name of an inner network")
    if any(map(_mixed, shown)):
        raise _refused(url, "lookalike", "its host mixes scripts, or imitates Latin letters")
    return name


def _ends_in_a_number(host: str) -> bool:
    """Say whether a host is to be read as a number (WHATWG URL, "ends in a number checker")."""
    last = host.rsplit(".", 1)[-1].lower()
    return last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last) is not None


def _mixed(label: str) -> bool:
    letters = [sign for sign in label if sign.isalpha()]
    scripts = {unicodedata.name(sign, "UNKNOWN").split()[0] for sign in letters}
    if len(scripts) > 1 and not any(scripts <= group for group in _TOGETHER):
        return True
    return bool(letters) and _LIKE_LATIN.issuperset(letters)


def _refused(url: str, reason: str, why: str) -> Refused:
    shown = url if len(url) <= 200 else url[:200] + "…"
    return Refused(f"the address {shown!r} is not fetched: {why}", reason=reason)
