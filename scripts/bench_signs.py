"""Measure lines, stance, attribution and dates against the development data: `python scripts/bench_signs.py DATA`."""
# ruff: noqa: E501 -- a benchmark prints

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from longarm.extract import credits as credit
from longarm.extract.attribution import attributing_clauses, attribution_of
from longarm.extract.dates import dates_in
from longarm.extract.lines import Span, classify, sentences
from longarm.extract.stance import stance_of
from longarm.model.claims import LineKind, Text

Row = dict[str, Any]
CUES = re.compile(
    r"^\W*(?:read (?:also|more|next)|related|subscribe|sign up|follow|advertisement|photo|caption|lire aussi|lees ook|lesen sie auch)\b",
    re.IGNORECASE,
)


def rows(path: Path) -> list[Row]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def rates(found: int, right: int, wanted: int) -> str:
    """Write precision, recall and F1 of counts."""
    precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({right} of {wanted}, {found} given)"


def pages(data: Path) -> None:
    """Measure noise lines on the pages of the extraction benchmark."""
    by: dict[str, list[Row]] = defaultdict(list)
    for row in rows(data / "extract/dev/teaser_lines.jsonl"):
        by[row["page"]].append(row)
    wanted = found = right = base = base_right = lost = true = chars = lost_chars = 0
    for page in by.values():
        lines = classify(Text("page", "\n".join(row["text"].replace("\n", " ") for row in page)))
        if len(lines) != len([row for row in page if row["text"].strip()]):
            continue
        for row, line in zip([row for row in page if row["text"].strip()], lines, strict=True):
            noise, ours, cue = not row["in_truth"], line.kind is not LineKind.BODY, bool(CUES.match(row["text"]))
            wanted, found, right = wanted + noise, found + ours, right + (noise and ours)
            base, base_right = base + cue, base_right + (cue and noise)
            true, lost = true + (not noise), lost + (ours and not noise)
            chars += 0 if noise else len(row["text"])
            lost_chars += len(row["text"]) if ours and not noise else 0
            if "-v" in sys.argv and ours != noise:
                print("   ", "LOST" if ours else "LEFT", line.kind, "|", row["line"], row["text"][:110])
    print("noise lines of pages, cue words alone:", rates(base, base_right, wanted))
    print("noise lines of pages, ours:           ", rates(found, right, wanted))
    print(
        f"   true body lost: {lost} of {true} lines ({100 * lost / true:.2f} %), {100 * lost_chars / chars:.2f} % of characters"
    )


def articles(data: Path) -> list[tuple[Row, Text]]:
    """Read the labelled articles."""
    folder = data / "articles"
    return [
        (
            row,
            Text(
                row["document"],
                (folder / row["document"]).read_text("utf-8"),
                row["lang"],
                row["published"],
                row["publisher"],
            ),
        )
        for row in rows(folder / "gold.jsonl")
    ]


def noise(data: Path) -> None:
    """Measure noise lines and credits on the labelled articles."""
    want = got = right = lost = body = cw = cg = cr = named = 0
    for row, text in articles(data):
        bad = {(n["start"], n["end"]) for n in row["noise"]}
        head = {row["headline"]["start"]} if row["headline"] else set()
        lines = classify(text)
        for line in lines:
            is_noise = any(s < line.end and line.start < e for s, e in bad)
            ours = line.kind in (LineKind.TEASER, LineKind.PROMOTION, LineKind.CAPTION)
            want, got, right = want + is_noise, got + ours, right + (ours and is_noise)
            has = any(line.start <= c["start"] and c["end"] <= line.end for c in row["claims"])
            body += has
            lost += has and line.kind is not LineKind.BODY
            if "-v" in sys.argv and (
                ours != is_noise
                or (has and line.kind is not LineKind.BODY)
                or (line.start in head) != (line.kind is LineKind.HEADLINE)
            ):
                print("   ", row["document"], line.kind, "|", text.text[line.start : line.end][:110])
        gold, ours_c = row["credits"], credit.credits(text)
        cw, cg = cw + len(gold), cg + len(ours_c)
        for c in ours_c:
            hit = next((g for g in gold if g["start"] < c.end and c.start < g["end"]), None)
            cr += hit is not None
            named += hit is not None and set(hit["names"]) == set(c.names)
            if "-v" in sys.argv and (hit is None or set(hit["names"]) != set(c.names)):
                print("    credit", row["document"], c.kind, text.text[c.start : c.end], c.names, hit and hit["names"])
        for g in gold:
            if "-v" in sys.argv and not any(g["start"] < c.end and c.start < g["end"] for c in ours_c):
                print("    missed", row["document"], g["quote"])
    print("noise lines of articles:", rates(got, right, want), f"  lines with claims lost: {lost} of {body}")
    print("credits of articles:    ", rates(cg, cr, cw), f"  names exact: {named}")


def fold(name: str) -> str:
    """Fold a name for comparison: case, articles and typographic marks."""
    return re.sub(r"^(?:the|le|la|les|l'|de|het|der|die|das)\s?", "", name.casefold().replace("’", "'")).strip(" .")


def claims(data: Path) -> None:
    """Measure stance and chain at the gold spans of the articles, per language."""
    told: dict[str, list[int]] = defaultdict(lambda: [0] * 7)
    work = [(row["lang"], text, row["claims"]) for row, text in articles(data)]
    liege = data / "liege"
    if (liege / "gold_claims.json").exists():
        gold = json.loads((liege / "gold_claims.json").read_text("utf-8"))["claims"]
        work.append(("liege", Text("liege", (liege / "article.txt").read_text("utf-8"), "en", "2023-10-05"), gold))
    for lang, text, wanted in work:
        lines = classify(text)
        for claim in wanted:
            line = next((one for one in lines if one.start <= claim["start"] < one.end), None)
            if line is None:
                continue
            span = Span(claim["start"], claim["end"])
            sentence = next(
                (s for s in sentences(text, line) if s.start <= span.start < s.end), Span(line.start, line.end)
            )
            sentence = Span(sentence.start, max(sentence.end, span.end))
            stance = stance_of(text, sentence, span, text.lang)
            chain = attribution_of(text, lines, sentence, span)
            exact = [fold(name) for name in chain] == [fold(name) for name in claim["attribution"]]
            count = told[lang]
            count[0] += 1
            count[1] += stance.stance == claim["stance"]
            count[2] += exact
            count[3] += not claim["attribution"]
            count[4] += claim["stance"] in ("denied", "planned")
            count[5] += claim["stance"] in ("denied", "planned") and stance.stance == "asserted"
            count[6] += claim["stance"] == "asserted"
            if "-v" in sys.argv and (stance.stance != claim["stance"] or not exact):
                cue = text.text[stance.cue.start : stance.cue.end] if stance.cue else ""
                marks = "" if stance.stance == claim["stance"] else f"STANCE {claim['stance']}->{stance.stance} ({cue})"
                marks += "" if exact else f" CHAIN {claim['attribution']}->{list(chain)}"
                print(
                    "   ",
                    claim["id"],
                    marks,
                    "|",
                    text.text[max(sentence.start, span.start - 60) : span.end + 50].replace("\n", "¶")[:230],
                )
    total = [sum(count[n] for count in told.values()) for n in range(7)]
    for lang, count in [*told.items(), ("all", total)]:
        print(
            f"gold spans {lang}: stance right {count[1] / count[0]:.3f} (always asserted {count[6] / count[0]:.3f})  chain exact "
            f"{count[2] / count[0]:.3f} (always empty {count[3] / count[0]:.3f})  denied or planned as asserted {count[5]} of {count[4]}"
        )


def dates(data: Path) -> None:
    """Measure the dates of the gold claims: found in the line of the claim, at their words."""
    wanted = right = role = 0
    for row, text in articles(data):
        lines = classify(text)
        for claim in row["claims"]:
            if not claim.get("date"):
                continue
            line = next((one for one in lines if one.start <= claim["start"] < one.end), None)
            found = dates_in(text, line.start, line.end) if line else ()
            value = [one for one in found if one.date == claim["date"]]
            wanted, right = wanted + 1, right + bool(value)
            role += any(one.role == claim["date_role"] for one in value)
            if "-v" in sys.argv and not any(one.role == claim["date_role"] for one in value):
                print(
                    "    date",
                    claim["id"],
                    text.published,
                    claim["date"],
                    claim["date_text"],
                    claim["date_role"],
                    [(o.date, o.text, o.role) for o in found],
                )
    print(
        f"dates of gold claims: value {right} of {wanted} ({right / wanted:.3f}), value and role {role} ({role / wanted:.3f})"
    )


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Give intersection over union of two spans."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


REPORTS = re.compile(
    r"\b(?:said|says?|told|according to|announced|reported|stated|states|claimed|wrote|added|noted|believes?)\b",
    re.IGNORECASE,
)


def gum(data: Path) -> None:
    """Measure attributing clauses of GUM news, one to one at half overlap of the clause; plain verbs as baseline."""
    folder = data / "extract/dev/gum_news"
    wanted = found = right = base = base_right = given = given_right = 0
    for path in sorted(folder.glob("*.rs4")):
        tree = ET.parse(path).getroot()  # noqa: S314 -- the benchmark's own data
        clauses = [(one.text or "").strip() for one in tree.iter("segment")]
        gold = [str(one.get("relname", "")).startswith("attribution") for one in tree.iter("segment")]
        raw = "\n".join(re.findall(r"^# text = (.*)$", path.with_suffix(".conllu").read_text("utf-8"), re.MULTILINE))
        places = [n for n, letter in enumerate(raw) if not letter.isspace()]
        spans, at = [], 0
        for clause in clauses:  # the two files hold the same letters, but not the same spaces
            size = len(re.sub(r"\s", "", clause))
            last = min(at + size, len(places)) - 1
            spans.append((places[min(at, len(places) - 1)], places[last] + 1))
            at += size
        whole = Text(path.stem, raw, "en")
        ours: list[tuple[int, int]] = []
        for start, end in ((m.start(), m.end()) for m in re.finditer(r"[^\n]+", raw)):
            ours += attributing_clauses(whole, Span(start, end))
        for is_gold, (start, end) in zip(gold, spans, strict=True):
            holds = any(start - 2 <= one[0] and one[1] <= end + 2 for one in ours)
            given, given_right = given + holds, given_right + (holds and is_gold)
        for clause, is_gold, span in zip(clauses, gold, spans, strict=True):
            plain = bool(REPORTS.search(clause)) and len(clause.split()) <= 15
            base, base_right, wanted = base + plain, base_right + (plain and is_gold), wanted + is_gold
            hit = next((one for one in ours if overlap(one, span) >= 0.5), None)
            found, right = found + (hit is not None), right + (hit is not None and is_gold)
            if hit:
                ours.remove(hit)
            if "-v" in sys.argv and bool(hit) != is_gold:
                print("    gum", "MISSED" if is_gold else "WRONG", clause)
        found += len(ours)
        if "-v" in sys.argv:
            print("\n".join(f"    gum LOOSE {raw[a:b]}" for a, b in ours))
    print("attributing clauses, reporting verbs in given clauses:", rates(base, base_right, wanted))
    print("attributing clauses, ours, in given clauses:          ", rates(given, given_right, wanted))
    print("attributing clauses, ours, from the text alone:       ", rates(found, right, wanted))


def uds(data: Path) -> None:
    """Measure predicates that are not factual, by the window rules and by ours."""
    work = rows(data / "extract/dev/uds_factuality.jsonl")
    cue = re.compile(
        r"(?:\b(?:not|no|never|if|would|could|should|will|can|may|might|must|to|going|want|hope|ca|wo)|n't)\b",
        re.IGNORECASE,
    )
    gold = [row["factual"] <= 0 for row in work]
    plain = [bool(cue.search(row["sentence"][max(0, row["start"] - 25) : row["start"]])) for row in work]
    guesses = [("window rules", plain)]
    guesses.append(("ours", [_is_not_factual(row) for row in work]))
    for name, guess in guesses:
        right = sum(a and b for a, b in zip(guess, gold, strict=True))
        print(f"not factual, {name}:", rates(sum(guess), right, sum(gold)))


def _is_not_factual(row: Row) -> bool:
    said = row["sentence"]
    text = Text(document="uds", text=said, lang="en")
    return stance_of(text, Span(0, len(said)), Span(row["start"], row["end"]), "en").stance != "asserted"


def main() -> None:
    """Run every measure for which the folder has data."""
    data = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "../shared/data"))
    if not (data / "articles/gold.jsonl").exists():
        print(f"skipped: no articles/gold.jsonl under {data}; give the folder as DATA=…")
        return
    dev = data / "extract/dev"
    for measure, needs in (
        (pages, dev / "teaser_lines.jsonl"),
        (noise, data / "articles"),
        (claims, data / "articles"),
        (dates, data / "articles"),
        (gum, dev / "gum_news"),
        (uds, dev / "uds_factuality.jsonl"),
    ):
        if needs.exists():
            measure(data)
        else:
            print(f"skipped: {measure.__name__}, no {needs}")


if __name__ == "__main__":
    main()
