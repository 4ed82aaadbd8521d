"""Claims out of texts: what is found, how it is put, who says it, and what is refused."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.extract import assemble, baseline
from longarm.extract.clauses import clauses
from longarm.extract.credits import credits as credits_of
from longarm.extract.language import LANGUAGES, RELATIONS, grammar
from longarm.extract.mentions import Mentions
from longarm.extract.sentences import Span, sentences
from longarm.extract.shares import shares
from longarm.extract.written_in import language
from longarm.model.claims import Claim, Line, LineKind, Text, stands


def read(body: str, lang: str = "en") -> tuple[Claim, ...]:
    return assemble.claims(Text("d", body, lang)).claims


def only(body: str, relation: str, lang: str = "en") -> Claim:
    found = [claim for claim in read(body, lang) if claim.relation == relation]
    assert len(found) == 1, [(claim.relation, claim.quote) for claim in read(body, lang)]
    return found[0]


FOUND = [
    ("en", "The depot is operated by Vorsk Handling.", "operates", "asserted", "Vorsk Handling"),
    ("en", "Merrow Steel holds 30 percent of the shares of Calder Dock.", "owns", "asserted", "Merrow Steel"),
    ("en", "Calder Dock is a subsidiary of Merrow Steel.", "subsidiary_of", "asserted", "Calder Dock"),
    ("en", "Calder Dock, a company registered in Canada, opened a shop.", "registered_in", "asserted", "Calder Dock"),
    ("en", "Calder Dock did not respond to questions.", "no_comment", "asserted", "Calder Dock"),
    ("en", "Merrow Steel will sell 10 percent of Calder Dock.", "sale", "planned", "Merrow Steel"),
    ("en", "Calder Dock has no remote access to the cranes.", "has_access", "denied", "Calder Dock"),
    ("fr", "Le dépôt est exploité par Vorsk Manutention.", "operates", "asserted", "Vorsk Manutention"),
    ("fr", "Vorsk détient 30 % du capital de Calder.", "owns", "asserted", "Vorsk"),
    ("fr", "Vorsk n’a pas répondu aux questions.", "no_comment", "asserted", "Vorsk"),
    ("nl", "Vorsk heeft 30 procent van de aandelen van Calder.", "owns", "asserted", "Vorsk"),
    ("nl", "Vorsk wilde niet reageren.", "no_comment", "asserted", "Vorsk"),
    ("de", "Vorsk hält 30 Prozent der Anteile an Calder.", "owns", "asserted", "Vorsk"),
    ("de", "Vorsk wollte sich dazu nicht äußern.", "no_comment", "asserted", "Vorsk"),
]


@pytest.mark.parametrize(("lang", "body", "relation", "stance", "subject"), FOUND)
def test_a_relation_is_read_with_its_stance_and_subject(
    lang: str, body: str, relation: str, stance: str, subject: str
) -> None:
    """Active and passive, in each language."""
    claim = only(body, relation, lang)
    assert (claim.stance, claim.subject) == (stance, (subject,))
    assert claim.version


NOT_ASSERTED = [
    ("en", "Vorsk denied that it had shared data with Merrow."),
    ("en", "Vorsk does not own the depot."),
    ("en", "Vorsk plans to list on the Norhaven exchange."),
    ("fr", "Vorsk n’exploite pas le dépôt."),
    ("fr", "Vorsk va céder sa part."),
    ("nl", "Vorsk beheert het depot niet."),
    ("nl", "Vorsk zal het depot verkopen."),
    ("de", "Vorsk betreibt das Lager nicht."),
    ("de", "Vorsk will an die Börse gehen."),
]


@pytest.mark.parametrize(("lang", "body"), NOT_ASSERTED)
def test_what_is_denied_or_planned_is_never_asserted(lang: str, body: str) -> None:
    """The rule that matters most to whoever defends a sentence in court."""
    found = read(body, lang)
    assert found
    assert "asserted" not in {claim.stance for claim in found}


@pytest.mark.parametrize(
    "body",
    [
        "Does Vorsk own the depot?",
        "If Vorsk were ever to buy the depot, the minister would have to consent.",
        "Read also: Vorsk owns the depot",
        "Passenger numbers rose by 12 percent.",
    ],
)
def test_questions_hypotheses_teasers_and_figures_are_no_claims(body: str) -> None:
    """They look like claims and are none."""
    assert read(body) == ()


def test_a_denied_report_gives_the_denial_and_the_allegation() -> None:
    """Where one passage carries an allegation and its denial, there are two claims."""
    found = read("Vorsk denied a report in the Ledger that it had shared tariff data with Merrow.")
    assert sorted(claim.stance for claim in found if claim.relation == "transfers_data_to") == ["alleged", "denied"]


def test_a_denial_that_says_it_takes_up_what_was_said_before() -> None:
    """ "The firm denied it" repeats the relation before it, denied."""
    found = read("The union claimed that Vorsk had sent lists to the consulate. Vorsk denied it.")
    assert [(claim.relation, claim.stance) for claim in found] == [
        ("transfers_data_to", "alleged"),
        ("transfers_data_to", "denied"),
    ]


@pytest.mark.parametrize(
    ("lang", "body", "chain"),
    [
        ("en", "The depot is operated by Vorsk, Merrow Steel said on Friday.", ("Merrow Steel",)),
        ("en", "Merrow Steel said that the depot is operated by Vorsk.", ("Merrow Steel",)),
        ("en", "The depot is operated by Vorsk.", ()),
        ("de", "Vorsk betreibt das Lager, sagte Mara Tolle.", ("Mara Tolle",)),
    ],
)
def test_the_speaker_stands_in_the_chain(lang: str, body: str, chain: tuple[str, ...]) -> None:
    """Before or behind the claim; empty where the text speaks for itself."""
    assert only(body, "operates", lang).attribution == chain


def test_the_same_text_gives_the_same_ids_and_no_claim_twice() -> None:
    """An id is a hash of what the claim says and where; a second run proposes nothing new."""
    body = "Merrow holds 30 percent of the shares of Calder. The depot is operated by Vorsk, Merrow said."
    first, second = read(body), read(body)
    assert [claim.id for claim in first] == [claim.id for claim in second]
    assert len({claim.id for claim in first}) == len(first)


def test_another_language_gives_mentions_only_and_says_so() -> None:
    """No claim is guessed from a language that nothing is declared for."""
    found = assemble.claims(Text("d", "Vorsk Logistyka posiada magazyn.", "pl"))
    assert found.claims == ()
    assert [mention.name for mention in found.mentions] == ["Vorsk Logistyka"]
    assert found.notes == ("no claims are read in pl: mentions only",)


@pytest.mark.parametrize(
    ("lang", "body", "share"),
    [
        ("en", "just under a third", (30.0, 33.3)),
        ("en", "just over a fifth", (20.0, 22.0)),
        ("en", "around 40 percent", (38.0, 42.0)),
        ("en", "nearly 20 percent", (18.0, 20.0)),
        ("en", "two thirds", (66.6, 66.7)),
        ("fr", "un peu plus de 12 %", (12.0, 14.0)),
        ("nl", "iets meer dan 12 procent", (12.0, 14.0)),
        ("de", "knapp die Hälfte", (48.0, 50.0)),
        ("de", "24,9 Prozent", (24.9, 24.9)),
    ],
)
def test_vague_shares_become_ranges(lang: str, body: str, share: tuple[float, float]) -> None:
    """The ranges of the field guide."""
    assert [read for _, _, read in shares(body, grammar(lang))] == [share]


def test_the_fullest_form_of_a_name_is_used() -> None:
    """A firm is named in full once, then by its first word."""
    body = "Vorsk Handling runs the depot. Vorsk rents a hall from Merrow."
    assert {m.name for m in Mentions(body, grammar("en")).all} == {"Vorsk Handling", "Merrow"}


def test_every_language_declares_every_relation() -> None:
    """No relation is readable in one language only."""
    for lang in LANGUAGES:
        assert {rule.relation for rule in grammar(lang).rules} == RELATIONS, lang


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "The depot of the port is operated by a firm that has its seat in the town."),
        ("fr", "Le dépôt du port est exploité par une société qui a son siège dans la ville."),
        ("nl", "Het depot van de haven is in handen van een bedrijf dat in de stad zit."),
        ("de", "Das Lager an dem Hafen ist in der Hand von einer Firma, die sich in der Stadt befindet."),
    ],
)
def test_the_language_is_told_where_none_is_stated(lang: str, body: str) -> None:
    """Of a long text by a model, of a few words by the small ones among them; a stated language goes before these."""
    assert language(body) == lang
    few = " ".join(body.split()[:7])
    assert language(few) == lang
    assert language(few, "xx") in ("xx", lang)
    assert language("Vorsk Merrow") is None


WORDS = st.sampled_from(
    (
        "Vorsk", "Merrow Steel", "denied", "said that", "it", "owns", "the depot", ",", "and", ".", ";", "30 percent",
        "of shares", "\n", "“", "”", "?", "will", "sell", "—", "zu", "n’a pas répondu", "hält", "5 %", "nicht", "which",
    )
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60), st.sampled_from((*LANGUAGES, None)))
def test_every_quote_is_at_its_span_whatever_the_text(words: list[str], lang: str | None) -> None:
    """Offsets hold to the letter, lines keep their places, nothing is proposed twice."""
    body = " ".join(words)
    found = assemble.claims(Text("d", body, lang))
    assert all(stands(claim, body) for claim in found.claims)
    assert len({claim.id for claim in found.claims}) == len(found.claims)
    assert all(body[m.start : m.end] and m.name for m in found.mentions)
    assert all(0 <= line.start < line.end <= len(body) for line in found.lines)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_sentences_and_clauses_lie_inside_and_in_order(body: str) -> None:
    """Whatever the characters."""
    spans = [(one.start, one.end) for one in sentences(Text("d", body), Span(0, len(body)))]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for span in spans:
        parts = clauses(body, span, [], grammar("en"))
        assert all(span[0] <= s < e <= span[1] for s, e in parts)


def test_a_headline_yields_no_claim() -> None:
    """Only the body does."""
    found = assemble.claims(Text("d", "Vorsk owns the depot\nBy Ada Ferrol\nThe depot is operated by Vorsk.", "en"))
    assert found.lines[0].kind is LineKind.HEADLINE
    assert {claim.relation for claim in found.claims} == {"operates"}


def test_lines_that_a_page_calls_teasers_or_captions_yield_no_claim_and_no_credit() -> None:
    """What the page says of its lines goes before what their words say."""
    rows = [
        ("The depot is operated by Vorsk.", LineKind.BODY),
        ("The quay is operated by Merrow Steel.", LineKind.TEASER),
        ("By Ada Ferrol", LineKind.TEASER),
        ("The agency Telegraph Union took the picture.", LineKind.CAPTION),
        ("Source: Portville Wire", LineKind.BODY),
    ]
    ends = list(accumulate(len(line) + 1 for line, _ in rows))
    lines = tuple(Line(end - len(line) - 1, end - 1, kind) for (line, kind), end in zip(rows, ends, strict=True))
    text = Text("d", "\n".join(line for line, _ in rows), "en", lines=lines)
    found = assemble.claims(text)
    assert [claim.quote for claim in found.claims] == ["The depot is operated by Vorsk."]
    assert [line.kind for line in found.lines][-1] is LineKind.SOURCE_CREDIT
    assert [one.names for one in credits_of(text)] == [("Portville Wire",)]


def test_a_text_without_end_is_read_up_to_the_limit_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits on everything that is read."""
    monkeypatch.setattr(assemble, "MAX_CHARACTERS", 40)
    found = assemble.claims(Text("d", "The depot is operated by Vorsk. " * 10, "en"))
    assert found.notes == ("read up to character 40 of 320",)


def test_what_is_no_sentence_is_not_read_and_the_notes_say_so() -> None:
    """A table or a fault of reading costs no time, and is not passed over in silence."""
    found = assemble.claims(Text("d", "Vorsk owns the depot and " * 400, "en"))
    assert found.claims == ()
    assert found.notes == ("1 sentences of more than 3000 characters were not read",)


def test_the_baseline_reads_whole_sentences() -> None:
    """It stays in the benchmark, to measure against."""
    body = "Vorsk operates the depot."
    assert [(c.relation, c.quote) for c in baseline.claims(Text("d", body)).claims] == [("operates", body)]
