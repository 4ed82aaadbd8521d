"""Origin groups: what joins texts, what does not, and what a member is."""

from __future__ import annotations

import dataclasses
import random
import unicodedata

import pytest
from echo_texts import AGENCY, ALL, CUT, EXTENDED, OTHER, REMARK, REWORDED, TRANSLATED
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.echo import Ground, Index, Reach, Role, contained, groups, joins, resemblance
from longarm.model.claims import Line, LineKind, Text


def test_copies_of_every_kind_are_one_origin_with_their_roles() -> None:
    """Cut, extended, translated and reworded copies go back to the agency; another story of it does not."""
    first, *rest = groups(ALL)
    assert first.original == "agency"
    assert {m.document: m.role for m in first.members} == {
        "agency": Role.ORIGINAL,
        "cut": Role.VERBATIM_CUT,
        "extended": Role.EXTENDED,
        "translated": Role.TRANSLATED,
        "reworded": Role.REWORDED,
    }
    assert [g.documents for g in rest] == [("other",), ("remark",)]
    assert first.sentence() == "5 articles, 1 origin"


def test_each_join_says_what_was_shared_and_which_credit() -> None:
    """A join without shared words rests on a credit and on names and numbers, and says both."""
    (member,) = (m for m in groups(ALL)[0].members if m.document == "translated")
    assert member.join is not None
    assert member.join.ground is Ground.CREDIT
    assert member.join.credit is not None
    assert member.join.credit.reach is Reach.WHOLE
    assert "Avec Hillside" in member.join.why()
    assert "Tarvos" in member.join.why()


def test_a_publisher_quoted_for_one_remark_makes_no_echo() -> None:
    """Two texts share a publisher's name and nothing else."""
    assert len(groups((AGENCY, REMARK))) == 2


def test_a_credit_without_a_shared_fact_joins_nothing() -> None:
    """An agency sends hundreds of stories a day; its name alone does not say which."""
    text = dataclasses.replace(OTHER, document="x", publisher="Oakmere Packet", text=OTHER.text + "\nSource: Hillside")
    assert len(groups((AGENCY, text))) == 2


def test_what_an_extended_copy_adds_is_its_own() -> None:
    """New facts in a copy stay claims of their own: their span is not covered by the origin."""
    (member,) = (m for m in groups((AGENCY, EXTENDED))[0].members if m.document == "extended")
    own = [EXTENDED.text[s:e] for s, e in member.own_spans]
    assert len(own) == 1
    assert own[0].startswith("The mayor, Bede Larch")
    assert own[0].endswith("answers the phone")


def test_a_shared_quotation_is_no_copy() -> None:
    """Two papers that print one long sentence of a minister have each heard him."""
    said = "“We shall not sell one more share of this mill until every record of the last ten years has been read”"
    one = Text("one", f"Anger in Oakmere over plans for the mill by the river\n{said}, said the minister.", "en")
    two = Text("two", f"Minister speaks out as the town council meets at night\nHe told us: {said}.", "en")
    assert len(groups((one, two))) == 2


def test_a_standing_formula_of_a_publisher_is_no_copy() -> None:
    """What a firm prints under each of its releases does not make them one story."""
    foot = (
        "About Tarvos Foods: founded in 1931 by two brothers, the firm grinds wheat, rye and oats in eleven mills and "
        "sells its flour to bakers in nine countries. It answers enquiries at its seat on weekdays before noon."
    )
    stories = """
New silo opened at the river bank with a party for the whole town. The mayor cut the ribbon and a band of forty \
played until dark. The first lorry of barley came up the hill at noon with flags and a paper crown. Anna thanked us.
Head of sales leaves after a quarrel over the price of oats. Otto Wend had been with us since he left school. He goes \
to a maker of biscuits in the south. Until a successor is found the board will see to shops, beginning with Lindau fair.
We lend four lorries to the fire brigade of the northern valley. The water stands a metre high in the lanes and no \
bridge is open. Drivers who volunteer are paid as on any day, said Pia Holm, and nobody needs to ask before leaving.
Strike ends and bakers get flour again from Monday. The union and the board agreed at three in the morning on shorter \
nights, one free Sunday each month and a fund for knees and backs. Both sides slept badly and both say they won.
""".strip().split("\n")
    texts = [Text(s[:9], f"{s}\n{foot}", "en", f"2025-0{i}-01", "Tarvos Foods") for i, s in enumerate(stories, 1)]
    quoting = Text(
        "q",
        f"Firms older than our bridge. {'Our walk goes on to the next door. ' * 5}\n{foot}",
        "en",
        None,
        "Valley Post",
    )
    assert len(groups([*texts, quoting])) == 5


def test_a_digest_of_two_stories_does_not_make_them_one() -> None:
    """Joins are to one text each: a bridge carries nobody across."""
    digest = Text("digest", AGENCY.text + OTHER.text, "en", "2025-03-08", "Morning Digest")
    found = groups((AGENCY, OTHER, digest))
    assert sorted(len(g.members) for g in found) == [1, 2]


def test_a_likeness_of_facts_alone_is_weak_and_says_so() -> None:
    """Without a credit, names and numbers in one order join weakly; two reporters at one meeting look the same."""
    silent = dataclasses.replace(TRANSLATED, document="silent", text=TRANSLATED.text.replace("Avec Hillside\n", ""))
    (group,) = groups((AGENCY, silent))
    member = group.members[1]
    assert member.join is not None
    assert member.join.is_weak
    assert member.is_through_weak


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_nothing(order: random.Random) -> None:
    """Groups are a set of facts about texts, not about how they came in."""
    mixed = list(ALL)
    order.shuffle(mixed)
    assert groups(mixed) == groups(ALL)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_unicode_forms_of_one_text_are_one_text(form: str) -> None:
    """Composed or not, with soft hyphens or other dashes and apostrophes: the words are the same."""
    text = "L’État d’Halvie a vendu ﬁnalement sa première société à l'hôtelier Øyvind Ærø, près de Žďár nad Sázavou."
    other = unicodedata.normalize(form, text).replace("société", "soci\u00adété").replace("'", "’")
    assert contained(text, other) == 1.0
    assert contained(other, text) == 1.0


@given(st.lists(st.sampled_from("abcdefgh"), min_size=3, max_size=40), st.integers(0, 20), st.integers(3, 20))
def test_a_cut_is_contained_whole(words: list[str], start: int, length: int) -> None:
    """Containment finds what was cut out of a text, where resemblance sinks with its length."""
    text, cut = " ".join(words), " ".join(words[start : start + length])
    if len(cut.split()) >= 3:
        assert contained(cut, text) == 1.0
    assert 0.0 <= resemblance(cut, text) <= min(contained(cut, text), 1.0)


def test_an_index_grows_text_by_text_and_names_candidates() -> None:
    """A feed is compared as it comes in: nothing is read again."""
    index = Index()
    for text in (AGENCY, OTHER, REMARK):
        index.add(text)
    assert index.candidates(CUT)[0] == "agency"
    assert [j.origin for j in joins(index, REWORDED)] == ["agency"]
    index.add(CUT)
    index.add(CUT)
    assert len(index) == 4


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6))
def test_any_texts_give_groups_in_which_each_is_once(texts: list[str]) -> None:
    """Nothing is lost and nothing is there twice, whatever is in the texts; own spans lie inside them."""
    given_texts = [Text(str(i), t) for i, t in enumerate(texts)]
    found = [m for g in groups(given_texts) for m in g.members]
    assert sorted(m.document for m in found) == sorted(t.document for t in given_texts)
    for member in found:
        size = len(texts[int(member.document)])
        assert all(0 <= s < e <= size for s, e in member.own_spans)


def test_two_texts_that_credit_an_absent_report_are_one_origin() -> None:
    """The agency's own text is not on file, or its initials do not show in its name: both papers sign `(ZZQ)`."""
    body = AGENCY.text.replace("(Hillside)", "(ZZQ)")
    first = dataclasses.replace(AGENCY, text=body, publisher="Valley Post")
    other = dataclasses.replace(REWORDED, text=REWORDED.text.replace("Source: Hillside", "ZZQ"))
    (group,) = groups((first, other))
    assert group.members[1].join is not None
    assert group.members[1].join.ground is Ground.COMMON_CREDIT
    (without,) = groups((first, dataclasses.replace(REWORDED, text=other.text.removesuffix("ZZQ"))))
    assert without.members[1].is_through_weak


def test_teasers_that_two_pages_share_join_nothing() -> None:
    """What a page puts beside its article is neither its words nor its credit."""
    teaser = " ".join(f"The harbour of the {n} islands opens its {n * 3} new berths in spring." for n in range(9))
    source = "Source: Hillside Press"

    def page(document: str, body: str, kind: LineKind) -> Text:
        rows = [(body, LineKind.BODY), (teaser, kind), (source, kind)]
        lines, at = [], 0
        for words, of in rows:
            lines.append(Line(at, at + len(words), of))
            at += len(words) + 1
        return Text(document, "\n".join(words for words, _ in rows), "en", "2026-03-02", lines=tuple(lines))

    def joined(kind: LineKind) -> int:
        return len(groups([page("a", AGENCY.text, kind), page("b", OTHER.text, kind)]))

    assert joined(LineKind.TEASER) == 2
    assert joined(LineKind.BODY) == 1
