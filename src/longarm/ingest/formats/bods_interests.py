"""What BODS says of relationships, as statements: one entity an interest, with its share, its dates and its standing.

A relationship that details a wider one (`isComponent`) is never added on top of the declared whole: its shares are not
carried as shares. Where such a component is a majority it is stated as `subsidiary`, a control without a share, so that
the path through the entities between stays. The mapping is in docs/formats/bods.md.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import UNSET

from longarm.ingest.formats import bods_shares, bods_values
from longarm.ingest.formats.bods_meanings import ENDS, OF, UNTYPED, Meaning
from longarm.ingest.formats.bods_parties import Version, noted, provenance, reason
from longarm.ingest.formats.bods_parts import Unspecified
from longarm.ingest.formats.bods_rows import Rows, Said
from longarm.ingest.formats.bods_shape import Interest, RelationshipStatement
from longarm.ingest.formats.bods_values import given

NOBODY: Final = "noBeneficialOwners"
OWNER: Final = "beneficial owner"
NO_OWNER: Final = "not a beneficial owner"
COMPONENT: Final = "component"
_VETO: Final = ("veto", "golden share", "special share", "block")


class Ends(NamedTuple):
    """The two ends of a relationship, as far as they are known."""

    party: str
    subject: str
    party_is_person: bool
    subject_schema: str
    party_is_state: bool = False
    subject_is_state_body: bool = False


def relationship(rows: Rows, statement: RelationshipStatement, version: Version, ends: Ends) -> None:
    """Say what a statement says of a relationship: its interests, or that there is one of an unknown nature."""
    said = statement.record_details
    if isinstance(said.subject, Unspecified):
        _unnamed(rows, ends.subject, said.subject, "subject", version)
    if isinstance(said.interested_party, Unspecified):
        if said.interested_party.reason == NOBODY:
            _nobody(rows, statement, version, ends)
            return
        _unnamed(rows, ends.party, said.interested_party, "interested party", version)
    interests = said.interests
    if interests is UNSET or not interests:
        link = _Link(rows, statement, version, ends, f"{version.entity}.1", None)
        link.begin("UnknownLink", role="relationship")
        return
    for number, interest in enumerate(interests, start=1):
        _interest(_Link(rows, statement, version, ends, f"{version.entity}.{number}", interest))


def _unnamed(rows: Rows, name: str, said: Unspecified, place: str, version: Version) -> None:
    """Somebody whom nobody names: an entity without a name, with the reason."""
    rows.entity(version.of(name, "LegalEntity"))
    rows.put("classification", "unspecified")
    rows.put("notes", bods_values.long_text(reason(said, place)))


def _nobody(rows: Rows, statement: RelationshipStatement, version: Version, ends: Ends) -> None:
    """Nobody who must be disclosed: said of the subject, and no tie."""
    said = statement.record_details.interested_party
    assert isinstance(said, Unspecified)
    rows.entity(version.of(ends.subject, ends.subject_schema))
    rows.put("notes", bods_values.long_text(reason(said, "beneficial owners")))


class _Link(NamedTuple):
    """One interest on its way to being said."""

    rows: Rows
    statement: RelationshipStatement
    version: Version
    ends: Ends
    name: str
    interest: Interest | None

    def begin(self, schema: str, *, role: str | None = None, stance: str = "asserted") -> None:
        """Begin the entity of the interest: its ends, its dates and all that is said alike of all kinds."""
        interest, version, rows = self.interest, self.version, self.rows
        start = None if interest is None else given(interest.start_date)
        end = None if interest is None else given(interest.end_date)
        first, last = start, end
        if version.since is not None and (start is None or start < version.since):
            first = version.since
        if version.until is not None and (end is None or end > version.until):
            last = version.until
        if first is not None and last is not None and first > last:
            first = last  # the statement that closes a record comes after the end of which it tells
        since, until = first and bods_values.date(first), last and bods_values.date(last)
        rows.entity(Said(self.name, schema, version.record, version.speaker, since, until, stance))
        holder, held = ENDS[schema]
        rows.put(holder, self.ends.party)
        rows.put(held, self.ends.subject)
        if first is not None:
            rows.put("startDate", since, start or first)
        if last is not None:
            rows.put("endDate", until, end or last)
        if role is not None:
            rows.put("role", role)
        if self.statement.record_id not in self.name:
            rows.put("recordId", bods_values.words(self.statement.record_id), self.statement.record_id)
        if interest is not None:
            self._standing(schema, interest)
        provenance(rows, self.statement)
        if self.statement.annotations is not UNSET:
            noted(rows, self.statement.annotations, "summary")

    def _standing(self, schema: str, interest: Interest) -> None:
        rows = self.rows
        if interest.direct_or_indirect is not UNSET:
            rows.put("status", interest.direct_or_indirect)
        owns = interest.beneficial_ownership_or_control
        if owns is not UNSET and (self.ends.party_is_person or not owns):
            rows.put("role", OWNER if owns else NO_OWNER)
        if interest.type is not UNSET:
            rows.put("interestType" if schema in ("Ownership", "Control") else "role", interest.type)
        if (details := given(interest.details)) is not None:
            rows.put("description", bods_values.long_text(details), details)


def _interest(link: _Link) -> None:
    interest = link.interest
    assert interest is not None
    meaning = _meaning(interest, link.ends)
    share = bods_shares.read(interest.share)
    if link.statement.record_details.is_component and meaning.schema == "Ownership":
        _component(link, share)
    elif meaning.schema == "Ownership":
        link.begin("Ownership")
        _share(link.rows, share, votes=meaning.votes)
    elif meaning.schema == "Control":
        link.begin("Control")
        _controls(link, meaning, share)
    else:
        link.begin(meaning.schema)
        if share is not None:
            link.rows.put("summary", f"share: {share.in_words()} %")
    if meaning.maybe is not None:
        may = link._replace(name=f"{link.name}.may")
        may.begin("Control", stance="inferred")
        link.rows.put("controlType", meaning.maybe)


def _meaning(interest: Interest, ends: Ends) -> Meaning:
    """Give what an interest means between these two."""
    if interest.type is UNSET:
        return UNTYPED
    meaning = OF[interest.type]
    if meaning.owner is not None and ends.party_is_person and interest.beneficial_ownership_or_control is True:
        return Meaning("Control", meaning.owner)
    if meaning.schema == "Directorship" and not ends.party_is_person:
        return Meaning("Control", meaning.right)
    if interest.type == "controlByLegalFramework" and ends.party_is_state and ends.subject_is_state_body:
        return Meaning("Control", "state")
    if interest.type == "controlViaCompanyRulesOrArticles":
        details = (given(interest.details) or "").lower()
        if any(word in details for word in _VETO):
            return Meaning("Control", "veto", maybe="named control")
    return meaning


def _controls(link: _Link, meaning: Meaning, share: bods_shares.Bounds | None) -> None:
    rows = link.rows
    right = meaning.right
    if right == "appointment" and share is not None and share.most is not None and share.most <= 50:
        right = "seat"  # who appoints a minority of the board does not direct it
    rows.put("controlType", right)
    if share is not None:
        rows.put("summary", f"share: {share.in_words()} %")


def _share(rows: Rows, share: bods_shares.Bounds | None, *, votes: bool) -> None:
    if votes:
        # Without a figure the range is the whole: left out, it would be read as an unknown share of the capital.
        rows.put("votingPercentage", "0..100" if share is None else share.in_words())
    elif share is not None and share.is_exact and share.least is not None:
        rows.put("percentage", bods_shares.figure(share.least))
    elif share is not None:
        for prop, end in (("percentageMinimum", share.least), ("percentageMaximum", share.most)):
            if end is not None:
                rows.put(prop, bods_shares.figure(end))


def _component(link: _Link, share: bods_shares.Bounds | None) -> None:
    """A holding that details a declared whole: the path, never a share on top of it."""
    if share is not None and share.is_majority:
        link.begin("Control", role=COMPONENT)
        link.rows.put("controlType", "subsidiary")
    else:
        link.begin("UnknownLink", role=COMPONENT)
    if share is not None:
        link.rows.put("summary", f"share: {share.in_words()} %")


@lru_cache(maxsize=65_536)
def day_before(day: str) -> str:
    """Give the day before a day."""
    if day <= "1000-01-01":
        return day
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
