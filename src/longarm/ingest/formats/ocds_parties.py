"""The organisations of a contracting process: one id each, however its releases name them.

OCDS 1.1 lists them under `parties` and refers to them by id; 1.0 writes them out where they act. The same organisation
has one id over all processes where it has an identifier of a register, else one in its process only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from longarm.ingest.formats.ocds_values import texts_of

_UNFIT: Final = re.compile(r"[^0-9A-Za-z]+")
_ADDRESS: Final = ("streetAddress", "locality", "region", "postalCode")

Say = Callable[[str, str, str, Any], None]
"""entity, schema, property, value"""


def entity_id(*parts: str) -> str:
    """Make an id of letters, figures and hyphens; where that loses something, a short hash keeps ids apart."""
    whole = ".".join(_UNFIT.sub("-", part).strip("-") or "x" for part in parts)
    given = ".".join(parts)
    if whole != given or len(whole) > 180:
        short = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=5).hexdigest()
        return f"{whole[:160].strip('-.')}-{short}"
    return whole


class Parties:
    """All organisations of a process."""

    def __init__(self, ocid: str, releases: Sequence[dict[str, Any]]) -> None:
        self._ocid = ocid
        self._ids: dict[str, str] = {}
        for release in releases:
            listed = release.get("parties")
            for party in listed if isinstance(listed, list) else ():
                if isinstance(party, dict) and (own := _text(party.get("id"))):
                    self._ids.setdefault(own, self._made(party, own))

    def id_of(self, reference: Any) -> str | None:
        """Give the id of an organisation, as a reference or written out; None where nothing names it."""
        if not isinstance(reference, dict):
            return None
        own = _text(reference.get("id"))
        if own is not None and own in self._ids:
            return self._ids[own]
        name = own or _text(reference.get("name"))
        if name is None and next(_identifiers(reference), None) is None:
            return None
        return self._made(reference, name or "")

    def _made(self, party: dict[str, Any], own: str) -> str:
        for scheme, number, _ in _identifiers(party):
            return entity_id("ocds-org", scheme, number)
        return entity_id(self._ocid, "party", own)


def _identifiers(party: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give (scheme, number, identifier) of those that a register issued."""
    more = party.get("additionalIdentifiers")
    for each in [party.get("identifier"), *(more if isinstance(more, list) else ())]:
        if isinstance(each, dict):
            scheme, number = _text(each.get("scheme")), _text(each.get("id"))
            if scheme and number:
                yield scheme, number, each


def describe(entity: str, party: dict[str, Any], say: Say) -> None:
    """Say what an organisation is: name, numbers, address, how it is reached."""
    schema = "LegalEntity"
    say(entity, schema, "name", party.get("name"))
    identifier = party.get("identifier")
    if isinstance(identifier, dict) and identifier.get("legalName") != party.get("name"):
        say(entity, schema, "name" if not party.get("name") else "alias", identifier.get("legalName"))
    for scheme, number, each in _identifiers(party):
        upper = scheme.upper()
        prop = "leiCode" if upper.endswith("LEI") else "vatCode" if "VAT" in upper else "registrationNumber"
        say(entity, schema, prop, number)
        say(entity, schema, "sourceUrl", each.get("uri"))
    address = party.get("address")
    if isinstance(address, dict):
        country = address.get("country") or address.get("countryName")
        say(entity, schema, "country", country)
        lines = [t for key in _ADDRESS for t in texts_of(address.get(key))]
        if lines:
            say(entity, schema, "address", ", ".join([*lines, *texts_of(address.get("countryName"))]))
    point = party.get("contactPoint")
    if isinstance(point, dict):
        say(entity, schema, "email", point.get("email"))
        say(entity, schema, "phone", point.get("telephone"))
        say(entity, schema, "website", point.get("url"))
    details = party.get("details")
    if isinstance(details, dict):
        say(entity, schema, "classification", details.get("scale"))


def _text(value: Any) -> str | None:
    return next(iter(texts_of(value)), None)
