"""What the records of the law base say about dates in sentences, as fields that a program can test.

Each entry departs from, or adds to, `valid_from` and `valid_to` as recorded. It carries `why`, in our words, and
`quotes`, in the record's own (its fields, or a reading of it): `law_base.py` refuses a quote that is not there.
"""

from __future__ import annotations

from typing import Any, Final

STANDING: Final = (
    ("in force in part", "in_part"),
    ("in force in phases", "in_phases"),
    ("in force", "in_force"),
    ("replaced by amended numbering", "renumbered"),
    ("replaced", "replaced"),
    ("lapsed", "lapsed"),
    ("repealed", "repealed"),
    ("suspended", "suspended"),
    ("bill", "bill"),
)
"""The closed word for each way that a status sentence begins; the first that fits."""

_LICENCES = "Licences after 29 April 2026 were not found"
_INFERRED_30 = "30 (was 28; number inferred from a shift of two)"

BY_INSTRUMENT: Final[dict[str, dict[str, Any]]] = {
    "cn-csl-2016": {
        "replaced_by": "cn-csl-2026",
        "why": "The act goes on under new article numbers, of which the base holds that of art. 28 only.",
        "quotes": ["replaced by amended numbering", "2025-12-31"],
    },
    "cn-csl-2026": {
        "replaces": "cn-csl-2016",
        "why": "The same act as amended: one duty, another number, from 1 January 2026.",
        "quotes": ["Carried over from the 2016 text", "2026-01-01"],
    },
    "vn-cyber-2018": {
        "replaced_by": "vn-cyber-2025",
        "why": "Marked replaced; the act that starts the next day is recorded.",
        "quotes": ["replaced", "2026-06-30"],
    },
    "vn-cyber-2025": {
        "replaces": "vn-cyber-2018",
        "why": "Starts the day after the act of 2018 ends.",
        "quotes": ["2026-07-01"],
    },
    "in-dpdp-2023": {
        "unclear": [{"from": "2025-11-13", "to": None}],
        "why": "In force in phases, and the record does not say which phase the articles recorded here belong to.",
        "quotes": ["in force in phases", "Phased commencement from own knowledge"],
    },
    "us-fisa702-2008": {
        "effect_continues_to": "2027-03",
        "effect_continues_for": ["1881a(i)", "1881a(i)(4)", "1881a(j)", "definition of provider"],
        "effect_known_by": "secondary",
        "why": "The text lapsed, but certifications given before still carry directives; reported, not read.",
        "quotes": [
            "acquisitions reported to continue under court certifications to about March 2027",
            "effect continues under certifications (transition rule)",
            "shall remain in effect, notwithstanding the expiration provided for in subsection (a)",
        ],
    },
    "us-dpa-1950": {
        "unclear": [{"from": "2025-10-01", "to": None}],
        "why": "Lapsed by its own words; whether it was extended since is not known.",
        "quotes": [
            "later extension not found, to be checked",
            "An extension after 2025 may exist and must be checked before the record is used.",
        ],
    },
    "rs-ecomm-2010": {
        "valid_to": "2023",
        "replaced_by": "Electronic Communications Act 35/2023",
        "why": "Recorded without an end, but replaced by an act of 2023, which is not in the base.",
        "quotes": ["Replaced by the Electronic Communications Act 35/2023 (own knowledge)"],
    },
    "be-crit-2011": {
        "replaced_by": "be-cer-2025",
        "effect_continues_to": "2027-05-17",
        "effect_continues_for": ["13", "14, 19", "24"],
        "effect_known_by": "text_read",
        "why": "Repealed, but some articles still bind operators already designated; of '14, 19' it is art. 14.",
        "quotes": [
            "repealed 2026-01-19 (be-cer-2025 art. 78)",
            "arts 13 to 14, 24 and 25 still bind operators already designated until 17 May 2027",
        ],
    },
    "be-cer-2025": {
        "replaces": "be-crit-2011",
        "why": "Says itself what it repeals.",
        "quotes": ["repeals be-crit-2011 (art. 78)"],
    },
    "us-bis-affiliates-2025": {
        "suspended": [{"from": "2025-11-10", "to": "2026-11-09"}],
        "unclear": [{"from": "2026-11-10", "to": None}],
        "why": "Suspended for a year; whether the suspension was extended is not known.",
        "quotes": [
            "suspended 2025-11-10 to 2026-11-09",
            "whether it was extended was not found. Treat as unknown: run with and without.",
        ],
    },
    "eu-fdi-452-2019": {
        "valid_to": "2028-01-16",
        "replaced_by": "Regulation (EU) 2026/1386",
        "why": "The repeal applies from 17 January 2028.",
        "quotes": ["Repealed by Regulation (EU) 2026/1386 with application from 17 January 2028 (second hand)."],
    },
    "ve-conatel-171": {
        "valid_from": "2017-10",
        "why": "The note knows the month that the field leaves open.",
        "quotes": ["In force since the end of October 2017"],
    },
}

_FROM_2017: Final = {
    "valid_from": "2017",
    "why": "An article of the organic act of 2017; the date of the instrument is that of the framework act of 1984.",
    "quotes": ["Lei Orgânica 4/2017"],
}
_REGULATIONS_2025: Final = {
    "valid_from": "2025-03-23",
    "why": "An article of the implementing regulations, not of the act of 2021.",
    "quotes": ["实施《反外国制裁法》的规定(2025-03-23)"],
}

BY_ARTICLE: Final[dict[tuple[str, str], dict[str, Any]]] = {
    ("cn-csl-2016", "28"): {
        "becomes": {"instrument": "cn-csl-2026", "number": _INFERRED_30, "sure": False},
        "why": "The same duty under a new number; the number is inferred.",
        "quotes": ["replaced by amended numbering"],
    },
    ("cn-csl-2026", _INFERRED_30): {
        "was": {"instrument": "cn-csl-2016", "number": "28", "sure": False},
        "why": "The same duty under a new number; the number is inferred.",
        "quotes": ["was 28; number inferred from a shift of two"],
    },
    ("cn-afsl-2021", "Reg 2025, 9"): _REGULATIONS_2025,
    ("cn-afsl-2021", "Reg 2025, 17"): _REGULATIONS_2025,
    ("us-fisa702-2008", "1881a(i)"): {
        "condition_by_date": True,
        "why": "The condition is the lapse itself, which the dates of the instrument already carry.",
        "quotes": ["effect continues under certifications (transition rule)"],
    },
    ("us-bis-affiliates-2025", "suspension 2025-11-10"): {
        "valid_from": "2025-11-10",
        "valid_to": "2026-11-09",
        "not_suspended": True,
        "why": "The article is the suspension: in force while the others are not.",
        "quotes": ["One-year suspension from 10 November 2025 to 9 November 2026"],
    },
    ("us-eo14024-2021", "designations 2025-10-22"): {
        "valid_from": "2025-10-22",
        "why": "Designations under an older order.",
        "quotes": ["designations of 22 October 2025"],
    },
    ("us-eo14024-2021", "GL 124A, 126, 127"): {
        "valid_from": "2025-10-22",
        "unclear": [{"from": "2025-11-22", "to": None}],
        "why": "Three licences in one record: the wind-down ended, the end of the projects' licence is not recorded.",
        "quotes": ["Licences of the same day", "to 21 November 2025"],
    },
    ("us-eo14024-2021", "GL 128, 128A, 128B"): {
        "valid_from": "2025-10-22",
        "valid_to": "2026-04-29",
        "unclear": [{"from": "2026-04-30", "to": None}],
        "why": "Not before the designations that it licenses; what followed is not known.",
        "quotes": ["128B of 4 December 2025 to 29 April 2026", _LICENCES],
    },
    ("us-eo14024-2021", "GL 129"): {
        "valid_from": "2025-10-22",
        "valid_to": "2026-04-29",
        "unclear": [{"from": "2026-04-30", "to": None}],
        "why": "Not before the designations that it licenses; what followed is not known.",
        "quotes": ["allowed to 29 April 2026", _LICENCES],
    },
    ("us-eo14024-2021", "GL 131, 131A"): {
        "valid_from": "2025-10-22",
        "valid_to": "2026-01-17",
        "why": "Not before the designations that it licenses.",
        "quotes": ["131A to 17 January 2026"],
    },
    ("gb-russia-2019", "GL INT/2025/7598960"): {
        "valid_from": "2025",
        "valid_to": "2027-10-22",
        "why": "A licence of 2025 under regulations of 2019.",
        "quotes": ["GL INT/2025/7598960", "to 22 October 2027"],
    },
    ("gb-nsia-2021", "final order 2022-11-16"): {
        "valid_from": "2022-11-16",
        "why": "One order under the act, from its own day.",
        "quotes": ["final order 2022-11-16"],
    },
    ("eu-269-2014", "Best Practices 2024"): {
        "valid_from": "2024-07-03",
        "why": "Guidance under an older regulation.",
        "quotes": ["Council guidance of 3 July 2024"],
    },
    ("eu-833-2014", "8a, 12gb"): {
        "valid_from": "2024",
        "why": "Added to the regulation ten years later.",
        "quotes": ["Best efforts duty towards non-Union subsidiaries owned or controlled (2024)."],
    },
    ("eu-aci-2023", "8"): {
        "awaits_act": True,
        "why": "A power in waiting: the act that it needs was looked for and not found.",
        "quotes": [
            "gives no path until an implementing act exists",
            "No response measure found as of the review date.",
        ],
    },
    ("nl-wbg-1952", "order 2025-09-30"): {
        "valid_from": "2025-09-30",
        "valid_to": "2026-09-30",
        "suspended": [{"from": "2025-11-19", "to": None}],
        "condition_by_date": True,
        "why": "One order for at most a year, suspended after seven weeks; that it binds one firm is its addressee.",
        "quotes": ["barred for up to a year", "Suspended by the minister on 19 November 2025."],
    },
    ("nl-ok-enquete", "Nexperia 2025-2026"): {
        "valid_from": "2025-10-07",
        "why": "One set of measures of the court, from its first day; no end is recorded.",
        "quotes": ["7 and 8 October 2025"],
    },
    ("de-awg-6a", "6a"): {
        "valid_from": "2026-02-06",
        "why": "Added to the act of 2013.",
        "quotes": ["valid_from is that of the Act; s. 6a from 6 February 2026."],
    },
    ("de-awg-6a", "6b-6g"): {
        "unclear": [{"from": "2013-09-01", "to": "2026-02-05"}],
        "why": "The lighter form of s. 6a; the record dates s. 6a only.",
        "quotes": ["s. 6a from 6 February 2026", "a lighter firewall"],
    },
    ("jp-espa-2022", "52"): {
        "valid_from": "2024-05-17",
        "why": "The duty to file plans began later than the act.",
        "quotes": ["Notification duty applied from 17 May 2024"],
    },
    ("pt-sirp-1984", "LO 4/2017, 3-4"): _FROM_2017,
    ("pt-sirp-1984", "LO 4/2017, 5, 8"): _FROM_2017,
    ("pt-sirp-1984", "LO 4/2017, 6(2)"): _FROM_2017,
    ("bd-telecom-2001", "97A"): {
        "unclear": [{"from": "2026", "to": None}],
        "why": "An ordinance of 2026 amends the act, and the section was read before it.",
        "quotes": ["An amending ordinance of 2026 exists: check the present text of s. 97A."],
    },
}
