"""Solve y = s + y·A over holdings, component by component, in fractions.

Ownership of ownership is a linear system. A graph of companies falls into strongly connected components; each is
solved by itself, those above first, so that a chain of any length needs no recursion and no matrix of its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

Columns = Mapping[str, Mapping[str, Fraction]]
"""For each entity, what each of its holders holds of it."""

_EXACT = 24
"""Larger components are solved in floating point: fractions of their size cost more than they tell."""

_BITS = 1024
_GRAIN = 10**60


def components(columns: Columns) -> list[list[str]]:
    """Give the strongly connected components, holders before what they hold (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    names = sorted(columns.keys() | {holder for column in columns.values() for holder in column})
    for start in names:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        work = [(start, iter(sorted(columns.get(start, ()))))]
        while work:
            name, rest = work[-1]
            step = next(rest, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    group = [stack.pop()]
                    while group[-1] != name:
                        group.append(stack.pop())
                    on_stack.difference_update(group)
                    found.append(sorted(group))
            elif step not in index:
                index[step] = low[step] = len(index)
                stack.append(step)
                on_stack.add(step)
                work.append((step, iter(sorted(columns.get(step, ())))))
            elif step in on_stack:
                low[name] = min(low[name], index[step])
    return found


def solve(columns: Columns, seeds: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
    """Give y for every entity; None where the system has no single answer (a ring that owns itself entirely).

    An entity that no seed reaches gets zero, whatever its own ring looks like.
    """
    values: dict[str, Fraction | None] = {}
    for group in components(columns):
        inside = set(group)
        right: list[Fraction | None] = []
        for name in group:
            total: Fraction | None = seeds.get(name, Fraction(0))
            for holder, part in columns.get(name, {}).items():
                if holder in inside or not part:
                    continue
                above = values[holder]
                total = None if above is None or total is None else total + above * part
            right.append(total)
        values.update(zip(group, _within(columns, group, right), strict=True))
    return values


def _within(columns: Columns, group: list[str], right: list[Fraction | None]) -> list[Fraction | None]:
    known = [r for r in right if r is not None]
    if len(known) < len(right):
        return [None] * len(group)
    if len(group) == 1 and not columns.get(group[0], {}).get(group[0]):
        return [_short(known[0])]
    if not any(known):
        return [Fraction(0)] * len(group)
    found = _eliminate(columns, group, known) if len(group) <= _EXACT else _float(columns, group, known)
    return [None] * len(group) if found is None else [_short(v) for v in found]


def _short(value: Fraction) -> Fraction:
    """Keep long chains from growing figures without end; 60 digits are kept."""
    return value if value.denominator.bit_length() <= _BITS else Fraction(round(value * _GRAIN), _GRAIN)


def _rows(columns: Columns, group: list[str]) -> list[list[Fraction]]:
    one, none = Fraction(1), Fraction(0)
    return [
        [(one if a == b else none) - columns.get(b, {}).get(a, none) for a in group]
        for b in group
    ]  # fmt: skip


def _eliminate(columns: Columns, group: list[str], right: list[Fraction]) -> list[Fraction] | None:
    rows = [[*row, value] for row, value in zip(_rows(columns, group), right, strict=True)]
    size = len(rows)
    for col in range(size):
        pivot = next((r for r in range(col, size) if rows[r][col]), None)
        if pivot is None:
            return None
        rows[col], rows[pivot] = rows[pivot], rows[col]
        head = rows[col][col]
        rows[col] = [v / head for v in rows[col]]
        for r in range(size):
            if r != col and rows[r][col]:
                factor = rows[r][col]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[col], strict=True)]
    return [row[-1] for row in rows]


def _float(columns: Columns, group: list[str], right: list[Fraction]) -> list[Fraction] | None:
    if _closed(columns, group):
        return None
    place = {name: at for at, name in enumerate(group)}
    matrix = np.eye(len(group))
    for name in group:
        for holder, part in columns.get(name, {}).items():
            if holder in place:
                matrix[place[name], place[holder]] -= float(part)
    try:
        answer = np.linalg.solve(matrix, np.array([float(r) for r in right]))
    except np.linalg.LinAlgError:
        return None
    return [Fraction(float(v)) for v in answer] if np.isfinite(answer).all() else None


def is_singular(columns: Columns) -> bool:
    """Say whether (I − A) has no inverse: some ring of companies owns itself entirely."""
    for group in components(columns):
        if len(group) > 1 or columns.get(group[0], {}).get(group[0]):
            ones = [Fraction(1)] * len(group)
            if (_eliminate if len(group) <= _EXACT else _float)(columns, group, ones) is None:
                return True
    return False


def _closed(columns: Columns, group: Iterable[str]) -> bool:
    inside = set(group)
    return all(sum(p for h, p in columns.get(n, {}).items() if h in inside) == 1 for n in inside)
