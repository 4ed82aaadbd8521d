"""Whether a statement is one by the JSON Schema of BODS 0.4, and if not, why.

A statement is decoded into compiled types (`bods_shape`), which check most of the schema; the rest, such as dates and
addresses of the web, is asked here. Only what fails is put to the standard's own schema files, in
`ingest/schemas/bods-0.4`: they have the last word, and give the reasons. Statements of BODS 0.1 to 0.3 are named as
such: there a statement is no version of a record, so none of them can be taken as one.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import jsonschema_rs
import msgspec

from longarm.ingest.formats.bods_fit import fits
from longarm.ingest.formats.bods_shape import DECODER, Statement

MOST_REASONS: Final = 5
_CONTROL: Final = re.compile(rb"\\u(?:00[01]|007[fF]|[dD][89a-fA-F])|\\[bf]")
_SURROGATES: Final = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_OLDER: Final = ("statementType", "statementID", "subject", "interestedParty", "entityType", "personType")

_IN_WORDS: Final = {
    "statementDate": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "publicationDate": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "retrievedAt": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "creationDate": "it is neither a day (YYYY-MM-DD) nor a moment (RFC 3339)",
    "birthDate": "it is no date: YYYY, YYYY-MM or YYYY-MM-DD",
    "deathDate": "it is no date: YYYY, YYYY-MM or YYYY-MM-DD",
    "identifiers": "it has neither a scheme nor a schemeName",
    "publisher": "it has neither a name nor a url",
    "subject": "it is neither the id of a record nor an object with a reason",
    "interestedParty": "it is neither the id of a record nor an object with a reason",
}
"""last step of the place → what the schema asks there by a choice"""


class Unfit(ValueError):
    """A statement that cannot be taken, with the reasons."""


class NotText(Unfit):
    """Bytes that are not UTF-8."""


def again(data: bytes) -> Statement:
    """Give a statement that `decode` has taken before."""
    statement: Statement = DECODER.decode(data)
    return statement


def decode(data: bytes) -> Statement:
    """Give a statement. Raises Unfit, with the reasons, where it is none by the schema, or holds what no text may."""
    if b"\\" in data and _CONTROL.search(data) and _CONTROL.search(_SURROGATES.sub(b"", data.replace(rb"\\", b""))):
        raise Unfit("a text holds a control character, or half of one")
    try:
        statement: Statement = DECODER.decode(data)
    except (msgspec.ValidationError, RecursionError):
        raise Unfit("; ".join(reasons(data)) or "it has not the form of a statement") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        if not _is_text(data):
            raise NotText("this is not UTF-8") from None
        raise Unfit(f"this is not JSON: {fault}") from None
    if not fits(statement) and (found := reasons(data)):
        raise Unfit("; ".join(found))
    return statement


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def reasons(data: bytes) -> list[str]:
    """Say why this is no statement of BODS 0.4, by its schema; an empty list where it is one."""
    try:
        value: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as unread:
        return [f"this is not JSON: {unread or 'it is nested too deeply'}"]
    if not isinstance(value, dict):
        return [f"a statement is an object; this is {_kind(value)}"]
    if "recordType" not in value and any(key in value for key in _OLDER):
        return [_older(value)]
    if "recordType" not in value:  # without it, the schema asks for all three kinds at once
        return ['"recordType" is a required property']
    found: dict[str, None] = {}
    for fault in schema().iter_errors(value):
        found[_said(fault)] = None
        if len(found) == MOST_REASONS:
            break
    return list(found)


@cache
def schema() -> Any:
    """Give the standard's schema of one statement."""
    folder = files("longarm.ingest").joinpath("schemas", "bods-0.4")
    parts = {}
    for name in ("components", "entity-record", "person-record", "relationship-record", "statement"):
        part = msgspec.json.decode(folder.joinpath(f"{name}.json").read_bytes())
        parts[part["$id"]] = part
    registry = jsonschema_rs.Registry(list(parts.items()))
    whole = {"$ref": "urn:statement#/$defs/Statement"}
    return jsonschema_rs.Draft202012Validator(whole, registry=registry, validate_formats=True)


def _said(fault: Any) -> str:
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault.instance_path).lstrip(".")
    message = next((words for end, words in _IN_WORDS.items() if place.rpartition(".")[2].startswith(end)), None)
    if message is None or fault.kind.name not in ("anyOf", "oneOf"):
        message = str(fault.message)
    if len(message) > 300:
        message = f"{message[:200]} … {message[-80:]}"
    return f"{place}: {message}" if place else message


def _kind(value: object) -> str:
    names = {list: "an array", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def _older(value: dict[str, Any]) -> str:
    published = value.get("publicationDetails")
    version = published.get("bodsVersion") if isinstance(published, dict) else None
    named = str(version) if isinstance(version, str) and version[:3] in ("0.1", "0.2", "0.3") else "0.1 to 0.3"
    return f"this is a statement of BODS {named[:10]}, which has no records; convert it to BODS 0.4"
