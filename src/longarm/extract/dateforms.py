"""The forms that a date takes in a text, as one pattern a language: the cue table `cues/dates.yaml`, put together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from longarm.extract.cues import table


@lru_cache(maxsize=4)
def date_pattern(lang: str) -> re.Pattern[str]:
    """Give the one pattern of all forms of a date in a language; the name of a group says which form it is."""
    row: dict[str, Any] = table("dates")[lang]
    month = "|".join(name for name in row["months"])
    day = "|".join(row["days"])
    season = "|".join(row["seasons"])
    unit = "|".join(row["units"].values())
    number = r"\d{1,3}|" + "|".join(row["numbers"])
    year = r"(?:19|20)\d\d"
    turn = f"(?:{row['last']}|{row['next']}|{row['this']})"
    roles = "|".join(row["roles"].values())
    edge = f"(?:{row['end']}|{row['begin']}|{row['mid']})"
    fill = {"num": number, "unit": unit}
    ago = re.sub(r"\{(\w+)\}", lambda m: f"{fill[m[1]]}", row["ago"]).replace("?P<n>", "?P<ago_n>")
    hence = re.sub(r"\{(\w+)\}", lambda m: f"{fill[m[1]]}", row["hence"]).replace("?P<n>", "?P<hence_n>")
    ago, hence = ago.replace("?P<unit>", "?P<ago_u>"), hence.replace("?P<unit>", "?P<hence_u>")
    quarter, half = row["quarter"].replace("?P<q>", "?P<quarter>"), row["half"].replace("?P<q>", "?P<half>")
    forms = (
        r"(?P<iso>\d{4}-\d\d-\d\d)",
        ago,
        hence,
        rf"(?P<year_end>{row['year_end']})(?:\s(?P<year_end_y>{year}))?",
        rf"(?:{quarter})\s?(?P<quarter_y>{year})?",
        rf"(?:{half})\s?(?P<half_y>{year})?",
        (
            rf"(?:(?:{day}),?\s(?:den\s|the\s)?)?(?P<dm_d>\d{{1,2}})(?:er|st|nd|rd|th|\.)?\s(?:of\s)"
            rf"?(?P<dm_m>{month})\b\.?(?:,?\s(?P<dm_y>{year}))?"
        ),
        rf"(?P<md_m>{month})\.?\s(?P<md_d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?(?:percent|%|\d))(?:,?\s(?P<md_y>{year}))?",
        (
            rf"(?:(?P<m_edge>{edge})\s?)"
            rf"?(?:(?P<m_turn>{turn})\s)?\b(?P<m>{month})\b(?:\s(?P<m_turn2>{turn})\b)?(?:\s(?:of\s|de\s)"
            rf"?(?P<m_y>{year}|that year))?"
        ),
        (
            rf"(?:(?P<w_turn>{turn})\s(?P<w_day0>{day})|(?P<w_day>{day})(?:abend|morgen|mittag|nachmittag"
            rf"|ochtend|avond|middag)?(?:\s(?P<w_turn2>{turn})\b)?)"
        ),
        (
            rf"(?:(?P<s_turn>{turn})\s)?\b(?P<s>{season})\b(?:\s(?P<s_turn2>{turn})\b)?(?:\s(?:of\s|de\s)"
            rf"?(?P<s_y>{year}))?"
        ),
        (
            rf"(?P<u_turn>{turn})\s(?P<u>{unit})\b(?:\s(?P<u_day>{day}))?"
            rf"|(?P<u2>{unit})\s(?P<u2_turn>{row['last']}|{row['next']})\b"
        ),
        rf"(?P<today>{row['today']})|(?P<yesterday>{row['yesterday']})|(?P<tomorrow>{row['tomorrow']})",
        r"(?P<christmas>christmas|noël|kerst(?:mis)?|weihnachten)",
        rf"(?:(?P<y_edge>{edge})\s)?(?P<y>{year})(?![\d.,]\d|\s?(?:percent|%|people|homes|countries))",
    )
    article = r"(?:(?:the|la|le|l[’']|les|het|de|der|dem|den)\s?)?"
    lead = rf"(?<![\w.,/-])(?:(?P<role>{roles})\s)?(?:(?:{row['before']})\s?)?{article}"
    bodies = "|".join(f"(?:{form})" for form in forms)
    return re.compile(rf"{lead}(?:{bodies})(?![\w-])", re.IGNORECASE)
