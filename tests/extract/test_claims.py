"""Claims: relation, stance, chain and span on invented texts; the verb; and nothing that is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from longarm.cli import main
from longarm.extract.claims import Extraction, extract
from longarm.extract.language import language
from longarm.extract.sentences import clauses, sentences
from longarm.extract.stance import stance_of
from longarm.model.claims import Claim, Line, LineKind, Text, stands

HEAD = "A headline of the paper on the port\n"


def _read(body: str, lang: str = "en") -> Extraction:
    return extract(Text("a", f"{HEAD}{body}", lang))


def _one(body: str, relation: str, lang: str = "en") -> Claim:
    found = [c for c in _read(body, lang).claims if c.relation == relation]
    assert len(found) == 1, [(c.relation, c.quote) for c in _read(body, lang).claims]
    return found[0]


@pytest.mark.parametrize(
    ("body", "lang", "relation", "stance"),
    [
        ("Kestrel Holding owns 30 percent of Portham Gate.", "en", "owns", "asserted"),
        ("Kestrel Holding does not own any part of Portham Gate.", "en", "owns", "denied"),
        ("Kestrel Holding will sell its share to Orlo Cranes next year.", "en", "sale", "planned"),
        ("Orlo Cranes has reportedly sold its share to Kestrel Holding.", "en", "sale", "alleged"),
        ("Orlo Cranes is registered in Norway.", "en", "registered_in", "asserted"),
        ("The Port Authority is examining Orlo Cranes.", "en", "examines", "asserted"),
        ("Orlo Cranes declined to comment.", "en", "no_comment", "asserted"),
        ("The police found no indication of misuse at Orlo Cranes.", "en", "no_indication", "asserted"),
        ("Kestrel détient 30 % du capital de Portham.", "fr", "owns", "asserted"),
        ("Kestrel aurait vendu sa part à Orlo.", "fr", "sale", "alleged"),
        ("Orlo n'a pas répondu à nos questions.", "fr", "no_comment", "asserted"),
        ("Orlo is in Noorwegen ingeschreven.", "nl", "registered_in", "asserted"),
        ("Kestrel zal zijn aandeel verkopen aan Orlo.", "nl", "sale", "planned"),
        ("De Havendienst heeft geen onderzoek naar Orlo geopend.", "nl", "examines", "denied"),
        ("Orlo betreibt den Hafen von Portham.", "de", "operates", "asserted"),
        ("Kestrel will seinen Anteil an Orlo verkaufen.", "de", "sale", "planned"),
        ("Orlo ließ Fragen unbeantwortet.", "de", "no_comment", "asserted"),
    ],
)
def test_a_relation_is_found_with_how_it_is_put(body: str, lang: str, relation: str, stance: str) -> None:
    """In each of the four languages."""
    assert _one(body, relation, lang).stance == stance


@pytest.mark.parametrize(
    ("body", "lang", "chain"),
    [
        ("Orlo is registered in Norway.", "en", ()),
        ("Orlo is registered in Norway, the Port Ministry said.", "en", ("Port Ministry",)),
        ("According to Kestrel Holding, Orlo is registered in Norway.", "en", ("Kestrel Holding",)),
        ("Selon Kestrel, Orlo est immatriculée en Norvège.", "fr", ("Kestrel",)),
        ("Volgens Kestrel is Orlo in Noorwegen ingeschreven.", "nl", ("Kestrel",)),
        ("Laut Kestrel ist Orlo in Norwegen eingetragen.", "de", ("Kestrel",)),
    ],
)
def test_the_chain_names_who_says_it(body: str, lang: str, chain: tuple[str, ...]) -> None:
    """Empty where the text speaks for itself."""
    assert _one(body, "registered_in", lang).attribution == chain


def test_a_sentence_that_only_denies_denies_what_was_said_before() -> None:
    """Both stand: the claim, and its denial by another."""
    claimed, denied = _read("The Gazette claimed that Orlo had sent lists to Kestrel. Orlo denied it.").claims
    assert (claimed.stance, denied.stance) == ("alleged", "denied")
    assert (denied.relation, denied.attribution, denied.quote) == (claimed.relation, ("Orlo",), "Orlo denied it.")


def test_lines_that_are_no_body_yield_no_claim() -> None:
    """A teaser may say anything."""
    text = "Read also: Orlo Cranes sold to Kestrel Holding\nSource: Kestrel, registered in Norway\n"
    body = "The quay was quiet, and the gulls sat on the cranes in the sun all day.\n"
    assert _read(body * 2 + text).claims == ()


def test_a_question_claims_nothing() -> None:
    """Whether it is so is asked."""
    assert _read("Has Orlo sold the terminal to Kestrel?").claims == ()


def test_a_language_without_rules_says_so() -> None:
    """No claims, with the reason; lines all the same."""
    found = extract(Text("a", "Гавань подписала договор.\n", "ru"))
    assert found.claims == ()
    assert "ru" in (found.left_out or "")
    assert len(found.lines) == 1


def test_the_same_text_gives_the_same_ids() -> None:
    """A second run proposes nothing new; another document is another claim."""
    body = "Orlo is registered in Norway. Kestrel owns 30 percent of Orlo."
    first, second = _read(body), _read(body)
    assert [c.id for c in first.claims] == [c.id for c in second.claims]
    other = extract(Text("b", HEAD + body, "en"))
    assert not {c.id for c in first.claims} & {c.id for c in other.claims}


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "nl", "de", None]))
def test_whatever_is_proposed_stands_at_its_span(text: str, lang: str | None) -> None:
    """For any text."""
    assert all(stands(c, text) for c in extract(Text("a", text, lang)).claims)


@given(st.text(alphabet="ab .!?,;“”\n", max_size=120))
def test_sentences_and_clauses_cover_a_line(text: str) -> None:
    """Nothing between them but blanks."""
    for start, end in ((m, m + len(x)) for m, x in _spans(text)):
        line = Line(start, end, LineKind.BODY)
        found = sentences(Text("a", text), line)
        assert "".join(text[a:b] for a, b in found).split() == text[start:end].split() or len(found) > 1
        for sentence in found:
            parts = clauses(text, sentence)
            assert "".join("".join(text[a:b] for a, b in parts).split()) == "".join(text[slice(*sentence)].split())


def _spans(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found


@pytest.mark.parametrize(
    ("sentence", "predicate", "stance"),
    [
        ("They sold the port.", "sold", "asserted"),
        ("They did not sell the port.", "sell", "denied"),
        ("They will sell the port.", "sell", "planned"),
        ("They may sell the port.", "sell", "alleged"),
        ("If they sell the port, we leave.", "sell", None),
        ("Did they sell the port?", "sell", None),
        ("Please sell the port.", "sell", None),
    ],
)
def test_a_predicate_is_put_as_its_clause_puts_it(sentence: str, predicate: str, stance: str | None) -> None:
    """Negation, future, possibility, condition, question, order."""
    at = sentence.index(predicate)
    assert stance_of(sentence, (0, len(sentence)), (at, at + len(predicate)), "en").stance == stance


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The port has signed a contract with the firm, and it begins in the spring.", "en"),
        ("Le port a signé un contrat avec la société, et il commence dans les mois qui viennent.", "fr"),
        ("De haven heeft een contract met het bedrijf getekend, en dat begint in het voorjaar.", "nl"),
        ("Der Hafen hat mit der Firma einen Vertrag geschlossen, und der beginnt in dem Frühjahr.", "de"),
        ("Порт подписал договор с фирмой, и он начинается весной этого года.", None),
        ("Orlo", None),
    ],
)
def test_the_language_is_told_or_not(text: str, lang: str | None) -> None:
    """Never guessed from too little."""
    assert language(text) == lang


def test_the_verb_prints_documents_as_json_and_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    """One document a line; a file that is no text is named with its line, and the exit code says so."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(f"{HEAD}Orlo Cranes is registered in Norway, and the port has said so to the court.\n", "utf-8")
    bad.write_bytes(b"first\n\xff\xfe\n")
    done = CliRunner().invoke(main, ["extract", str(bad), str(tmp_path / "none.txt"), str(good), "--json"])
    assert done.exit_code == 2
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"document"')]
    assert [t["document"] for t in told] == ["good.txt"]
    (document,) = told
    assert {"document", "text", "lines", "claims"} <= set(document)
    (claim,) = document["claims"]
    assert document["text"][claim["start"] : claim["end"]] == claim["quote"]
    assert {"id", "stance", "attribution", "relation", "subject", "object", "dates", "version"} <= set(claim)
    assert "bad.txt:2" in done.output


def test_the_verb_reads_to_people_too(tmp_path: Path) -> None:
    """The claim with its words, and a wrong date said in a sentence."""
    good = tmp_path / "good.txt"
    good.write_text(f"{HEAD}Orlo Cranes is registered in Norway, and the port has said so to the court.\n", "utf-8")
    done = CliRunner().invoke(main, ["extract", str(good)])
    assert done.exit_code == 0
    assert "registered in" in done.output
    wrong = CliRunner().invoke(main, ["extract", str(good), "--published", "yesterday"])
    assert wrong.exit_code == 2
    assert "2023-10-05" in wrong.output
