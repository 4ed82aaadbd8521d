"""The site of a claim: the port, plant or network that its own words name, or stand for."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from longarm.extract.clauses import Span
from longarm.extract.kinds import Kind
from longarm.extract.mentions import Mentions
from longarm.extract.phrase import Phrase
from longarm.extract.references import References, references

_WHERE: Final = frozenset("at in on à au aux en dans sur op te in aan im am an auf bei beim zu zum zur".split())  # noqa: SIM905

_MARKET: Final = re.compile(r"(?:exchange|bourse|beurs|börse)$", re.IGNORECASE)
"""Where shares are traded is no site"""


def site_of(span: Span, mentions: Mentions, lang: str, ends: Collection[str] = ()) -> str | None:
    """Give the site named in a span, the one said as a place first; None where the words name none.

    What stands at an end of the claim is not its site as well: a firm may be called "Terminals".
    """
    refs = references(mentions, lang)
    inside = [p for p in refs.phrases(refs.sentence(span[0])) if span[0] <= p.body and p.body < span[1]]
    sites = [(p.preposition not in _WHERE, name) for p in inside if _is_site(p) and (name := _named(refs, p))]
    sites = [site for site in sites if site[1] not in ends]
    return min(sites, key=lambda site: site[0])[1] if sites else None


def _is_site(phrase: Phrase) -> bool:
    return phrase.kind is Kind.SITE and not _MARKET.search(phrase.head)


def _named(refs: References, phrase: Phrase) -> str:
    """Give the name of a site; empty where the text has a bare noun for it."""
    name = refs.name_of(phrase, phrase.start)
    built = bool(phrase.name) or name != refs.words(phrase)
    return name if built or refs.mentions.within(phrase.body, phrase.body + len(phrase.words)) else ""
