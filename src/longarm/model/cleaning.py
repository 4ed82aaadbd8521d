"""Values cleaned by their FollowTheMoney type, a column at a time, with the same result as one by one.

Most values are clean already, and a pattern of Arrow says so for millions in a moment; the rest is cleaned by
FollowTheMoney itself, each distinct value once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from longarm.model import vocabulary

if TYPE_CHECKING:
    from followthemoney.types.common import PropertyType

_REMEMBERED: Final = 1 << 16
"""cleaned values that are kept of each type"""

# Letters that Unicode's canonical composition leaves as they are, and that no cleaning touches.
_PLAIN: Final = r"\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{17F}\x{410}-\x{44F}\x{4E00}-\x{9FA5}"
_ANY: Final = rf"[!-~{_PLAIN}]"
_WORD: Final = rf"[!#-&(-~{_PLAIN}]"  # without quotation marks
_PIECE: Final = rf"[!#-&(-+\--:=-~{_PLAIN}]"  # without quotation marks, `,`, `;` and `<`, which lines may break at
_NEXT: Final = rf"[!#-&(-+\-/-:=-~{_PLAIN}]"  # and without `.`
_DAY: Final = r"(19\d\d|20\d\d)(-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?)?"

_CLEAN: Final = {
    "string": rf"^{_ANY}(?:[ !-~{_PLAIN}]*{_ANY})?$",
    "text": rf"^{_ANY}(?:[ !-~{_PLAIN}]*{_ANY})?$",
    "identifier": rf"^{_ANY}(?:[ !-~{_PLAIN}]*{_ANY})?$",
    "name": rf"^{_WORD}+(?: {_WORD}+)*$",
    "address": rf"^{_PIECE}+(?: {_PIECE}+|, ?{_NEXT}{_PIECE}*)*$",
    "entity": r"^[0-9a-zA-Z](?:[0-9a-zA-Z.\-]*[0-9a-zA-Z])?$",
    "date": rf"^{_DAY}$",
}
"""type → what is clean for certain"""


def clean_column(kind: str, values: pa.Array) -> pa.Array:
    """Give values (texts, none null) as a property type cleans them; null where it cannot take one."""
    pattern = _CLEAN.get(kind)
    if pattern is None:
        return _by_value(kind, values)
    is_clean = pc.match_substring_regex(values, pattern)
    if kind == "address":  # FollowTheMoney breaks lines there
        is_clean = pc.and_not(is_clean, pc.match_substring(values, "ESQ"))
    if is_clean.true_count == len(values):
        return values
    mended = _by_value(kind, values.filter(pc.invert(is_clean)))
    return pc.replace_with_mask(values, pc.invert(is_clean), mended)


def _by_value(kind: str, values: pa.Array) -> pa.Array:
    """Clean each distinct value once."""
    encoded = values.dictionary_encode()
    remembered = _remembered(kind)
    clean = _type(kind).clean
    cleaned: list[str | None] = []
    for value in encoded.dictionary.to_pylist():
        if value not in remembered:
            if len(remembered) >= _REMEMBERED:
                remembered.clear()
            try:
                remembered[value] = clean(value)
            except ValueError:  # a few types raise it, where the others give None
                remembered[value] = None
        cleaned.append(remembered[value])
    return pa.array(cleaned, pa.string()).take(encoded.indices)


@cache
def _remembered(kind: str) -> dict[str, str | None]:
    del kind  # one for each
    return {}


@cache
def _type(kind: str) -> PropertyType:
    from followthemoney.types import registry

    vocabulary.model()
    found: Any = registry.get(kind)
    return found  # type: ignore[no-any-return]


def changed(values: pa.Array, cleaned: pa.Array) -> pa.Array:
    """Give the original of each value that cleaning changed; null where it did not."""
    if cleaned is values:
        return pa.nulls(len(values), pa.string())
    same = pc.fill_null(pc.equal(values, cleaned), False)
    return pc.if_else(same, pa.scalar(None, pa.string()), values)


def rows_of(lists: pa.ListArray) -> np.ndarray:
    """Give for each value of a column of lists the row that it stands in."""
    found: np.ndarray = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    return found
