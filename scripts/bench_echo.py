"""Measure origin groups: labelled articles, and copies made from them and from real pages.

    python scripts/bench_echo.py ../shared/data [--articles 20000]

Prints B-cubed precision, recall and F1 (Bagga and Baldwin 1998), false pairs in 10,000 pairs of texts of different
origin, recall of pairs by kind of copy, and speed; Jaccard and containment of 3-word shingles are measured on the same
texts, each joined transitively above the threshold that serves it best here (which favours them). The copies are
made by fixed rules without chance. Copies called translated map every word that is no name and no number to a made-up
word of another language: this keeps names and figures in their order and form, so it does not measure what real
translators do with them (reordered clauses, translated names, numbers in words); the labelled articles do, in four
cases. It reads nothing but the folder, and says so where something is missing.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import Any

from longarm.echo import Index, groups, joins
from longarm.echo.shingles import hashes, numbers
from longarm.echo.words import words
from longarm.model.claims import Text

_SYLLABLES = [
    "ba",
    "ke",
    "ti",
    "lo",
    "mu",
    "ra",
    "se",
    "ni",
    "do",
    "pu",
    "va",
    "ge",
    "ri",
    "so",
    "lu",
    "ma",
    "fe",
    "bi",
    "no",
    "tu",
]
_SWAPS = (
    ("said", "told"),
    ("will", "shall"),
    ("the", "that"),
    ("und", "sowie"),
    ("la", "cette"),
    ("de", "die"),
    ("a", "one"),
)
_PAPERS = ("Morning Leaf", "The Upland Voice", "Quay Side", "Le Matin du Val", "Abendpost", "Het Dagblad")
_OWN = (
    "Readers of this paper have asked who pays for all of this, and when. Our own calls to three offices went "
    "unanswered until late at night. A neighbour, who has kept bees behind the fence for thirty years, shrugged "
    "and poured tea. "
    "Next week the matter is on the agenda of the parish, between the skating rink and the new bins. "
)
_TRUNCATED = "…"


@dataclass(frozen=True)
class Labelled:
    """A text, the origin it goes back to, and the kind of copy it is."""

    text: Text
    origin: str
    kind: str


def labelled(folder: Path) -> list[Labelled]:
    """Read the labelled articles; an article without a group is an origin of its own."""
    found = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = (folder / row["document"]).read_text(encoding="utf-8")
        made = Text(row["document"], text, row["lang"], row["published"], row["publisher"])
        found.append(Labelled(made, row["origin_group"] or row["document"], row["origin_role"] or "alone"))
    return found


def pages(folder: Path) -> list[Labelled]:
    """Read the real pages of the extraction benchmark: each a story of its own, without date or publisher."""
    file = folder / "ground-truth.json"
    if not file.is_file():
        return []
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [
        Labelled(Text(key, row["articleBody"], None, None, None, None, row.get("url")), key, "alone")
        for key, row in sorted(rows.items())
    ]


def _uncredited(given: Labelled, row: dict[str, Any]) -> Labelled:
    """Blank the labelled credits out: what is left must be found by text, names and numbers."""
    text = given.text.text
    for credit in row["credits"]:
        start, end = credit["start"], credit["end"]
        text = text[:start] + " " * (end - start) + text[end:]
    return replace(given, text=replace(given.text, text=text))


def copies(source: Labelled, number: int) -> list[Labelled]:
    """Make one copy of each kind of a text, by another publisher, a day later."""
    text = source.text
    paper = _PAPERS[number % len(_PAPERS)]
    lines = [line for line in text.text.split("\n") if line.strip()]
    body = lines[1:] or lines
    tokens = text.text.split()
    credit = text.publisher or "Hillside"
    head = f"In brief, number {number}"
    third = " ".join(tokens[: max(40, len(tokens) // 3)]) + _TRUNCATED
    own = _OWN * max(1, len(tokens) // 140)
    bodies = {
        "cut": f"{head}\n{third}",
        "cut inside": f"{head}\n" + " ".join(tokens[len(tokens) // 2 : len(tokens) // 2 + max(50, len(tokens) // 4)]),
        "extended": text.text + "\n" + own,
        "reworded a little": f"{head}\n" + " ".join(_reworded(body)),
        "reworded with credit": f"{head}\n" + "\n".join(_retold(body)) + f"\nSource: {credit}",
        "translated with credit": f"{head}\n" + "\n".join(_translated(body)) + f"\n({credit})",
        "translated, no credit": "\n".join(_translated(body)),
        "credit only": f"{head}\n" + _brief(body) + f"\nSource: {credit}",
    }
    found = []
    for kind, made in bodies.items():
        lang = "xx" if "translated" in kind else text.lang
        document = f"{text.document}#{kind}"
        published = _next_day(text.published)
        found.append(Labelled(Text(document, made, lang, published, f"{paper} {number} {kind}"), source.origin, kind))
    return found


def _next_day(day: str | None) -> str | None:
    import datetime as dt

    return None if day is None else (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


def _reworded(lines: Iterable[str]) -> list[str]:
    """Swap common words, and put another in the place of every seventh that is no name."""
    swaps = dict(_SWAPS)
    said = [w for line in lines for w in line.split()]
    return [_foreign(w) if i % 7 == 6 and w.islower() else swaps.get(w, w) for i, w in enumerate(said)]


def _retold(lines: Sequence[str]) -> list[str]:
    """Turn sentences about and leave every third out: names and numbers stay, few runs of words do."""
    sentences = [s for line in lines for s in line.replace("! ", ". ").replace("? ", ". ").split(". ") if s.strip()]
    kept = [s for i, s in enumerate(sentences) if i % 3 != 2]
    turned = []
    for sentence in kept:
        said = sentence.split()
        half = len(said) // 2
        parts = said[half:] + said[:half]
        turned.append(" ".join(_foreign(w) if w.islower() and i % 2 else w for i, w in enumerate(parts)) + ".")
    return [" ".join(turned)]


def _translated(lines: Iterable[str]) -> list[str]:
    return [" ".join(w if not w[:1].islower() else _foreign(w) for w in line.split()) for line in lines]


def _brief(lines: Sequence[str]) -> str:
    """Give one sentence that names what the first two sentences name, and nothing more."""
    first = " ".join(" ".join(lines).split()[:60])
    named = [w.written for w in words(first) if w.written[:1].isupper() or w.written[:1].isdigit()]
    return "There is news of " + ", ".join(dict.fromkeys(named)) + ", and more will follow."


def _foreign(word: str) -> str:
    """Give the made-up word for a word, always the same, with the signs around it."""
    core = word.strip(".,;:!?()\"'“”„«»")
    if not core:
        return word
    digest = blake2b(core.encode(), digest_size=4).digest()
    made = "".join(_SYLLABLES[b % len(_SYLLABLES)] for b in digest[: 1 + len(core) // 3])
    return word.replace(core, made)


def scores(truth: dict[str, str], found: dict[str, str]) -> tuple[float, float, float, float]:
    """Give B-cubed precision, recall, F1, and false pairs per 10,000 pairs of different origin."""
    clusters: dict[str, list[str]] = {}
    classes: dict[str, list[str]] = {}
    both: dict[tuple[str, str], int] = {}
    for document in truth:
        clusters.setdefault(found[document], []).append(document)
        classes.setdefault(truth[document], []).append(document)
        pair = (found[document], truth[document])
        both[pair] = both.get(pair, 0) + 1
    total = len(truth)
    precision = sum(both[found[d], truth[d]] / len(clusters[found[d]]) for d in truth) / total
    recall = sum(both[found[d], truth[d]] / len(classes[truth[d]]) for d in truth) / total
    joined = sum(len(c) * (len(c) - 1) // 2 for c in clusters.values())
    right = sum(n * (n - 1) // 2 for n in both.values())
    apart = total * (total - 1) // 2 - sum(len(c) * (len(c) - 1) // 2 for c in classes.values())
    return precision, recall, 2 * precision * recall / (precision + recall), 10_000 * (joined - right) / max(1, apart)


def ours(texts: Sequence[Text]) -> dict[str, str]:
    """Give the group of each document."""
    return {m.document: group.original for group in groups(texts) for m in group.members}


def baseline(texts: Sequence[Text], truth: dict[str, str], measure: Callable[[int, int, int], float]) -> dict[str, str]:
    """Join every pair above the best of ten thresholds; the measure takes both sizes and what both have."""
    sets = [set(hashes(numbers([w.folded for w in words(t.text)])).tolist()) for t in texts]
    pairs = []
    for i, j in combinations(range(len(texts)), 2):
        if both := len(sets[i] & sets[j]):
            pairs.append((measure(len(sets[i]), len(sets[j]), both), i, j))
    best: dict[str, str] = {}
    for threshold in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9):
        root = list(range(len(texts)))
        for value, i, j in pairs:
            if value >= threshold:
                root[_top(root, i)] = _top(root, j)
        found = {t.document: str(_top(root, i)) for i, t in enumerate(texts)}
        if not best or scores(truth, found)[2] > scores(truth, best)[2]:
            best = found
    return best


def _top(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i


def report(name: str, given: Sequence[Labelled], with_baselines: bool = True) -> dict[str, object]:
    """Measure one collection, print it, and give what was printed."""
    texts = [g.text for g in given]
    truth = {g.text.document: g.origin for g in given}
    started = time.perf_counter()
    found = ours(texts)
    seconds = time.perf_counter() - started
    rows = [("origin groups", found)]
    if with_baselines:
        rows.append(("Jaccard, 3 words", baseline(texts, truth, lambda a, b, both: both / (a + b - both))))
        rows.append(("containment, 3 words", baseline(texts, truth, lambda a, b, both: both / min(a, b))))
    print(f"\n{name}: {len(texts)} texts, {len(set(truth.values()))} origins; {len(texts) / seconds:.0f} texts/s")
    print(f"  {'':<24}{'B3 P':>8}{'B3 R':>8}{'B3 F1':>8}{'false / 10,000':>16}")
    answer: dict[str, object] = {"texts": len(texts)}
    for label, clusters in rows:
        precision, recall, f1, false = scores(truth, clusters)
        print(f"  {label:<24}{precision:>8.3f}{recall:>8.3f}{f1:>8.3f}{false:>16.2f}")
        answer[label] = {"precision": precision, "recall": recall, "f1": f1, "false_per_10000": false}
    kinds = sorted({g.kind for g in given} - {"alone", "original"})
    for kind in kinds:
        line = []
        for label, clusters in rows:
            hit, of = _with_its_origin(given, clusters, kind)
            line.append(f"{label} {hit}/{of}")
        print(f"    {kind:<34}{'   '.join(line)}")
    return answer


def _with_its_origin(given: Sequence[Labelled], found: dict[str, str], kind: str) -> tuple[int, int]:
    """Count copies of a kind that stand in one group with the original of their origin."""
    originals = {g.origin: g.text.document for g in given if g.kind in ("original", "alone")}
    asked = [g for g in given if g.kind == kind and g.origin in originals]
    return sum(found[g.text.document] == found[originals[g.origin]] for g in asked), len(asked)


def scale(sources: Sequence[Labelled], count: int) -> None:
    """Index and ask `count` texts: pages cut and mixed anew, so that the words are real ones."""
    pool = [s for g in sources for s in g.text.text.replace("\n", " ").split(". ") if len(s.split()) > 6]
    index = Index()
    started = time.perf_counter()
    for i in range(count):
        chosen = [pool[(i * 7919 + k * (104729 + i)) % len(pool)] for k in range(14)]
        named = f"Case {i} {_foreign(str(i)).title()} {i * 37 % 9973}. "
        day = f"20{10 + i % 15}-{1 + i % 12:02d}-{1 + i % 28:02d}"
        index.add(Text(f"s{i}", named + ". ".join(chosen), "en", day, f"Paper {i % 400}"))
    added = time.perf_counter() - started
    started = time.perf_counter()
    asked = min(500, len(sources))
    for g in sources[:asked]:
        joins(index, replace(g.text, document="asked"))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nscale: {count} texts added at {count / added:.0f}/s; {asked / seconds:.0f} asked/s; peak {peak:.0f} MiB")


def main() -> int:
    """Run what the folder allows."""
    parser = argparse.ArgumentParser(description="measure origin groups")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"), help="folder with articles/")
    parser.add_argument("--articles", type=int, default=0, help="also add so many made-up texts and measure memory")
    given = parser.parse_args()
    articles = given.data / "articles"
    if not (articles / "gold.jsonl").is_file():
        print(f"skipped: {articles / 'gold.jsonl'} is not there; give the folder with the labelled articles")
        return 0
    gold = labelled(articles)
    rows = {r["document"]: r for r in map(json.loads, (articles / "gold.jsonl").read_text("utf-8").splitlines())}
    report("labelled articles", gold)
    one_day = [replace(g, text=replace(g.text, published="2025-03-06")) for g in gold]
    report("labelled articles, all dated one day (harder negatives)", one_day, with_baselines=False)
    report("labelled articles without their credits", [_uncredited(g, rows[g.text.document]) for g in gold], False)
    originals = [g for g in gold if g.kind in ("original", "alone")]
    made = [c for i, g in enumerate(originals) for c in copies(g, i)]
    report("copies of labelled articles, among all", [*gold, *made])
    real = next(
        (p for d in ("extract/dev", "extract", ".") if (p := pages(given.data / d / "article_extraction_benchmark"))),
        [],
    )
    if not real:
        print("skipped: article_extraction_benchmark is not there, so no real page was compared")
        return 0
    report("real pages, each its own", [*gold, *real], with_baselines=True)
    text_kinds = ("cut", "cut inside", "extended", "reworded a little")
    page_copies = [c for i, g in enumerate(real) for c in copies(g, i) if c.kind in text_kinds]
    report("real pages and copies of their text", [*real, *page_copies])
    if given.articles:
        scale(real, given.articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
