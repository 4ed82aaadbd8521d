"""An article of law as a statement: what a path that rests on it cites."""

from __future__ import annotations

from typing import Any

from longarm.errors import InputError, UnknownEntity
from longarm.law.force import grade
from longarm.law.instruments import instrument


def law_statement(identity: str) -> dict[str, Any]:
    """Give the article that `law:INSTRUMENT#NUMBER` names, in the shape of a cited statement.

    Raises UnknownEntity where the base holds no such article.
    """
    name, _, number = identity.removeprefix("law:").partition("#")
    try:
        act = instrument(name)
        article = act.article(number)
    except InputError as fault:
        raise UnknownEntity(fault.message, mend="an article such as law:INSTRUMENT#NUMBER") from None
    source = act.sources[0] if act.sources else None
    return {
        "entity": act.id,
        "schema": "Instrument",
        "prop": f"article {article.number}",
        "value": article.compels,
        "quote": article.quote,
        "quote_lang": article.quote_lang,
        "span": None,
        "stance": "asserted",
        "grade": str(grade(act, article)),
        "speaker": None,
        "origin": f"law:{act.id}",
        "origin_name": act.title.en,
        "title_original": act.title.original,
        "of_whom": article.of_whom,
        "routes": dict(vars(article.routes)),
        "valid_from": act.valid_from,
        "valid_to": act.valid_to,
        "known": act.reviewed_on,
        "document": None,
        "document_kind": "law",
        "publisher": source.publisher if source else None,
        "title": act.title.en,
        "published": source.date if source else None,
        "status": act.status,
        "url": source.url if source else None,
    }
