"""Measure claims against labelled articles: a plain rule baseline and ours in one run.

    python scripts/bench_claims.py [DATA] [--part dev|held|all|seen|unseen] [--show missed|wrong|stance|chain|ends]

DATA is the folder of the data (default ../shared/data); articles stand in DATA/articles as its README describes.
A claim counts as found where a proposal of the same relation overlaps it by at least half (intersection over
union), one to one. A proposal that matches nothing is wrong, but in a headline that bears
itself out, or in an arguable span, it counts neither way. Names are compared after folding. `held` is the
third of the articles that no rule was tuned on. `seen` and `unseen` are the articles by other hands that stand beside
the tests: errors may be looked at in the first, of the second only totals are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from longarm.extract import assemble, baseline
from longarm.model.claims import Claim, Text

HELD = frozenset(
    (
        "027-nl", "011-en", "028-nl", "034-de", "014-en", "035-de", "006-en", "012-en", "017-en", "022-fr", "025-fr",
        "031-nl", "038-de",
    )
)  # fmt: skip
"""Two whole echo groups and seven single articles: copies of one story never stand on both sides."""
OTHERS = Path(__file__).parent.parent / "tests" / "extract" / "articles"
SEEN = frozenset(
    (
        "101-en", "102-en", "103-en", "104-en", "109-en", "111-fr", "112-fr", "121-nl", "122-nl", "131-de", "132-de",
    )
)  # fmt: skip
ARTICLES = frozenset(
    (
        "the", "a", "an", "le", "la", "les", "l", "un", "une", "der", "die", "das", "den", "dem", "des", "ein", "eine",
        "de", "het", "een", "du", "of", "von", "van",
    )
)  # fmt: skip


class Pair(NamedTuple):
    gold: dict[str, Any]
    ours: Claim


def folded(name: str | None) -> tuple[str, ...]:
    """Fold a name: no case, no accents, no articles, no punctuation."""
    plain = unicodedata.normalize("NFKD", name or "").casefold()
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return tuple(word for word in letters.split() if word not in ARTICLES)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared else 0.0


def matched(golds: list[dict[str, Any]], ours: Iterable[Claim]) -> list[Pair]:
    """Pair claims one to one, best overlap first, among those of one relation; equal stances before others."""
    scored = [
        (iou, gold["stance"] == claim.stance, g, c, gold, claim)
        for g, gold in enumerate(golds)
        for c, claim in enumerate(ours)
        if gold["relation"] == claim.relation
        and (iou := overlap((gold["start"], gold["end"]), (claim.start, claim.end))) >= 0.5
    ]
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_ours: set[int] = set()
    for _, _, g, c, gold, claim in sorted(scored, key=lambda item: (-item[1], -item[0], item[2], item[3])):
        if g not in used_gold and c not in used_ours:
            used_gold.add(g)
            used_ours.add(c)
            pairs.append(Pair(gold, claim))
    return pairs


def ignored(article: dict[str, Any], claim: Claim) -> bool:
    """Say whether an unmatched proposal counts neither way."""
    headline = article.get("headline")
    spans = [] if not headline or headline["overclaims"] else [headline]
    spans += [span for span in article["non_claims"] if span["kind"] == "arguable"]
    return any(overlap((s["start"], s["end"]), (claim.start, claim.end)) > 0 for s in spans)


def measure(articles: list[tuple[dict[str, Any], Text]], read: Callable[[Text], Any], show: str | None) -> None:
    """Read all articles and print the table."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article, text in articles:
        proposed = list(read(text).claims)
        pairs = matched(article["claims"], proposed)
        paired = {id(pair.ours) for pair in pairs}
        hit = {pair.gold["id"] for pair in pairs}
        wrong = [claim for claim in proposed if id(claim) not in paired and not ignored(article, claim)]
        for key in (article["lang"], "all"):
            tally(counts[key], article, pairs, wrong, proposed)
        if show:
            report(show, article, pairs, wrong, hit)
    for lang in sorted(counts, key=lambda name: (name == "all", name)):
        print("  " + line(lang, counts[lang]))


def tally(
    count: Counter[str], article: dict[str, Any], pairs: list[Pair], wrong: list[Claim], proposed: list[Claim]
) -> None:
    count["gold"] += len(article["claims"])
    count["found"] += len(pairs)
    count["wrong"] += len(wrong)
    noise = article["noise"]
    count["in noise"] += sum(any(overlap((s["start"], s["end"]), (c.start, c.end)) for s in noise) for c in proposed)
    by_gold = {pair.gold["id"]: pair.ours for pair in pairs}
    for gold in article["claims"]:
        group = (
            "asserted" if gold["stance"] == "asserted" else "gone" if gold["stance"] in ("denied", "planned") else ""
        )
        if group:
            count[group] += 1
            claim = by_gold.get(gold["id"])
            if claim is not None and claim.stance == "asserted":
                count[group + " as asserted"] += 1
    for gold, ours in pairs:
        count["stance"] += gold["stance"] == ours.stance
        count["chain"] += [folded(n) for n in gold["attribution"]] == [folded(n) for n in ours.attribution]
        count["subject"] += (not gold["subject"] and not ours.subject) or folded(gold["subject"]) in [
            folded(n) for n in ours.subject
        ]
        count["object"] += {folded(n) for n in gold["object"][:1]} <= {folded(n) for n in ours.object}


def line(lang: str, c: Counter[str]) -> str:
    def part(above: float, below: float) -> str:
        return f"{above / below:.3f}" if below else "  –  "

    recall, precision = c["found"] / max(1, c["gold"]), c["found"] / max(1, c["found"] + c["wrong"])
    f1 = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return (
        f"{lang:4} gold {c['gold']:4} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        f" | stance {part(c['stance'], c['found'])} chain {part(c['chain'], c['found'])}"
        f" subject {part(c['subject'], c['found'])} object {part(c['object'], c['found'])}"
        f" | denied/planned as asserted {c['gone as asserted']}/{c['gone']}"
        f" | asserted found as such {part(c['asserted as asserted'], c['asserted'])} | in noise {c['in noise']}"
    )


def report(show: str, article: dict[str, Any], pairs: list[Pair], wrong: list[Claim], hit: set[str]) -> None:
    """Print the cases of one kind, to learn from."""
    name = article["document"]
    if show == "missed":
        for gold in article["claims"]:
            if gold["id"] not in hit:
                print(f"{name} - {gold['relation']} [{gold['stance']}] {gold['quote']}")
    if show == "wrong":
        for claim in wrong:
            print(f"{name} + {claim.relation} [{claim.stance}] {claim.quote}")
    for gold, ours in pairs:
        if show == "stance" and gold["stance"] != ours.stance:
            print(
                f"{name} {gold['relation']} gold {gold['stance']} ours {ours.stance}: {gold['quote']} || {ours.quote}"
            )
        if show == "ends":
            print(f"{name} {gold['subject']} | {gold['object']} ours {ours.subject} | {ours.object}: {ours.quote}")
        if show == "chain" and [folded(n) for n in gold["attribution"]] != [folded(n) for n in ours.attribution]:
            print(f"{name} {gold['attribution']} ours {list(ours.attribution)}: {gold['quote']}")


def loaded(folder: Path, part: str) -> list[tuple[dict[str, Any], Text]]:
    out = []
    is_others = part in ("seen", "unseen")
    if is_others:
        folder = OTHERS
    golds = [raw for file in sorted(folder.glob("gold*.jsonl")) for raw in file.read_text("utf-8").splitlines()]
    for raw in golds:
        article = json.loads(raw)
        apart = Path(article["document"]).stem in (SEEN if is_others else HELD)
        if part == "all" or (part in ("held", "seen")) == apart:
            body = (folder / article["document"]).read_text(encoding="utf-8")
            out.append(
                (article, Text(article["document"], body, article["lang"], article["published"], article["publisher"]))
            )
    return out


def original(folder: Path, show: str | None) -> None:
    """Measure the original article, whose labels have a form of their own."""
    gold = json.loads((folder / "gold_claims.json").read_text(encoding="utf-8"))
    text = Text("article.txt", (folder / "article.txt").read_text(encoding="utf-8"), "en", "2023-10-06")
    claims = []
    for claim in gold["claims"]:
        said = claim["claim"]
        objects = said.get("object") or said.get("site") or []
        claims.append(
            {
                **{key: claim[key] for key in ("id", "quote", "start", "end", "stance", "attribution")},
                "relation": "operates" if said["relation"] == "operates_site" else said["relation"],
                "subject": said["subject"],
                "object": [objects] if isinstance(objects, str) else objects,
            }
        )
    article = {"document": "article.txt", "lang": "en", "noise": gold["noise"], "non_claims": [], "claims": claims}
    print("the original article")
    measure([(article, text)], assemble.claims, show)


def main() -> int:
    """Run the benchmark; 0 also where the data is missing, with a message."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default="../shared/data", type=Path)
    parser.add_argument("--part", choices=("dev", "held", "all", "seen", "unseen"))
    parser.add_argument("--show", choices=("missed", "wrong", "stance", "chain", "ends"))
    options = parser.parse_args()
    if options.show and options.part in ("held", "unseen", "all"):
        parser.error("errors are looked at in dev and seen only: the others would stop being unread")
    folder = options.data / "articles" if (options.data / "articles").is_dir() else options.data
    if not (folder / "gold.jsonl").is_file():
        print(f"claims: skipped, no labelled articles in {folder} (give the folder: make bench-extract DATA=…)")
        return 0
    for part in (options.part,) if options.part else ("dev", "held", "all", "seen", "unseen"):
        articles = loaded(folder, part)
        print(f"{part}: {len(articles)} articles")
        if not options.show:
            print(" baseline (reporting verbs, percentages, a gazetteer)")
            measure(articles, baseline.claims, None)
        print(" ours")
        measure(articles, assemble.claims, options.show)
        began = time.process_time()
        for _, text in articles:
            assemble.claims(text)
        print(f" {len(articles) / (time.process_time() - began):.1f} articles/s on one core")
    liege = options.data / "liege"
    if (liege / "gold_claims.json").is_file():
        original(liege, options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
