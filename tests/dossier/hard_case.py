"""A case folder that is hard on whoever draws its dossier: many findings, long chains, many scripts, hostile texts.

Every name in it is invented; only the states, and so their law, are real. The texts are hard by kind: written from
right to left, without a blank, over thousands of letters, with marks that turn or hide what follows them, and with
signs that HTML, Python, printf and the message catalogues would read as their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import yaml

SITE: Final = "hard-site"
STATES: Final = ("CN", "AU", "CH", "UY", "PT")
NO_LAW: Final = "UY"
"""A state of which the law base holds nothing."""
NOTHING: Final = "CH"
"""A state of which nothing is found."""
HOPS: Final = 12
"""Ties on the longest path: a body, ten holdings, an access."""
PARTS: Final = 14
"""Parts of the site; the strongest state has something at each, in three capabilities."""
SOURCES: Final = 200
UNANSWERED: Final = ("h-said-00", "h-said-03")
"""Facts that lack their answer where `is_answered` is false."""

ARABIC: Final = "شركة مرسى الشمال للخدمات البحرية (ش.م.ل.) 2019"
CHINESE: Final = "北岸数字物流股份有限公司"
CYRILLIC: Final = "ООО «Северный причал и логистика»"
HEBREW: Final = 'בקרת גישה "שער 4" (v2.1)'
LONG: Final = ("Nordkaiumschlagsgesellschaftsbeteiligungsverwaltungs" * 7)[:296] + " AG"
"""A name of 299 letters, a single blank among them."""
SCRIPT: Final = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
FORMATS: Final = "{country} %s %(n)d {0} {{ _('x') }} {% raw %} ${HOME} \\N{BULLET}"
TURNED: Final = "gate\u202efdp.lawahs\u202c"
HIDDEN: Final = "Zero\u200bwidth\u200d\ufeff Sys\u00adtem\u2060 👩\u200d🔧 🇺🇳 e\u0301\u0327"
QUOTES: Final = 'O\'Neil "&" `Söhne` « & Cie » — 5 < 6 > 4 &amp; &lt;b&gt;'
LINE: Final = "A line that does not end: " + "0123456789abcdef" * 124
"""A line of 2,010 letters, almost without a blank."""

_NAMES: Final = (ARABIC, CHINESE, CYRILLIC, LONG, SCRIPT, FORMATS, TURNED, HIDDEN, QUOTES)
_PARTS: Final = (
    ("zone", "منطقة الحاويات الشمالية"),
    ("system", "货运调度系统（第二版）"),
    ("data holding", "Реестр экипажей и грузовых манифестов"),
    ("system", SCRIPT),
    ("system", FORMATS),
    ("zone", TURNED),
    ("system", HIDDEN),
    ("data holding", QUOTES),
    ("zone", LONG[:180]),
    ("system", HEBREW),
    ("flow", "ข้อมูลการขนส่งทางเรือ"),
    ("data holding", "出入港記録と積荷目録"),
    ("system", "여객 안내 시스템"),
    ("flow", "हिन्दी में सूचना प्रवाह"),
)
_QUOTED: Final = (
    ("quote-ar", "ara", "صحيفة الميناء", "تشغّل الشركة بوابة الميناء منذ عام 2019، وفقًا للعقد رقم 7/2019."),
    ("quote-zh", "zho", "北岸港务局", "运营商自二〇一九年起管理货运调度系统。"),
    ("quote-ru", "rus", "Портовый вестник", "С 2019 года оператор ведёт реестр экипажей."),
    ("quote-line", "eng", "Office of Long Lines", LINE),
)


@dataclass(frozen=True)
class Hard:
    """Which of the variants is written."""

    place: tuple[float, float] | None = (40.15, -8.87)
    """latitude and longitude of the site; None leaves its coordinates out"""
    has_scenarios: bool = True
    has_denials: bool = True
    is_answered: bool = True
    """whether each negative statement has its answer on file, or the word that none was found"""


AT_THE_EDGE: Final = Hard(place=(-16.9, 179.9))
UNPLACED: Final = Hard(place=None)
BARE: Final = Hard(has_scenarios=False, has_denials=False)
UNANSWERED_CASE: Final = Hard(is_answered=False)


def hard_case(folder: Path, variant: Hard | None = None) -> Path:
    """Write the case into a folder, which is made, and give the folder."""
    variant = variant or Hard()
    (folder / "documents").mkdir(parents=True)
    facts = _facts(variant)
    files: dict[str, Any] = {
        "case.yaml": {
            "id": "hard",
            "title": f"Hard case {QUOTES} {TURNED}",
            "site": SITE,
            "own_state": "PT",
            "states": list(STATES),
            "as_of": "2026-11-23",
            "licence": "CC0-1.0",
            "author": "example",
            "note": f"Everything here is invented. {HIDDEN}",
        },
        "site.yaml": _register(variant),
        "sources.yaml": _sources(facts),
        "decisions.yaml": {"replies": _replies(variant)},
    }
    for name, value in files.items():
        (folder / name).write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6), "utf-8")
    (folder / "facts.json").write_text(json.dumps({"facts": facts}, ensure_ascii=False, indent=1), "utf-8")
    for name, _, _, text in _QUOTED:
        (folder / "documents" / f"{name}.txt").write_text(f"{text}\n", "utf-8")
    if variant.has_scenarios:
        (folder / "scenarios").mkdir()
        for name, value in _scenarios().items():
            text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
            (folder / "scenarios" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def _register(variant: Hard) -> dict[str, Any]:
    chain = [f"hold-{i:02}" for i in range(HOPS - 1)]
    at_home = {"registered_in": "CN", "managed_in": "CN"}
    site: dict[str, Any] = {"id": SITE, "name": f"{ARABIC} / {CHINESE}", "names": [CYRILLIC], "type": "port"}
    site |= {"state": "PT", "source": "h-site"}
    if variant.place:
        site["coordinates"] = {"latitude": variant.place[0], "longitude": variant.place[1]}
    return {
        "site": site,
        "parts": [
            {"id": f"part-{i:02}", "name": name, "type": kind, "criticality": ("high", "medium", "low")[i % 3]}
            | {"source": f"h-part-{i:02}"}
            for i, (kind, name) in enumerate(_PARTS)
        ],
        "states": [
            {"state": "AU", "body": chain[0], "source": "h-chain-00"},
            {"state": "PT", "body": "own-body", "source": "h-site"},
        ],
        "entities": [
            *({"id": f"firm-{i}", "name": n, **at_home, "source": f"h-firm-{i}"} for i, n in enumerate(_NAMES)),
            *({"id": c, "name": _holding(i), "source": f"h-chain-{i:02}"} for i, c in enumerate(chain)),
            {"id": "own-body", "schema": "PublicBody", "name": QUOTES, "source": "h-site"},
            {"id": "uy-firm", "name": HEBREW, "registered_in": NO_LAW, "managed_in": NO_LAW, "source": "h-site"},
        ],
        "facts": [{"entity": f"firm-{i}", "fact": "sector", "value": "port", "source": f"h-firm-{i}"} for i in (0, 1)],
        "interests": [
            {"holder": one, "held": other, "type": "shareholding", "share": "75", "since": f"20{i + 10}"}
            | {"source": f"h-chain-{i + 1:02}"}
            for i, (one, other) in enumerate(pairwise(chain))
        ],
        "accesses": [
            *(
                {"holder": f"firm-{i % len(_NAMES)}", "part": f"part-{i:02}", "role": "remote maintainer"}
                | {"since": f"20{10 + i}", "source": f"h-part-{i:02}"}
                for i in range(PARTS)
            ),
            {"holder": chain[-1], "part": "part-09", "role": "operator of a system", "source": "h-part-09"},
            {"holder": "uy-firm", "part": "part-01", "role": "data recipient", "source": "h-part-01"},
            *(
                {"holder": f"firm-{i}", "part": f"part-{i:02}", "role": "data provider"}
                | {"source": {"document": name, "quote": text}}
                for i, (name, _, _, text) in enumerate(_QUOTED)
            ),
        ],
        "commitments": [{"party": "firm-0", "counterparty": "own-body", "says": LINE, "source": "h-agreed-0"}],
        "safeguards": [
            {"id": "windows", "name": f"Windows {FORMATS}", "measure": "access windows", "state": "in force"}
            | {"cuts": [{"holder": "firm-3", "held": "part-03"}], "capabilities": ["see", "shape", "stop"]}
            | {"verified": "no", "effectiveness": 0.5, "source": "h-part-03"},
        ],
        "not_linked": [{"what": f"{TURNED} {SCRIPT}", "reason": FORMATS, "source": "h-site"}],
        "gaps": [{"what": f"{LONG} {i}", "find_out": HIDDEN, "about": [f"part-{i:02}"]} for i in range(3)],
    }


def _holding(i: int) -> str:
    script = (CYRILLIC, CHINESE, ARABIC, "Tail Holding")[i % 4]
    return f"{script} {i}" if i else "Bureau of Tails and Holdings"


def _facts(variant: Hard) -> list[dict[str, Any]]:
    """Give cited facts, each of two documents, and so many of them that the documents are 200."""
    wanted: list[tuple[str, str, dict[str, Any]]] = [("h-site", f"The port, {SCRIPT}, lies where {ARABIC} says.", {})]
    wanted += [(f"h-part-{i:02}", f"Part {i} is {name}; the firm maintains it.", {}) for i, (_, name) in _numbered()]
    wanted += [(f"h-firm-{i}", f"The firm {name} has its seat in the north.", {}) for i, name in enumerate(_NAMES)]
    wanted += [(f"h-chain-{i:02}", f"{_holding(i)} holds the next of them.", {}) for i in range(HOPS - 1)]
    wanted += [
        (f"h-agreed-{i}", f"Agreement {i}: {text}", {"bears": "agreement", "valid_from": f"201{i}-03"})
        for i, text in enumerate((LINE, TURNED, QUOTES))
    ]
    wanted += [
        (f"h-before-{i}", f"A carrier of {text} stopped in {2014 + i}.", {"bears": "precedent", "valid_from": "2014"})
        for i, text in enumerate((CYRILLIC, CHINESE))
    ]
    for i in range(6):
        bears = {"bears": "allegation", "about": [f"firm-{i}"], "speaker": (ARABIC, CYRILLIC, SCRIPT)[i % 3]}
        text = f"{(ARABIC, LONG, HIDDEN)[i % 3]} was said to have read what is not its own."
        wanted.append((f"h-said-{i:02}", text, {"polarity": "alleged", "valid_from": "2023-01-19", **bears}))
        if variant.has_denials and f"h-said-{i:02}" not in UNANSWERED:
            denial = {
                "polarity": "denied",
                "bears": "denial",
                "about": [f"firm-{i}"],
                "contradicts": [f"h-said-{i:02}"],
            }
            wanted.append((f"h-deny-{i:02}", f"“{CHINESE}” denies it: {FORMATS}", {"valid_from": "2023-02", **denial}))
    wanted += [
        (f"h-more-{i:02}", f"Also on file, number {i}.", {}) for i in range((SOURCES - len(_QUOTED)) // 2 - len(wanted))
    ]
    return [_fact(i, *given) for i, given in enumerate(wanted)]


def _numbered() -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(_PARTS))


def _fact(number: int, name: str, text: str, more: dict[str, Any]) -> dict[str, Any]:
    sources = [
        {
            "title": f"Report {number}{letter} {(QUOTES, ARABIC, CHINESE, FORMATS)[number % 4]}",
            "publisher": _publisher(2 * number + k),
            "url": f"https://{letter}{number}.invalid/{'very-long-address-' * 8}{number}",
            "date": f"20{10 + number % 16:02}-0{number % 9 + 1}",
        }
        for k, letter in enumerate("ab")
    ]
    plain: dict[str, Any] = {"id": name, "subject": None, "predicate": None, "object": None, "text": text}
    plain |= {"polarity": "asserted", "valid_from": None, "valid_to": None, "confidence": "seen", "speaker": None}
    plain |= {"capability_hint": [], "contradicts": [], "sources": sources, "note": None}
    return plain | more


def _publisher(number: int) -> str:
    name = ("The Northern Gazette", "صحيفة الشمال", "北方日报", "Северная газета", "Ἐφημερὶς τοῦ βορρᾶ")[number % 5]
    return f"{name} {number}"


def _sources(facts: list[dict[str, Any]]) -> dict[str, Any]:
    publishers = dict.fromkeys(s["publisher"] for f in facts for s in f["sources"])
    return {
        "retrieved": "2026-11-23",
        "publishers": [{"name": p, "class": "register", "because": "invented"} for p in publishers],
        "documents": [
            {"id": name, "file": f"documents/{name}.txt", "kind": "register", "publisher": publisher}
            | {"class": "register", "title": f"{publisher} 7", "published": "2019-03-01", "lang": language}
            for name, language, publisher, _ in _QUOTED
        ],
    }


def _replies(variant: Hard) -> list[dict[str, str]]:
    if not variant.is_answered:
        return []
    unanswered = UNANSWERED if variant.has_denials else [f"h-said-{i:02}" for i in range(6)]
    says = f"No answer of {LONG} to {SCRIPT} is among the sources read."
    return [{"to": fact, "says": says, "author": CYRILLIC, "on": "2026-11-23"} for fact in unanswered]


def _scenarios() -> dict[str, Any]:
    end = [{"holder": "firm-3", "held": "part-03"}]
    return {
        "ends": {"id": "ends", "title": f"It ends {SCRIPT} {ARABIC}", "end": end},
        "nothing": {"id": "nothing", "title": LONG, "end": [{"holder": "uy-firm", "held": "part-01"}]},
    }
