"""What a reader must know before trusting a figure: messages with their values, so that each language can say them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from longarm.model import states

UNCONFIRMED: Final = "a path rests on {instrument}, which nobody has confirmed"
STOPPED_WHOLE: Final = "the whole site, {capability}, {reading}: the search for paths stopped at its limit"
STOPPED: Final = "{place}, {capability}, {reading}: the search for paths stopped at its limit"
NOT_TESTED: Final = "{state} is not among the states that the case tests: its ties may not have been looked for"
REJECTED: Final = "{count} rows of the sources were not taken; they are in the reject file, with reasons"
NO_LAW: Final = "no law of {state} in force that day is in the base: only ownership and control were looked at"
NOT_ASSESSED: Final = "'not assessed' is no finding: neither law nor holders of access are on file"
OVER_A_WHOLE: Final = "the {kind} of {company} add up to {total}; nothing was changed"
TWO_SHARES: Final = "{holder} in {held}: sources give {shares}; the smaller counts, at most the larger"
MESSAGES: Final = (
    *(UNCONFIRMED, STOPPED_WHOLE, STOPPED, NOT_TESTED, REJECTED),
    *(NO_LAW, NOT_ASSESSED, OVER_A_WHOLE, TWO_SHARES),
)


@dataclass(frozen=True)
class Warned:
    """A message with its values; `text` is how it stands in English.

    Of the values, `state` is named in English and its code stands beside it; `shares` are a list, joined by "and".
    """

    message: str
    values: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Say it in English."""
        return self.message.format_map({k: _english(k, v, self.values) for k, v in self.values.items()})

    def told(self) -> dict[str, Any]:
        """Give it as JSON holds it."""
        return {"message": self.message, "values": dict(self.values)}


def _english(key: str, value: Any, values: Mapping[str, Any]) -> str:
    if key == "state":
        return states.in_text(values["code"])
    if isinstance(value, list):
        return " and ".join(filter(None, (", ".join(value[:-1]), value[-1])))
    return f"{value:,}" if isinstance(value, int) else str(value)
