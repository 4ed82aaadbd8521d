"""The content coding of an answer taken off (RFC 9110, section 8.4), by steps, so that a bomb ends at the limit."""

from __future__ import annotations

import zlib

from longarm.errors import Refused


def decoded(body: bytes, codings: str, most: int) -> bytes:
    """Give the body without its coding: none, gzip or deflate, one at most; Refused beyond `most` bytes."""
    names = [name.strip().lower() for name in codings.split(",") if name.strip().lower() not in ("", "identity")]
    if not names:
        return body
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise Refused(f"the answer is packed as {', '.join(names)[:80]!r}, which was not asked for", reason="coding")
    try:
        return _inflated(body, most, gzip=names[0] != "deflate")
    except zlib.error as fault:
        raise Refused(f"the answer cannot be unpacked ({fault})", reason="coding") from None


def _inflated(body: bytes, most: int, *, gzip: bool) -> bytes:
    # Servers send "deflate" with and without the wrapper of zlib; its first byte tells (RFC 1950, section 2.2).
    bits = 31 if gzip else (15 if body[:1] and body[0] & 0x0F == 8 else -15)
    out = bytearray()
    rest = body
    while rest:
        step = zlib.decompressobj(bits)
        out += step.decompress(rest, most - len(out) + 1)
        if len(out) > most:
            raise Refused(f"the answer unpacks to more than {most:,} bytes", reason="size")
        if not step.eof:
            raise Refused("the answer breaks off", reason="broken")
        # A gzip stream may have several members (RFC 1952, section 2.2); anything else behind it is padding.
        rest = step.unused_data if gzip and step.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(out)
