"""Which internet addresses may be called: public unicast, and nothing that leads inwards by another spelling.

The table follows the special-purpose registries of IANA (RFC 6890, IPv4 and IPv6, as of 2026) and multicast. It is
written out rather than taken from `ipaddress.is_global`, whose answer changed between patch releases of Python; that
answer is asked too, and either one refuses.
"""

from __future__ import annotations

import ipaddress
from typing import Final

_REFUSED: Final = tuple(
    (ipaddress.ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier's NAT"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "automatic multicast tunnelling"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        # A public number that inside one cloud answers with the machine's own secrets.
        ("168.63.129.16/32", "a cloud's own service"),
        ("::/8", "reserved, and spellings of IPv4"),
        ("64:ff9b:1::/48", "translation inside a network"),
        ("100::/16", "discard-only"),
        ("2001::/23", "protocol assignments, with Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})


def refusal(address: str) -> str | None:
    """Say why an address (one that a resolver gave, numeric) may not be called; None where it may.

    An IPv6 address of NAT64 (64:ff9b::/96, RFC 6052) is judged by the IPv4 address in it, for a network without IPv4
    reaches the public one in no other way. Other addresses that carry IPv4 (mapped, compatible, 6to4, Teredo, ISATAP)
    are refused, whatever they carry.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "not an address"
    if isinstance(parsed, ipaddress.IPv6Address):
        return _refusal_6(parsed)
    return _listed(parsed) or (None if parsed.is_global else "not public")


def _refusal_6(address: ipaddress.IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "bound to an interface"
    if address.ipv4_mapped is not None:
        return "IPv4 in the spelling of IPv6"
    if address in _NAT64:
        inner = refusal(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        return f"translated to IPv4: {inner}" if inner else None
    if (listed := _listed(address)) is not None:
        return listed
    if address not in _GLOBAL_UNICAST:
        return "outside global unicast"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "a tunnel to IPv4 (ISATAP)"
    return None if address.is_global else "not public"


def _listed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str | None:
    return next((why for net, why in _REFUSED if net.version == address.version and address in net), None)
