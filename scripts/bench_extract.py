"""Measure what is read out of texts against labelled ones: lines, stance, attribution, claims; each beside a baseline.

    python scripts/bench_extract.py DATA

DATA is a folder with `articles/` (gold.jsonl and texts) and `extract/dev/` (teaser_lines.jsonl, uds_factuality.jsonl,
gum_news/), or any folder of the same form; what is missing is left out and said. A claim counts as found where a
proposed one has its relation and a span whose intersection over union is at least one half, one to one.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from rich.console import Console
from rich.table import Table

from longarm.extract.attribution import attributes
from longarm.extract.baseline import baseline
from longarm.extract.claims import VERSION, extract
from longarm.extract.lines import by_words, classify
from longarm.extract.stance import stance_of
from longarm.model.claims import Claim, LineKind, Text

Counts = Counter[str]
OUT = Console(width=120)


def measures(found: int, proposed: int, gold: int) -> tuple[str, str, str]:
    """Give precision, recall and F1 as text."""
    p, r = found / proposed if proposed else 0.0, found / gold if gold else 0.0
    return f"{p:.3f}", f"{r:.3f}", f"{2 * p * r / (p + r) if p + r else 0.0:.3f}"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read a file of JSON lines."""
    with path.open(encoding="utf-8") as opened:
        for line in opened:
            yield json.loads(line)


def noise(path: Path) -> None:
    """Lines that are no body, and how much of the true body is lost."""
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(path):
        pages[row["page"]].append(row)
    table = Table("lines", "precision", "recall", "F1", "true body lost", title=f"Noise lines, {len(pages)} pages")
    for name, ours in (("cue words alone", False), ("longarm", True)):
        found = proposed = gold = lost = body = 0
        for page in pages.values():
            said = [" ".join(r["text"].split()) for r in page]
            if ours:
                kinds = [line.kind for line in classify(Text("page", "\n".join(said)))]
            else:
                kinds = [by_words(s) or LineKind.BODY for s in said]
            for row, kind in zip(page, kinds, strict=True):
                is_noise = kind != LineKind.BODY
                found += is_noise and not row["in_truth"]
                proposed += is_noise
                gold += not row["in_truth"]
                body += len(row["text"]) * row["in_truth"]
                lost += len(row["text"]) * (row["in_truth"] and is_noise)
        table.add_row(name, *measures(found, proposed, gold), f"{100 * lost / body:.2f} %")
    OUT.print(table)


_WINDOW = re.compile(r"(?:not|never|no|may|might|could|would|should|will|can|if|to|must|shall|.*n['’]t)", re.IGNORECASE)


def factuality(path: Path) -> None:
    """Predicates that did not happen and are not happening."""
    given = list(rows(path))

    def window(row: dict[str, Any]) -> bool:
        before = re.findall(r"[\w'’]+", row["sentence"][: row["start"]])[-4:]
        return any(_WINDOW.fullmatch(w) for w in before)

    def ours(row: dict[str, Any]) -> bool:
        said = row["sentence"]
        return stance_of(said, (0, len(said)), (row["start"], row["end"]), "en").stance != "asserted"

    _binary(f"Not-factual predicates, UDS, {len(given)}", given, lambda r: r["factual"] < 0, window, ours)


_REPORTING = re.compile(
    r"\b(?:said|says|say|told|according to|reported|reports|announced|claimed|claims|added|stated|explained|believes?"
    r"|confirmed|wrote|argued|noted)\b",
    re.IGNORECASE,
)


def attribution(folder: Path) -> None:
    """Clauses that attribute, among the elementary discourse units of GUM."""
    given = [
        {"text": " ".join((s.text or "").split()), "gold": (s.get("relname") or "").startswith("attribution")}
        for path in sorted(folder.glob("*.rs4"))
        for s in etree.parse(str(path)).getroot().findall(".//segment")
    ]
    _binary(
        f"Attribution, clauses of GUM news, {len(given)}",
        given,
        lambda r: bool(r["gold"]),
        lambda r: bool(_REPORTING.search(r["text"])),
        lambda r: attributes(r["text"], (0, len(r["text"])), "en"),
    )


def _binary(title: str, given: list[dict[str, Any]], is_gold: Callable[[dict[str, Any]], bool], *tests: Any) -> None:
    table = Table("", "precision", "recall", "F1", title=title)
    for name, test in zip(("baseline", "longarm"), tests, strict=True):
        pairs = Counter((is_gold(r), bool(test(r))) for r in given)
        found, proposed = pairs[True, True], pairs[True, True] + pairs[False, True]
        table.add_row(name, *measures(found, proposed, found + pairs[True, False]))
    OUT.print(table)


def claims(folder: Path) -> None:
    """Claims of labelled articles: found, stance, chain; what was denied or planned and counts as asserted."""
    gold = list(rows(folder / "gold.jsonl"))
    texts = [
        Text(g["document"], (folder / g["document"]).read_text("utf-8"), g["lang"], g["published"], g["publisher"])
        for g in gold
    ]
    for name, read in (("baseline", baseline), (VERSION, lambda t: extract(t).claims)):
        counts: dict[str, Counts] = defaultdict(Counter)
        began = time.perf_counter()
        proposed = [read(text) for text in texts]
        seconds = time.perf_counter() - began
        for g, several in zip(gold, proposed, strict=True):
            for key in (g["lang"], "all"):
                counts[key].update(_held_against(g, several))
        table = Table(*("", "claims", "precision", "found", "F1", "stance", "chain", "as asserted", "asserted found"))
        table.title = f"Claims of {len(gold)} articles: {name}, {len(gold) / seconds:,.0f} articles a second"
        for key, c in sorted(counts.items()):
            right = [f"{c[k] / max(1, c['found']):.3f}" for k in ("stance", "chain")]
            wrong = f"{100 * c['wrong'] / max(1, c['not_asserted']):.1f} %"
            kept = f"{c['kept'] / max(1, c['asserted']):.3f}"
            table.add_row(key, str(c["gold"]), *measures(c["found"], c["proposed"], c["gold"]), *right, wrong, kept)
        OUT.print(table)


def _held_against(gold: dict[str, Any], proposed: tuple[Claim, ...]) -> Counts:
    pairs = sorted(
        (
            (_overlap((p.start, p.end), (c["start"], c["end"])), i, k)
            for i, p in enumerate(proposed)
            for k, c in enumerate(gold["claims"])
            if p.relation == c["relation"]
        ),
        reverse=True,
    )
    matched: dict[int, int] = {}
    for overlap, i, k in pairs:
        if overlap >= 0.5 and i not in matched and k not in matched.values():
            matched[i] = k
    c: Counts = Counter(found=len(matched), proposed=len(proposed), gold=len(gold["claims"]))
    arguable = [(n["start"], n["end"]) for n in gold["non_claims"] if n["kind"] == "arguable"]
    c["proposed"] -= sum(
        i not in matched and any(_overlap((p.start, p.end), a) >= 0.5 for a in arguable) for i, p in enumerate(proposed)
    )
    for claim in gold["claims"]:
        c["asserted"] += claim["stance"] == "asserted"
        c["not_asserted"] += claim["stance"] in {"denied", "planned"}
    for i, k in matched.items():
        claim, ours = gold["claims"][k], proposed[i]
        c["stance"] += claim["stance"] == ours.stance
        c["chain"] += [_folded(n) for n in claim["attribution"]] == [_folded(n) for n in ours.attribution]
        c["wrong"] += claim["stance"] in {"denied", "planned"} and ours.stance == "asserted"
        c["kept"] += claim["stance"] == "asserted" == ours.stance
    return c


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    inside = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return inside / ((a[1] - a[0]) + (b[1] - b[0]) - inside)


def _folded(name: str) -> str:
    plain = name.casefold().replace("’", "'")
    return re.sub(r"^(?:the|le|la|les|l'|de|het|der|die|das) ?", "", plain)


def main() -> None:
    """Measure whatever of the data is there."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    OUT.print(f"{platform.machine()}, Python {platform.python_version()}, {time.strftime('%d %B %Y')}", style="dim")
    parts: tuple[tuple[Path, Callable[[Path], None]], ...] = (
        (data / "extract/dev/teaser_lines.jsonl", noise),
        (data / "extract/dev/uds_factuality.jsonl", factuality),
        (data / "extract/dev/gum_news", attribution),
        (data / "articles", claims),
    )
    for path, measure in parts:
        if path.exists():
            measure(path)
        else:
            OUT.print(f"{path}: not there, not measured", style="dim")


if __name__ == "__main__":
    main()
