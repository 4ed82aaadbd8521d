"""Every check of the standard and of its public tools: what passes, what is reported, and whether it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bods_packages import TODAY, firm, human, package, read, reasons, rows, statement, tie, warnings

FUTURE = "2099-01-01"
TRUST = {"type": "arrangement", "subtype": "trust"}
NOMINATION = {"type": "arrangement", "subtype": "nomination"}
LISTING = {"stockExchangeJurisdiction": "GB", "stockExchangeName": "X", "security": {"ticker": "T"}}
PUBLISHED = {"publicationDate": "2024-01-01", "bodsVersion": "0.4", "publisher": {"name": "Register"}}


def share(**given: float) -> list[Any]:
    """A package with one share."""
    return [firm(), human(), tie(interests=[{"type": "shareholding", "share": given}])]


def note(**given: Any) -> list[Any]:
    """A package with one annotation."""
    return [firm(annotations=[{"motivation": "commenting", "statementPointerTarget": "", **given}])]


def series(*states: str | None) -> list[Any]:
    """A package with one record in several statements, a month apart."""
    return [
        firm(statementDate=f"2024-{month:02}-01", **({"recordStatus": state} if state else {}))
        for month, state in enumerate(states, start=1)
    ]


PASSES: dict[str, list[Any]] = {
    "package": package(),
    "retrieved today": [firm(source={"retrievedAt": TODAY})],
    "stated at a moment": [firm(statementDate="2024-03-01T10:00:00Z")],
    "annotated in the past": note(creationDate="2020-01-01"),
    "published in the past": [firm(publicationDetails=PUBLISHED)],
    "dead after a long life": [firm(), human(birthDate="1900", deathDate="1999-12")],
    "dead in the year of birth": [firm(), human(birthDate="1999-05-05", deathDate="1999")],
    "born in 1800": [firm(), human(birthDate="1800-01-01", deathDate="1850")],
    "founded and dissolved": [firm(foundingDate="1990-01-01", dissolutionDate="1990-01-01")],
    "begins and ends on a day": [
        firm(),
        human(),
        tie(interests=[{"type": "votingRights", "startDate": "2020-01-01", "endDate": "2020-01-01"}]),
    ],
    "listed": [firm(publicListing={"hasPublicListing": True, "securitiesListings": [LISTING]})],
    "not listed": [firm(publicListing={"hasPublicListing": False})],
    "bounds": share(minimum=25, exclusiveMaximum=50),
    "open bound": share(exclusiveMinimum=25),
    "exact": share(exact=25),
    "new, updated, closed": series("new", "updated", "closed"),
    "without a status": series(None, None),
    "component": [
        firm(),
        firm("e2", isComponent=True),
        human(),
        tie("r2", "e2", "p1", isComponent=True),
        tie("r1", "e1", "p1", componentRecords=["e2", "r2"]),
    ],
    "owner is a person": [
        firm(entityType=TRUST),
        human(),
        tie(interests=[{"type": "settlor", "beneficialOwnershipOrControl": True}]),
    ],
    "trust": [firm(entityType=TRUST), human(), tie(interests=[{"type": "protector"}])],
    "trust with legal personality": [
        firm(entityType={"type": "legalEntity", "subtype": "trust"}),
        human(),
        tie(interests=[{"type": "trustee"}]),
    ],
    "nomination": [firm(entityType=NOMINATION), human(), tie(interests=[{"type": "nominee"}])],
    "pointer": note(statementPointerTarget="/recordDetails/entityType/type"),
    "pointer into a list": note(statementPointerTarget="/annotations/0/motivation"),
    "paper": [firm(), human(identifiers=[{"scheme": "GBR-PASSPORT", "id": "1"}])],
    "paper of an old code": [firm(), human(identifiers=[{"scheme": "D-PASSPORT", "id": "1"}])],
    "paper with a name alone": [firm(), human(identifiers=[{"schemeName": "driving licence", "id": "1"}])],
    "register": [firm(identifiers=[{"scheme": "GB-COH", "id": "1"}])],
    "unnamed party": [firm(), tie(party={"reason": "unknown"})],
    "unnamed subject": [firm(), human(), tie(subject={"reason": "unknown"})],
    "declared by a person": [human("e1")],
}

REPORTED: dict[str, tuple[list[Any], str]] = {
    "retrieved in the future": ([firm(source={"retrievedAt": FUTURE})], "lies in the future"),
    "stated in the future": ([firm(statementDate=FUTURE)], "statementDate 2099-01-01 lies in the future"),
    "stated at a future moment": ([firm(statementDate=f"{FUTURE}T00:00:00Z")], "lies in the future"),
    "annotated in the future": (note(creationDate=FUTURE), "creationDate"),
    "published in the future": ([firm(publicationDetails={**PUBLISHED, "publicationDate": FUTURE})], "publicationDate"),
    "of another version": ([firm(publicationDetails={**PUBLISHED, "bodsVersion": "0.5"})], "bodsVersion is 0.5"),
    "dead in the future": ([firm(), human(deathDate="2099")], "deathDate 2099 lies in the future"),
    "dead too long ago": ([firm(), human(deathDate="1700")], "before 1800"),
    "dead before born": ([firm(), human(birthDate="1990-06-01", deathDate="1990-05")], "does not go with"),
    "too long a life": ([firm(), human(birthDate="1850", deathDate="1990-01-01")], "does not go with"),
    "born in the future": ([firm(), human(birthDate="2099-01-01")], "birthDate 2099-01-01 lies in the future"),
    "born too long ago": ([firm(), human(birthDate="1799-12")], "before 1800"),
    "dissolved first": ([firm(foundingDate="1990-02-01", dissolutionDate="1990-01-01")], "is before foundingDate"),
    "filings, not listed": (
        [firm(publicListing={"hasPublicListing": False, "companyFilingsURLs": ["https://x.example/f"]})],
        "hasPublicListing is false",
    ),
    "securities, not listed": (
        [firm(publicListing={"hasPublicListing": False, "securitiesListings": [LISTING]})],
        "hasPublicListing is false",
    ),
    "market of a segment alone": (
        [
            firm(
                publicListing={
                    "hasPublicListing": True,
                    "securitiesListings": [{**LISTING, "marketIdentifierCode": "X"}],
                }
            )
        ],
        "no operatingMarketIdentifierCode",
    ),
    "main market alone": (
        [
            firm(
                publicListing={
                    "hasPublicListing": True,
                    "securitiesListings": [{**LISTING, "operatingMarketIdentifierCode": "X"}],
                }
            )
        ],
        "no marketIdentifierCode",
    ),
    "two minima": (share(minimum=1, exclusiveMinimum=1), "a minimum and an exclusiveMinimum"),
    "two maxima": (share(maximum=9, exclusiveMaximum=9), "a maximum and an exclusiveMaximum"),
    "exact and bounds": (share(exact=5, minimum=1), "an exact figure and bounds"),
    "crossed bounds": (share(minimum=50, maximum=25), "taken without a share"),
    "bounds of one figure": (share(minimum=25, maximum=25), "an exact one was expected"),
    "declared by nobody": ([firm(declarationSubject="nobody")], "declarationSubject is not a record"),
    "declared by a tie": (
        [firm(), human(declarationSubject="r1"), tie()],
        "declarationSubject is a record that is neither",
    ),
    "component of nothing": ([firm(), firm("e2", isComponent=True)], "no relationship after it names it"),
    "component too late": (
        [firm(), human(), tie(componentRecords=["e2"]), firm("e2", isComponent=True)],
        "no relationship after it names it",
    ),
    "component tie of nothing": ([firm(), human(), tie(isComponent=True)], "no relationship after it names it"),
    "absent component": ([firm(), human(), tie(componentRecords=["e9"])], "names a component that is not a record"),
    "absent subject": ([firm(), human(), tie(subject="e9")], "its subject is not a record of this source"),
    "absent party": ([firm(), human(), tie(party="p9")], "its interestedParty is not a record of this source"),
    "subject later": ([human(), tie(), firm()], "its subject comes after it"),
    "party later": ([firm(), tie(), human()], "its interestedParty comes after it"),
    "owner is a firm": (
        [firm(), firm("e2"), tie(party="e2", interests=[{"beneficialOwnershipOrControl": True}])],
        "which only a person can be",
    ),
    "settlor of a firm": ([firm(), human(), tie(interests=[{"type": "settlor"}])], "its subject is no trust"),
    "nominee of a trust": (
        [firm(entityType=TRUST), human(), tie(interests=[{"type": "nominee"}])],
        "no nomination arrangement",
    ),
    "new twice": (series("new", "new"), "more than one statement with the recordStatus new"),
    "new not first": (series("updated", "new"), "is not the first statement"),
    "closed twice": (series("new", "closed", "closed"), "more than one statement with the recordStatus closed"),
    "closed not last": (series("closed", "updated"), "is not the last statement"),
    "pointer to nothing": (note(statementPointerTarget="/nothing"), "points to '/nothing'"),
    "pointer without a slash": (note(statementPointerTarget="statementId"), "points to 'statementId'"),
    "pointer past a list": (note(statementPointerTarget="/annotations/7"), "points to"),
    "paper of two hyphens": ([firm(), human(identifiers=[{"scheme": "GBR--PASSPORT"}])], "is not of the form"),
    "paper of no country": ([firm(), human(identifiers=[{"scheme": "AAA-PASSPORT"}])], "country's code"),
    "paper of two letters": ([firm(), human(identifiers=[{"scheme": "GB-PASSPORT"}])], "country's code"),
    "paper of no kind": ([firm(), human(identifiers=[{"scheme": "GBR-ID"}])], "PASSPORT, TAXID or IDCARD"),
    "unknown register": ([firm(identifiers=[{"scheme": "ME-BCE", "id": "1"}])], "not among the registers"),
    "no register": ([firm(identifiers=[{"scheme": "", "id": "1"}])], "not among the registers"),
}

REFUSED: dict[str, tuple[list[Any], str, int]] = {
    "id used twice": ([firm(statementId="x" * 32), human(statementId="x" * 32)], "the same statementId", 2),
    "record of two kinds": ([firm(), human("e1")], "its recordType is another", 2),
    "subject is a person": ([firm(), human(), tie(subject="p1")], "its subject is a record that is no entity", 3),
    "party is a tie": ([firm(), human(), tie(), tie("r2", party="r1")], "neither an entity nor a person", 4),
    "ends before it begins": (
        [firm(), human(), tie(interests=[{"startDate": "2020-01-02", "endDate": "2020-01-01"}])],
        "ends on 2020-01-01, before it begins",
        3,
    ),
    "of an older version": (
        [firm(), {"statementID": "x" * 32, "statementType": "entityStatement", "entityType": "registeredEntity"}],
        "a statement of BODS 0.1 to 0.3",
        2,
    ),
}


@pytest.mark.parametrize("name", PASSES)
def test_what_is_sound_is_taken_without_a_word(name: str) -> None:
    """Each of these keeps to every check: nothing is refused, nothing reported, every statement is taken."""
    chunks = read(PASSES[name])
    assert (reasons(chunks), warnings(chunks)) == ([], [])
    assert {row["record"] for row in rows(chunks)} == set(range(1, len(PASSES[name]) + 1))


@pytest.mark.parametrize("name", REPORTED)
def test_what_is_doubtful_is_reported_and_taken(name: str) -> None:
    """The reason is given with the statement that it is about; no statement is lost for it."""
    given, words = REPORTED[name]
    chunks = read(given)
    assert not reasons(chunks)
    assert any(words in warning and "given.json: statement " in warning for warning in warnings(chunks))
    assert {row["record"] for row in rows(chunks)} == set(range(1, len(given) + 1))


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_placed_is_refused_alone(name: str) -> None:
    """The statement is refused with its reason and its number; all others are taken."""
    given, words, number = REFUSED[name]
    chunks = read(given)
    found = [reason for reason in reasons(chunks) if words in reason]
    assert len(found) == 1
    assert found[0].startswith(f"statement {number}")
    assert {row["record"] for row in rows(chunks)} == set(range(1, len(given) + 1)) - {number}


def test_many_faults_of_a_kind_are_counted_and_not_all_written_out() -> None:
    """Ten examples and a total; a register with the same fault in each row stays readable."""
    found = warnings(read([firm(f"e{n}", declarationSubject="nobody") for n in range(500)]))
    assert len(found) == 11
    assert "490 more like this: its declarationSubject" in found[-1]


def test_a_statement_with_a_kind_of_record_that_there_is_not_is_refused() -> None:
    """The schema knows three kinds."""
    assert "recordType" in reasons(read([firm(), statement("place", "x1", {})]))[0]
