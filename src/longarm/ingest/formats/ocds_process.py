"""What one release says: call for tenders, contracts, awards, payments, and who takes part in them.

The fields are those of OCDS 1.1 (and 1.0); which becomes which property is listed in docs/formats/ocds.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from longarm.ingest.formats.ocds_parties import Parties, describe, entity_id
from longarm.ingest.formats.ocds_values import Looking, texts_of
from longarm.model.statement import BASE

_ENDED: Final = frozenset({"cancelled", "terminated", "withdrawn", "unsuccessful"})
_CPV: Final = frozenset({"CPV", "CPVS"})

Said = dict[tuple[str, str, str], dict[str, str | None]]
"""(entity, schema, property) → value → language"""


class Speaking:
    """One release, read."""

    def __init__(self, ocid: str, release: dict[str, Any], parties: Parties) -> None:
        self._ocid, self._release, self._parties = ocid, release, parties
        self._look = Looking()
        self._found: defaultdict[tuple[str, str, str], dict[str, str | None]] = defaultdict(dict)
        self._tender = self._look.one(release, "tender")
        self._listed: set[str] = set()
        """ids of the organisations that the list has"""
        self._lang = _language(next(iter(texts_of(release.get("language"))), None))

    @property
    def faults(self) -> list[str]:
        """What was of a wrong kind."""
        return self._look.faults

    def said(self) -> Said:
        """Give all that the release says."""
        parties = list(self._look.many(self._release, "parties"))
        for party in parties:
            self._organisation(party)
        self._listed = {own for party in parties if (own := _id(party))}
        self._buyers = [i for i in [self._organisation(self._look.one(self._release, "buyer"))] if i]
        procuring = self._organisation(self._look.one(self._tender, "procuringEntity"))
        self._authorities = [procuring] if procuring else self._buyers
        self._call()
        contracts = list(self._look.many(self._release, "contracts"))
        awards = {a: award for award in self._look.many(self._release, "awards") if (a := _id(award))}
        for contract in contracts:
            self._contract(contract, awards.get(_id(contract, "awardID") or ""))
        for number, award in awards.items():
            self._award(number, award, [c for c in contracts if _id(c, "awardID") == number])
        return self._found

    def _say(self, entity: str, schema: str, prop: str, value: Any, lang: str | None = None) -> None:
        texts = texts_of(value)
        if texts:
            self._found.setdefault((entity, schema, BASE), {entity: None})
        for text in texts:
            self._found[entity, schema, prop].setdefault(text, lang)

    def _organisation(self, party: dict[str, Any]) -> str | None:
        entity = self._parties.id_of(party)
        # A reference repeats the name that the organisation had when it was written: the list has the present one.
        if entity is not None and _id(party) not in self._listed:
            describe(entity, party, self._say)
        return entity

    def _id(self, *parts: str) -> str:
        return entity_id(self._ocid, *parts)

    def _call(self) -> None:
        """The call for tenders, where there is a tender."""
        tender = self._tender
        if not tender or not (tender.get("title") or tender.get("id")):
            return
        entity, schema = self._id("tender"), "CallForTenders"
        self._say(entity, schema, "title", tender.get("title") or tender.get("id"), self._lang)
        self._say(entity, schema, "name", tender.get("title"), self._lang)
        self._say(entity, schema, "callId", tender.get("id"))
        self._say(entity, schema, "authority", self._authorities)
        if self._buyers != self._authorities:
            self._say(entity, schema, "onBehalfOf", self._buyers)
        self._say(entity, schema, "description", tender.get("description"), self._lang)
        self._say(entity, schema, "procedure", tender.get("procurementMethod"))
        self._say(entity, schema, "evaluationMechanism", tender.get("awardCriteria"))
        self._say(entity, schema, "procurementType", tender.get("mainProcurementCategory"))
        self._say(entity, schema, "involvesOutcome", tender.get("status"))
        self._items(entity, schema, tender)
        period = self._look.one(tender, "tenderPeriod")
        self._say(entity, schema, "startDate", period.get("startDate"))
        self._say(entity, schema, "endDate", period.get("endDate"))
        self._say(entity, schema, "submissionDeadline", period.get("endDate"))
        self._say(entity, schema, "clarificationDeadline", self._look.one(tender, "enquiryPeriod").get("endDate"))
        lots = list(self._look.many(tender, "lots"))
        self._say(entity, schema, "numberOfLots", len(lots) or None)
        self._say(entity, schema, "lotsNames", [lot.get("title") for lot in lots])
        self._say(entity, schema, "tenderers", [self._organisation(t) for t in self._tenderers()])
        self._say(entity, schema, "sourceUrl", [d.get("url") for d in self._look.many(tender, "documents")][:20])

    def _tenderers(self) -> Iterator[dict[str, Any]]:
        """Who offered: in the tender, or in the bids of the extension for them."""
        yield from self._look.many(self._tender, "tenderers")
        bids = self._release.get("bids")
        for bid in self._look.many(bids, "details") if isinstance(bids, dict) else ():
            yield from self._look.many(bid, "tenderers")

    def _items(self, entity: str, schema: str, holder: dict[str, Any]) -> None:
        """What is bought, by its classification."""
        for item in self._look.many(holder, "items"):
            more = list(self._look.many(item, "additionalClassifications"))
            for each in [self._look.one(item, "classification"), *more]:
                if schema == "Contract":
                    self._say(entity, schema, "classification", each.get("description") or each.get("id"))
                elif str(each.get("scheme") or "").upper() in _CPV:
                    self._say(entity, schema, "cpvCode", each.get("id"))

    def _contract(self, contract: dict[str, Any], award: dict[str, Any] | None) -> None:
        number = _id(contract)
        if number is None:
            self._look.faults.append("a contract has no 'id'; it is passed over")
            return
        entity = self._id("contract", number)
        self._agreement(entity, contract, award or {})
        self._say(entity, "Contract", "contractDate", contract.get("dateSigned"))
        implementation = self._look.one(contract, "implementation")
        for at, payment in enumerate(self._look.many(implementation, "transactions"), start=1):
            self._payment(entity, number, _id(payment) or str(at), payment)

    def _agreement(self, entity: str, contract: dict[str, Any], award: dict[str, Any]) -> None:
        """What contract and award have in common: title, authority, value, status."""
        schema, tender = "Contract", self._tender
        title = contract.get("title") or award.get("title") or tender.get("title") or contract.get("id")
        self._say(entity, schema, "title", title, self._lang)
        self._say(entity, schema, "name", title, self._lang)
        described = contract.get("description") or award.get("description") or tender.get("description")
        self._say(entity, schema, "description", described, self._lang)
        self._say(entity, schema, "authority", self._buyers or self._authorities)
        self._say(entity, schema, "procedureNumber", self._ocid)
        self._say(entity, schema, "noticeId", tender.get("id"))
        self._say(entity, schema, "status", contract.get("status"))
        if contract.get("status") in _ENDED:
            self._say(entity, schema, "cancelled", True)
        self._say(entity, schema, "method", tender.get("procurementMethod"))
        self._say(entity, schema, "procedure", tender.get("procurementMethodDetails"))
        self._say(entity, schema, "criteria", tender.get("awardCriteria"))
        self._say(entity, schema, "type", tender.get("mainProcurementCategory"))
        self._say(entity, schema, "language", self._lang)
        self._value(entity, schema, contract)
        self._items(entity, schema, contract if contract.get("items") else award)
        for change in self._look.many(contract, "amendments"):
            told = [*texts_of(change.get("date"))[:1], *texts_of(change.get("rationale") or change.get("description"))]
            self._say(entity, schema, "notes", ": ".join(told))
        self._say(entity, schema, "sourceUrl", [d.get("url") for d in self._look.many(contract, "documents")][:20])
        self._project(entity)

    def _project(self, contract: str) -> None:
        budget = self._look.one(self._look.one(self._release, "planning"), "budget")
        number, name = budget.get("projectID"), budget.get("project")
        if not texts_of(number) and not texts_of(name):
            return
        entity = self._id("project")
        self._say(entity, "Project", "name", name or number, self._lang)
        self._say(entity, "Project", "projectId", number)
        self._say(contract, "Contract", "project", entity)

    def _value(self, entity: str, schema: str, holder: dict[str, Any]) -> None:
        value = self._look.one(holder, "value")
        self._say(entity, schema, "amount", value.get("amount"))
        self._say(entity, schema, "currency", value.get("currency"))

    def _award(self, number: str, award: dict[str, Any], contracts: list[dict[str, Any]]) -> None:
        """One ContractAward for each supplier: the tie between who pays and who delivers."""
        agreements = [self._id("contract", c) for contract in contracts if (c := _id(contract))]
        if not agreements:  # not signed yet, or not published: the award stands for it
            agreements = [self._id("award", number)]
            self._agreement(agreements[0], award, award)
        suppliers = [s for s in map(self._organisation, self._look.many(award, "suppliers")) if s]
        schema = "ContractAward"
        period = self._look.one(award, "contractPeriod") or self._look.one((contracts or [{}])[0], "period")
        for supplier in suppliers:
            entity = self._id("award", number, supplier)
            self._say(entity, schema, "supplier", supplier)
            self._say(entity, schema, "contract", agreements)
            if self._tender.get("title") or self._tender.get("id"):
                self._say(entity, schema, "callForTenders", self._id("tender"))
            self._say(entity, schema, "role", "supplier")
            self._say(entity, schema, "status", award.get("status"))
            self._say(entity, schema, "documentNumber", number)
            self._say(entity, schema, "lotNumber", award.get("relatedLots"))
            self._say(entity, schema, "date", award.get("date"))
            self._say(entity, schema, "startDate", period.get("startDate"))
            self._say(entity, schema, "endDate", period.get("endDate"))
            self._say(entity, schema, "description", award.get("description"), self._lang)
            self._say(entity, schema, "amended", [c.get("date") for c in self._look.many(award, "amendments")])
            self._items(entity, schema, award)
            if len(suppliers) == 1:  # of several suppliers, nobody says who gets how much
                self._value(entity, schema, award)

    def _payment(self, contract: str, number: str, own: str, payment: dict[str, Any]) -> None:
        entity, schema = self._id("payment", number, own), "Payment"
        payer = self._look.one(payment, "payer") or self._look.one(payment, "providerOrganization")
        payee = self._look.one(payment, "payee") or self._look.one(payment, "receiverOrganization")
        self._say(entity, schema, "payer", self._organisation(payer))
        self._say(entity, schema, "beneficiary", self._organisation(payee))
        self._say(entity, schema, "contract", contract)
        self._say(entity, schema, "date", payment.get("date"))
        self._say(entity, schema, "transactionNumber", payment.get("id"))
        value = self._look.one(payment, "value") or self._look.one(payment, "amount")
        self._say(entity, schema, "amount", value.get("amount"))
        self._say(entity, schema, "currency", value.get("currency"))


@cache
def _language(given: str | None) -> str | None:
    """Give a language as statements name it: ISO 639-3."""
    from followthemoney.types import registry

    return None if given is None else registry.language.clean(given.split("-")[0])


def _id(holder: dict[str, Any], key: str = "id") -> str | None:
    return next(iter(texts_of(holder.get(key))), None)
