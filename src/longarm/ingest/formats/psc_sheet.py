"""The lines of one chunk of the register of persons with significant control, and what they say together."""

from __future__ import annotations

import re
from typing import Any, Final

from longarm.ingest.formats import psc_lines as lines
from longarm.ingest.formats import psc_words as words
from longarm.ingest.formats.clean import day
from longarm.ingest.formats.columnar import Sheet, Subjects, numbers, texts
from longarm.ingest.formats.oddities import Odd
from longarm.ingest.formats.psc_lines import Bad, Data
from longarm.ingest.formats.psc_words import Interest

_AND: Final = re.compile(r"\s*(?:,|/|;| and | & )\s*")
_PERSON: Final = ("name", "title", "firstName", "middleName", "lastName", "birthDate", "country", "address")
_FIRM: Final = ("name", "registrationNumber", "jurisdiction", "legalForm", "address", "notes")
_LINK: Final = ("held", "holding", "reason", "startDate", "endDate", "status", "summary")
_ELSE: Final = frozenset({"country", "jurisdiction"})
"""Properties whose unreadable values are kept as notes."""


class Counted:
    """How many entries of each sort a file had, to compare with what it says of itself."""

    def __init__(self) -> None:
        self.people = self.statements = self.exemptions = 0
        self.said: Data | None = None


class Entries:
    """The entries of one chunk."""

    def __init__(self, odd: Odd, counted: Counted) -> None:
        self.closed: list[str] = []
        self._odd, self._counted = odd, counted
        self._companies: dict[str, int] = {}
        """number → the line that names it first"""
        self._people: dict[str, list[tuple[Any, ...]]] = {}
        """schema → (line, id, what its properties are)"""
        self._nationalities: list[tuple[int, str, str]] = []
        self._offices: list[tuple[int, str, str, str]] = []
        self._sanctioned: list[tuple[int, str, str]] = []
        self._interests: dict[Interest, list[tuple[int, str, str, str | None, str | None]]] = {}
        """interest → (line, person, company, since, until)"""
        self._unknown: list[tuple[Any, ...]] = []

    def take(self, number: int, value: Any) -> None:
        """Take a line. Raises Bad."""
        given = lines.of(value)
        kind = given.data.get("kind")
        if kind == words.TOTALS:
            self._counted.said = given.data
            return
        company = lines.company_number(given.company)
        holder = f"gb-psc-{company}-{given.entry}"
        if given.is_deleted:
            if not given.entry:
                raise Bad("a deletion does not say of what")
            self.closed += [holder, *(holder + end for end in words.SUFFIXES)]
            return
        if not isinstance(kind, str) or not kind:
            raise Bad("it has no 'kind'")
        if kind == words.EXEMPTIONS:
            self._exemptions(number, company, given.data)
            self._counted.exemptions += 1
            return
        if not given.entry:
            raise Bad("links.self: it does not say which entry it is")
        if kind in words.PEOPLE:
            self._person(number, words.PEOPLE[kind], company, holder, given.data)
            self._counted.people += 1
        elif kind == words.STATEMENT:
            self._statement(number, company, holder, given.data)
            self._counted.statements += 1
        elif kind in words.PROTECTED:
            self._protected(number, company, holder, kind, given.data)
            self._counted.people += 1
        else:
            self._odd.note(f"a kind of entry that is not known, kept by what it holds: '{kind[:80]}'")
            if given.data.get("natures_of_control") and (given.data.get("name") or given.data.get("name_elements")):
                schema = "Person" if given.data.get("name_elements") else "LegalEntity"
                self._person(number, schema, company, holder, given.data)
            else:
                self._protected(number, company, holder, kind, given.data)
        self._companies.setdefault(company, number)

    def _person(self, number: int, schema: str, company: str, holder: str, data: Data) -> None:
        since, until = self._dates(data)
        codes = lines.natures(data)
        name = lines.name(data)
        where = lines.address(data, "address")
        office = lines.address(data, "principal_office_address")
        if not codes:
            self._odd.note("a person without a nature of control")
        if schema == "Person":
            home = lines.text(data, "country_of_residence")
            nation = lines.text(data, "nationality")
            row: tuple[str | None, ...]
            row = (name.whole, name.title, name.first, name.middle, name.last, lines.born(data), home, where)
            if nation:
                nations = (nation,) if nation.isalpha() else _AND.split(nation)
                self._nationalities += [(number, holder, each) for each in nations if each]
        else:
            row = (name.whole, *_firm(lines.part(data, "identification")), where, _under(data))
        if data.get("is_sanctioned") is True:
            self._sanctioned.append((number, holder, schema))
        if office and office != where:
            self._offices.append((number, holder, schema, office))
        self._people.setdefault(schema, []).append((number, holder, *row))
        for interest in words.interests(codes):
            self._interests.setdefault(interest, []).append((number, holder, company, since, until))
            for code in interest.unknown:
                self._odd.note(f"a nature of control that is not known, kept as it stands: '{code[:120]}'")

    def _statement(self, number: int, company: str, holder: str, data: Data) -> None:
        code = lines.text(data, "statement")
        if not code:
            raise Bad("a statement that states nothing")
        if code not in words.STATEMENTS:
            self._odd.note(f"a statement that is not known, kept as it stands: '{code[:120]}'")
        asked = words.OWNED if company.startswith(words.OVERSEAS) else words.CONTROLLED
        more = [lines.text(data, key) for key in ("linked_psc_name", "restrictions_notice_withdrawal_reason")]
        self._say_unknown(number, company, holder, asked, code, data, "; ".join(filter(None, more)) or None)

    def _protected(self, number: int, company: str, holder: str, kind: str, data: Data) -> None:
        asked = words.OWNED if "beneficial" in kind else words.CONTROLLED
        self._say_unknown(number, company, holder, asked, lines.text(data, "description") or kind, data, None)

    def _say_unknown(
        self, number: int, company: str, holder: str, asked: str, reason: str, data: Data, more: str | None
    ) -> None:
        since, until = self._dates(data)
        ceased = data.get("ceased") is True
        name = f"{holder}-unknown"
        if ceased and until is None:
            self.closed.append(name)
        status = "ceased" if ceased or until else None
        self._unknown.append((number, name, company_id(company), asked, reason, since, until, status, more))

    def _exemptions(self, number: int, company: str, data: Data) -> None:
        self._companies.setdefault(company, number)
        listed = lines.part(data, "exemptions")
        for key in listed:
            given = lines.part(listed, key)
            reason = lines.text(given, "exemption_type") or key.replace("_", "-")
            items = given.get("items")
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise Bad(f"exemptions.{key[:60]}: a list of items was expected")
            for place, item in enumerate(items, start=1):
                since, until = (self._day(lines.text(item, end)) for end in ("exempt_from", "exempt_to"))
                name = f"{company_id(company)}-exempt-{reason}-{place}"
                row = (number, name, company_id(company), words.CONTROLLED, reason, since, until, None, None)
                self._unknown.append(row)

    def _dates(self, data: Data) -> tuple[str | None, str | None]:
        since, until = self._day(lines.text(data, "notified_on")), self._day(lines.text(data, "ceased_on"))
        if since and until and since > until:
            self._odd.note("an entry that ceased before it was notified, taken without its beginning")
            since = None
        return since, until

    def _day(self, text: str | None) -> str | None:
        if text is None:
            return None
        found = day(text)
        if found is None:
            self._odd.note(f"a date that is none, left out: '{text[:30]}'")
        return found

    def write(self, sheet: Sheet) -> None:
        """Say what was taken."""
        self._say_companies(sheet)
        for schema, rows in self._people.items():
            lines_of, ids, *columns = zip(*rows, strict=True)
            who = Subjects(texts(ids), schema, numbers(lines_of))
            sheet.exist(who)
            for prop, column in zip(_PERSON if schema == "Person" else _FIRM, columns, strict=True):
                sheet.say(who, prop, texts(column), otherwise="notes" if prop in _ELSE else None)
        self._say_more(sheet)
        for interest, held in self._interests.items():
            _say_interest(sheet, interest, held)
        if self._unknown:
            lines_of, ids, *columns = zip(*self._unknown, strict=True)
            since, until = texts(columns[3]), texts(columns[4])
            who = Subjects(texts(ids), "UnknownHolder", numbers(lines_of), since, until)
            sheet.exist(who)
            for prop, column in zip(_LINK, columns, strict=True):
                sheet.say(who, prop, texts(column))

    def _say_companies(self, sheet: Sheet) -> None:
        if not self._companies:
            return
        known = list(self._companies)
        who = Subjects(texts([company_id(c) for c in known]), "Company", numbers(list(self._companies.values())))
        sheet.exist(who)
        sheet.say(who, "registrationNumber", texts(known))
        sheet.say_plain(who, "jurisdiction", [None if c.startswith(words.OVERSEAS) else "gb" for c in known])

    def _say_more(self, sheet: Sheet) -> None:
        if self._nationalities:
            lines_of, ids, nations = zip(*self._nationalities, strict=True)
            who = Subjects(texts(ids), "Person", numbers(lines_of))
            sheet.say(who, "nationality", texts(nations), otherwise="notes")
        if self._offices:
            lines_of, ids, schemata, offices = zip(*self._offices, strict=True)
            sheet.say(Subjects(texts(ids), texts(schemata), numbers(lines_of)), "address", texts(offices))
        if self._sanctioned:
            lines_of, ids, schemata = zip(*self._sanctioned, strict=True)
            sheet.say(Subjects(texts(ids), texts(schemata), numbers(lines_of)), "topics", ["sanction"] * len(ids))


def company_id(number: str) -> str:
    """Give the id of a company by its number."""
    return f"gb-coh-{number}"


def _say_interest(sheet: Sheet, interest: Interest, held: list[tuple[int, str, str, str | None, str | None]]) -> None:
    lines_of, people, companies, since, until = zip(*held, strict=True)
    size, starts, ends = len(held), texts(since), texts(until)
    ids = [person + interest.suffix for person in people]
    who = Subjects(texts(ids), interest.schema, numbers(lines_of), starts, ends)
    holder, asset = ("owner", "asset") if interest.schema == "Ownership" else ("controller", "controlled")
    sheet.exist(who)
    sheet.say_plain(who, holder, texts(people))
    sheet.say_plain(who, asset, [company_id(c) for c in companies])
    for prop, word in (("percentageMinimum", interest.low), ("percentageMaximum", interest.high)):
        if word:
            sheet.say_plain(who, prop, [word] * size)
    if interest.votes:
        sheet.say_plain(who, "votingPercentage", [interest.votes] * size)
    for prop, several in (
        ("interestType", interest.interests),
        ("controlType", interest.controls),
        ("role", interest.roles),
    ):
        for word in several:
            sheet.say(who, prop, [word] * size)
    sheet.say_plain(who, "startDate", starts)
    sheet.say_plain(who, "endDate", ends)


def _firm(given: Data) -> tuple[str | None, str | None, str | None]:
    return (
        lines.text(given, "registration_number"),
        lines.text(given, "country_registered"),
        lines.text(given, "legal_form"),
    )


def _under(data: Data) -> str | None:
    """Say where a firm is registered and under which law, as it was filed."""
    given = lines.part(data, "identification")
    said = [
        f"{word} {value}"
        for word, key in (("registered at", "place_registered"), ("under", "legal_authority"))
        if (value := lines.text(given, key))
    ]
    return "; ".join(said) or None
