"""Measure the reading of web pages: body F1 by the benchmark's own measure, noise left in, body lost, pages a second.

    python scripts/bench_reading.py [DATA]     DATA: the folder of shared data, ../shared/data by default

The measure is that of scrapinghub/article-extraction-benchmark: multisets of shingles of four words, counts of each
page normalised by their sum, precision and recall averaged over pages, F1 of the two averages. The peer, trafilatura
with its defaults but comments, is run on the same pages in the same run, and so is trafilatura with all its defaults.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean

import trafilatura

from longarm.errors import Refused
from longarm.extract.lines import classify
from longarm.extract.reading import Given, read
from longarm.model.claims import Line, LineKind, Text

WORD = re.compile(r"\w+")
ROUNDS = 2
LEADS_ON = re.compile(
    r"\W*(related|read more|also\b|more [A-Z]|see more|don.t miss|most read|you (may|might) also|follow\b|get the"
    r"|click here|join our|subscribe|like this story|listen\b|how to listen)|\[(video|insight|reaction)\]",
    re.IGNORECASE,
)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Give the shingles of four words of a text; of a shorter text, all its words as one."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def scores(true: str, found: str) -> tuple[float, float]:
    """Give precision and recall of one page."""
    a, b = shingles(true), shingles(found)
    both = (a & b).total()
    if a == b:
        return 1.0, 1.0
    return both / b.total() if b else 0.0, both / a.total() if a else 0.0


def f1(rows: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Give precision, recall and F1 over pages."""
    p, r = mean(row[0] for row in rows), mean(row[1] for row in rows)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def words(text: str) -> str:
    """Give the words of a text, parted by one space."""
    return " ".join(WORD.findall(text.casefold()))


def timed(reader: Callable[[bytes], str], pages: Mapping[str, bytes]) -> tuple[dict[str, str], float]:
    """Give the texts of the pages, and pages a second in the faster of the rounds."""
    rates = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        texts = {page: reader(data) for page, data in pages.items()}
        rates.append(len(pages) / (time.perf_counter() - start))
    return texts, max(rates)


def confined(data: bytes) -> str:
    """Give the body as the program reads it: in the child, by what the page says of its lines and by their words."""
    return body(data, classify, confined=True)


def here(data: bytes) -> str:
    """Give the body, read in this process, for the speed of the readers alone."""
    return body(data, classify, confined=False)


def by_page(data: bytes) -> str:
    """Give the body by what the page says of its lines alone."""
    return body(data, lambda text: text.lines, confined=False)


def whole(data: bytes) -> str:
    """Give the whole text, whatever its lines are."""
    try:
        return read(Given(data, media_type="text/html"), confined=False).text.text
    except Refused:
        return ""


def body(data: bytes, lines: Callable[[Text], Sequence[Line]], *, confined: bool) -> str:
    """Give the lines of kind body."""
    try:
        text = read(Given(data, media_type="text/html"), confined=confined).text
    except Refused:
        return ""
    return "\n".join(text.text[line.start : line.end] for line in lines(text) if line.kind is LineKind.BODY)


def lines_left(texts: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Say of each labelled line where it stands: noise left in, and the share of true lines that was lost."""
    teasers = noise = teasers_in = noise_in = true = lost = 0
    for row in rows:
        text = texts.get(row["page"])
        if text is None:
            continue
        line = words(row["text"])
        if row["in_truth"]:
            true += len(line)
            lost += 0 if line in words(text) else len(line)
        else:
            stands = line in {words(kept) for kept in text.split("\n")}
            teaser = LEADS_ON.search(row["text"]) is not None
            noise, noise_in = noise + 1, noise_in + stands
            teasers, teasers_in = teasers + teaser, teasers_in + (teaser and stands)
    return {
        "teasers": f"{teasers_in} of {teasers}",
        "noise": f"{noise_in} of {noise}",
        "lost": f"{100 * lost / true:.2f} %" if true else "-",
    }


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    folder = Path(arguments[0] if arguments else "../shared/data").joinpath("extract", "dev")
    base = folder / "article_extraction_benchmark"
    if not (base / "ground-truth.json").is_file():
        print(f"reading: skipped, there is no {base}; give the folder of shared data as DATA")
        return 0
    truth = json.loads((base / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {page: gzip.decompress((base / "html" / f"{page}.html.gz").read_bytes()) for page in truth}
    lines = folder / "teaser_lines.jsonl"
    rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()] if lines.is_file() else []
    print(f"reading: {len(pages)} pages, {len(rows)} labelled lines")
    head = f"{'':34}{'precision':>10}{'recall':>8}{'F1':>8}"
    print(head + f"{'teasers in':>13}{'noise in':>12}{'body lost':>11}{'pages/s':>9}")
    for name, reader in (
        ("trafilatura, all defaults", lambda data: trafilatura.extract(data) or ""),
        ("trafilatura, without comments", lambda data: trafilatura.extract(data, include_comments=False) or ""),
        ("longarm, body, in this process", here),
        ("longarm, body by the page alone", by_page),
        ("longarm, whole text", whole),
        ("longarm, body, in the child", confined),
    ):
        texts, rate = timed(reader, pages)
        p, r, f = f1([scores(truth[page]["articleBody"], texts[page]) for page in truth])
        left = lines_left(texts, rows)
        print(
            f"{name:34}{p:10.3f}{r:8.3f}{f:8.3f}{left['teasers']:>13}{left['noise']:>12}{left['lost']:>11}{rate:9.1f}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
