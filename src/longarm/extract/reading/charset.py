"""Bytes to characters: by mark, by what is declared, by UTF-8 if it fits, by likelihood last; what was done is said."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})"""
)
# What pages declare and browsers read (WHATWG Encoding, section 4.2): the wider Windows table for the ISO name.
_READ_AS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_IN_USE: Final = (
    *(f"cp125{n}" for n in range(9)),
    *("iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "mac_roman", "cp866", "cp874"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
)
"""what a guess chooses from: the encodings of the web (WHATWG Encoding, section 4.2), not those of old mainframes"""
_EUROPEAN: Final = frozenset(
    {"cp1250", "cp1254", "cp1257", "cp1258", "iso8859-2", "iso8859_2", "mac-roman", "mac_roman"}
)
_WESTERN: Final = frozenset("àâäáãåæçèéêëìîïíñòôöóõøœùûüúÿßÀÂÄÁÅÆÇÈÉÊËÎÏÍÑÔÖÓØŒÙÛÜÚ«»‘’“”„–—…•·°§€£©®ªº¿¡\xa0")
"""letters and signs of French, Dutch, German, English, Spanish, Italian, Portuguese and the North"""
_LEAST: Final = 32
_NOT_TEXT: Final = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)


def decoded(data: bytes, declared: str | None = None) -> tuple[str, str, str | None]:
    """Give the text of bytes, the charset it was read by, and a note where that was not as declared or not whole.

    Order: byte order mark; UTF-8 if the bytes are valid UTF-8 and more than ASCII; the charset of the transport, then
    of the page; the likeliest one by charset-normalizer. Line ends become a line feed; a null becomes the replacement
    character, so that offsets stay.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], charset, None)
    said = next((name for name in (_known(declared), _known(_in_page(data))) if name), None)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide = said is not None and said.startswith(("utf-16", "utf-32", "iso2022", "hz"))
        if not wide or not data.isascii() or "\x1b" not in text:
            note = f"declared as {said}, read as utf-8" if said and said != "utf-8" and not data.isascii() else None
            return _clean(text), "utf-8", note
    if said is not None and said != "utf-8":
        text, charset, note = _with(data, said, None)
        if note is None:
            return text, charset, None
    if data[: 1 << 20].count(b"\xef\xbf\xbd") == 0 and said == "utf-8" and _few_faults(data):
        return _with(data, "utf-8", None)
    likeliest = _likeliest(data)
    text, charset, note = _with(data, likeliest, None)
    return text, charset, note or f"the charset is not {'as declared' if said else 'declared'}: read as {charset}"


def _few_faults(data: bytes) -> bool:
    """Say whether bytes are UTF-8 but for a letter here and there, as a page cut by a program is."""
    faults = data.decode("utf-8", "replace").count("�")
    return faults * 100 < sum(byte > 127 for byte in data[: 1 << 20])


def _in_page(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup((name or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # Codecs that are no charset (rot13, zlib …) turn bytes into something else.
    if found.name in _NOT_TEXT or not getattr(found, "_is_text_encoding", True):
        return None
    return _READ_AS.get(found.name, found.name)


def _likeliest(data: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = data[: 256 * 1024]
    best = from_bytes(sample, cp_isolation=list(_IN_USE)).best() if len(sample) >= _LEAST else None
    name = (_known(best.encoding) if best is not None else None) or "cp1252"
    # Of tables that read the same letters, the one that is in use.
    western = sample.decode("cp1252", "replace")
    same = sample.decode(name, "replace") == western
    # Few letters tell tables for other parts of Europe apart; where every one of them is Western, so is the text.
    plain = name in _EUROPEAN and not set(western) - _WESTERN - set(map(chr, range(128)))
    return "cp1252" if same or plain else name


def _with(data: bytes, charset: str, note: str | None) -> tuple[str, str, str | None]:
    text = data.decode(charset, "replace")
    faults = text.count("�")
    if faults:
        note = f"{faults} places cannot be read as {charset}"
    return _clean(text), charset, note


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "�")
