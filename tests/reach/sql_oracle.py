"""A second formulation: section 4 of the design as set-based SQL over worlds × ties, for many graphs at once.

Written from the design, not from the kernel. Every step is a table that one can stop and look at. A *plane* is one
bound, reading and capability of one graph; a fixpoint is an INSERT that is repeated until it adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
from reach_cases import ALL, SURE, Case

from longarm.model.terms import WHOLE
from longarm.reach.hold import draws
from longarm.reach.worlds import _uniform

Row = tuple[int, str, str, str, str, str, str, int]
"""(graph, bound, reading, capability, part, what, level, world)"""


def rows(cases: Sequence[Case], count: int) -> set[Row]:
    """Give every world of every graph in which something meets."""
    db = duckdb.connect()
    db.execute("SET threads = 1")
    _load(db, cases, count)
    for step in _STEPS:
        db.execute(step)
    for name, seeds in _SEEDS:
        db.execute(f"INSERT INTO power SELECT DISTINCT g, b, r, c, '{name}', e, w FROM ({seeds})")
        if name in _CLOSED:
            _close(db, name)
    found = db.execute(_MEET).fetchall()
    return {(g, b, r, c, part, what, level, w) for g, b, r, c, part, what, level, w in found}


def _load(db: duckdb.DuckDBPyConnection, cases: Iterable[Case], count: int) -> None:
    graph, part, tie, said, u, needs, gives, guard, cut, able = ([] for _ in range(10))
    for g, case in enumerate(cases):
        graph.append((g, f"state:{case.state}", case.influence_from))
        part += [(g, p) for p in case.parts]
        for t in case.ties.values():
            tie.append((g, t.id, t.kind, t.holder, t.held, t.cls, t.opens, t.upper_only, t.at))
            needs += [(g, t.id, i, n) for i, alternative in enumerate(t.requires) for n in alternative]
            gives += [(g, t.id, c) for c in t.gives]
        for i, a in enumerate(case.assertions):
            sound, right = SURE.of_letter(a.letter), SURE.of_digit(a.digit)
            said.append((g, i, a.tie, a.origin, a.key, a.stance, a.certainty, sound, right, a.share_lo, a.share_hi))
        for s in case.safeguards:
            if s.state == "in force":
                guard.append((g, s.id, s.tie, f"works\x1f{s.id}", s.effectiveness))
                cut += [(g, s.id, t) for t in s.cuts]
                able += [(g, s.id, c) for c in s.capabilities]
        for key in sorted({k for k, _ in draws(case.frozen(), SURE)}):
            u += [(g, key, w, int(x) >> 1) for w, x in enumerate(_uniform(key, count))]
    _table(db, "graph", "g INT, node TEXT, influence_from BIGINT", graph)
    _table(db, "part", "g INT, part TEXT", part)
    _table(
        db,
        "tie",
        "g INT, tie TEXT, kind TEXT, holder TEXT, held TEXT, cls TEXT, opens TEXT, upper_only BOOL, spot TEXT",
        tie,
    )
    _table(
        db,
        "said",
        "g INT, a INT, tie TEXT, origin TEXT, key TEXT, stance TEXT, certainty TEXT, "
        "letter INT, digit INT, lo BIGINT, hi BIGINT",
        said,
    )
    _table(db, "needs", "g INT, tie TEXT, alternative INT, needed TEXT", needs)
    _table(db, "gives", "g INT, tie TEXT, c TEXT", gives)
    _table(db, "guard", "g INT, guard TEXT, tie TEXT, key TEXT, effectiveness INT", guard)
    _table(db, "cut", "g INT, guard TEXT, tie TEXT", cut)
    _table(db, "able", "g INT, guard TEXT, c TEXT", able)
    _table(db, "u", "g INT, key TEXT, w INT, x BIGINT", u)
    db.execute(f"CREATE TABLE world AS SELECT i::INT AS w FROM range({count}) t(i)")
    db.execute(f"CREATE TABLE capability AS SELECT unnest({list(ALL)!r}) AS c")
    db.execute(
        "CREATE TABLE bound AS "
        "SELECT * FROM (VALUES ('lower', 'upper'), ('graded', 'graded'), ('upper', 'lower')) t(b, turned)"
    )
    db.execute("CREATE TABLE reading AS SELECT unnest(['narrow', 'wide']) AS r")
    db.execute("CREATE TABLE level AS SELECT unnest(['control', 'compel', 'influence']) AS level")
    db.execute("CREATE TABLE power (g INT, b TEXT, r TEXT, c TEXT, s TEXT, e TEXT, w INT)")


def _table(db: duckdb.DuckDBPyConnection, name: str, columns: str, values: list[tuple[object, ...]]) -> None:
    import pyarrow as pa

    db.execute(f"CREATE TABLE {name} ({columns})")
    if values:
        names = [c.split()[0] for c in columns.split(", ")]
        batch = pa.table({n: [v[i] for v in values] for i, n in enumerate(names)})
        db.register("batch", batch)
        db.execute(f"INSERT INTO {name} SELECT * FROM batch")
        db.unregister("batch")


def _close(db: duckdb.DuckDBPyConnection, name: str) -> None:
    """Repeat: whoever is held by a majority of votes of the set, or directly controlled by one of it, joins it."""
    while True:
        before = db.execute("SELECT count(*) FROM power").fetchone()
        db.execute(_JOIN.replace("$set", name).replace("$enough", "cast_ > 0 AND 2 * cast_ > whole"))
        db.execute(f"""
            INSERT INTO power
            SELECT DISTINCT p.g, p.b, p.r, p.c, '{name}', t.held, p.w
            FROM power p JOIN true_ t USING (g, b, r, c, w)
            WHERE p.s = '{name}' AND t.kind = 'control' AND t.holder = p.e
            EXCEPT SELECT * FROM power""")
        if db.execute("SELECT count(*) FROM power").fetchone() == before:
            return


_BELOW = "({cut} IS NULL OR {cut} >= 1000 OR ({cut} > 0 AND {x} < (({cut}::HUGEINT << 63) // 1000)))"

_STEPS = (
    # In which worlds an assertion may be sound and right; all of them where it cannot be judged.
    f"""CREATE TABLE may AS
    SELECT s.*, w.w FROM said s CROSS JOIN world w
    LEFT JOIN u uo ON uo.g = s.g AND uo.key = s.origin AND uo.w = w.w
    LEFT JOIN u uk ON uk.g = s.g AND uk.key = s.key AND uk.w = w.w
    WHERE s.certainty IN ('unjudged', 'unreviewed')
       OR ({_BELOW.format(cut="s.letter", x="uo.x")} AND {_BELOW.format(cut="s.digit", x="uk.x")})""",
    # More origins for it than against it; a doubtful word counts for reach in the upper bound, against it in the lower.
    """CREATE TABLE balance AS
    SELECT g, b, tie, w, count(DISTINCT origin) FILTER (stance = 'asserted') AS pro,
           count(DISTINCT origin) FILTER (stance = 'denied') AS con
    FROM may CROSS JOIN bound
    WHERE certainty = 'graded' OR (stance = 'asserted' AND b = 'upper') OR (stance = 'denied' AND b = 'lower')
    GROUP BY ALL""",
    """CREATE TABLE holds AS
    SELECT t.g, b.b, t.tie, w.w FROM tie t CROSS JOIN bound b CROSS JOIN world w
    LEFT JOIN balance n ON n.g = t.g AND n.b = b.b AND n.tie = t.tie AND n.w = w.w
    WHERE (NOT t.upper_only OR b.b = 'upper')
      AND (n.pro > n.con OR NOT EXISTS (FROM said s WHERE s.g = t.g AND s.tie = t.tie))""",
    # A safeguard takes its ties away; where it is in doubt, the bounds take it the other way round.
    f"""CREATE TABLE gone AS
    SELECT DISTINCT q.g, b.b, able.c, cut.tie, h.w
    FROM guard q CROSS JOIN bound b JOIN holds h ON h.g = q.g AND h.b = b.turned AND h.tie = q.tie
    JOIN able ON able.g = q.g AND able.guard = q.guard JOIN cut ON cut.g = q.g AND cut.guard = q.guard
    LEFT JOIN u ON u.g = q.g AND u.key = q.key AND u.w = h.w
    WHERE {_BELOW.format(cut="q.effectiveness", x="u.x")}""",
    """CREATE TABLE standing AS
    SELECT t.g, h.b, r.r, c.c, t.tie, t.kind, t.holder, t.held, t.cls, t.spot, h.w
    FROM holds h JOIN tie t USING (g, tie) CROSS JOIN reading r CROSS JOIN capability c
    WHERE (t.opens = 'narrow' OR r.r = 'wide')
      AND NOT EXISTS (FROM gone x WHERE x.g = h.g AND x.b = h.b AND x.c = c.c AND x.tie = h.tie AND x.w = h.w)""",
    # A tie that rests on others holds where all of one alternative stands.
    """CREATE TABLE true_ AS
    SELECT s.* FROM standing s WHERE NOT EXISTS (FROM needs n WHERE n.g = s.g AND n.tie = s.tie)
    UNION ALL
    SELECT s.* FROM standing s JOIN (
        SELECT DISTINCT g, tie, b, r, c, w FROM (
            SELECT n.g, n.tie, n.alternative, x.b, x.r, x.c, x.w, count(DISTINCT n.needed) AS met
            FROM needs n JOIN standing x ON x.g = n.g AND x.tie = n.needed GROUP BY ALL
        ) JOIN (SELECT g, tie, alternative, count(DISTINCT needed) AS asked FROM needs GROUP BY ALL)
        USING (g, tie, alternative) WHERE met = asked
    ) USING (g, tie, b, r, c, w)""",
    # The share of an interest: of those that hold the smaller, in the upper bound the larger. One that nobody gives is
    # 0, in the upper bound all; a doubtful figure lowers the lower bound, but never stands in for a judged one.
    f"""CREATE TABLE figure AS
    SELECT t.g, b.b, t.tie, w.w,
        CASE b.b
        WHEN 'graded' THEN coalesce(min(m.lo) FILTER (m.certainty = 'graded'), 0)
        WHEN 'upper' THEN coalesce(max(m.hi), {WHOLE})
        ELSE CASE WHEN any_value(hg.tie) IS NOT NULL AND count(m.lo) FILTER (m.certainty = 'graded') = 0 THEN 0
             ELSE coalesce(min(m.lo), 0) END
        END AS share
    FROM tie t CROSS JOIN bound b CROSS JOIN world w
    LEFT JOIN may m ON m.g = t.g AND m.tie = t.tie AND m.w = w.w AND m.stance = 'asserted' AND m.lo IS NOT NULL
    LEFT JOIN holds hg ON hg.g = t.g AND hg.b = 'graded' AND hg.tie = t.tie AND hg.w = w.w
    WHERE t.kind = 'interest' GROUP BY t.g, b.b, t.tie, w.w""",
    # By voting and by owning, in doubt the least or the most of what may be so. Votes that a safeguard takes are none.
    """CREATE TABLE option AS
    SELECT s.g, s.b, s.r, s.c, s.w, s.holder, s.held, f.share, 'shares' AS cls
    FROM true_ s JOIN figure f USING (g, b, tie, w) WHERE s.kind = 'interest' AND s.cls = 'shares'
    UNION ALL
    SELECT t.g, b.b, r.r, c.c, w.w, t.holder, t.held, CASE WHEN x.tie IS NULL THEN f.share ELSE 0 END,
        CASE WHEN sure.tie IS NOT NULL AND may.tie IS NOT NULL THEN 'votes'
             WHEN b.b = 'graded' THEN CASE WHEN own.tie IS NOT NULL THEN 'votes' END
             WHEN may.tie IS NOT NULL THEN 'votes in doubt' END
    FROM tie t CROSS JOIN bound b CROSS JOIN reading r CROSS JOIN capability c CROSS JOIN world w
    JOIN figure f ON f.g = t.g AND f.b = b.b AND f.tie = t.tie AND f.w = w.w
    LEFT JOIN holds sure ON sure.g = t.g AND sure.b = 'lower' AND sure.tie = t.tie AND sure.w = w.w
    LEFT JOIN holds may ON may.g = t.g AND may.b = 'upper' AND may.tie = t.tie AND may.w = w.w
    LEFT JOIN holds own ON own.g = t.g AND own.b = 'graded' AND own.tie = t.tie AND own.w = w.w
    LEFT JOIN gone x ON x.g = t.g AND x.b = b.b AND x.c = c.c AND x.tie = t.tie AND x.w = w.w
    WHERE t.kind = 'interest' AND t.cls = 'votes'""",
    """CREATE TABLE stake AS
    SELECT g, b, r, c, w, holder, held,
        CASE WHEN count(*) FILTER (cls = 'votes') > 0 THEN max(share) FILTER (cls = 'votes')
             WHEN count(*) FILTER (cls = 'votes in doubt') = 0 THEN coalesce(max(share) FILTER (cls = 'shares'), 0)
             WHEN b = 'upper' THEN max(share)
             WHEN count(*) FILTER (cls = 'shares') = 0 THEN 0
             ELSE min(share) END AS votes
    FROM option WHERE cls IS NOT NULL GROUP BY g, b, r, c, w, holder, held""",
    # Votes that count for nobody: as few or as many as gives least or most, by whether the holder is one of the set.
    """CREATE TABLE silent AS
    SELECT t.g, b.b, r.r, c.c, w.w, t.holder, t.held,
        CASE WHEN ho.tie IS NULL THEN 0 ELSE fo.share END AS outside,
        CASE WHEN hi.tie IS NULL THEN 0 ELSE fi.share END AS inside
    FROM tie t CROSS JOIN bound b CROSS JOIN reading r CROSS JOIN capability c CROSS JOIN world w
    LEFT JOIN holds ho ON ho.g = t.g AND ho.b = b.b AND ho.tie = t.tie AND ho.w = w.w
    LEFT JOIN figure fo ON fo.g = t.g AND fo.b = b.b AND fo.tie = t.tie AND fo.w = w.w
    LEFT JOIN holds hi ON hi.g = t.g AND hi.b = b.turned AND hi.tie = t.tie AND hi.w = w.w
    LEFT JOIN figure fi ON fi.g = t.g AND fi.b = b.turned AND fi.tie = t.tie AND fi.w = w.w
    WHERE t.kind = 'interest' AND t.cls = 'suspended'
      AND NOT EXISTS (FROM gone x WHERE x.g = t.g AND x.b = b.b AND x.c = c.c AND x.tie = t.tie AND x.w = w.w)""",
    f"""CREATE TABLE vote AS
    SELECT s.*, CASE WHEN s.holder = s.held THEN s.votes ELSE least(s.votes, coalesce(q.outside, 0)) END AS outside,
           CASE WHEN s.holder = s.held THEN s.votes ELSE least(s.votes, coalesce(q.inside, 0)) END AS inside
    FROM stake s LEFT JOIN silent q USING (g, b, r, c, w, holder, held) WHERE s.votes > 0 AND s.votes <= {WHOLE}""",
    # What each of the state's ties gives for a capability; no list of capabilities gives all.
    """CREATE TABLE of_state AS
    SELECT t.*, t.held AS e FROM true_ t JOIN graph USING (g)
    WHERE t.holder = node AND (NOT EXISTS (FROM gives v WHERE v.g = t.g AND v.tie = t.tie)
       OR EXISTS (FROM gives v WHERE v.g = t.g AND v.tie = t.tie AND v.c = t.c))""",
    # Means: by an access that gives it, passed down by what processes, and for stop by what contains.
    """CREATE TABLE means AS
    WITH RECURSIVE down(g, b, r, c, w, e, part) AS (
        SELECT t.g, t.b, t.r, t.c, t.w, t.holder, t.held FROM true_ t JOIN gives v USING (g, tie, c)
        WHERE t.kind = 'access'
        UNION
        SELECT d.g, d.b, d.r, d.c, d.w, d.e, t.held FROM down d JOIN true_ t USING (g, b, r, c, w)
        WHERE t.holder = d.part AND (t.kind = 'processes' OR (t.kind = 'contains' AND t.c = 'stop'))
    ) SELECT * FROM down""",
)

_JOIN = """
    INSERT INTO power
    SELECT g, b, r, c, '$set', held, w FROM (
        SELECT v.g, v.b, v.r, v.c, v.w, v.held,
            sum(CASE WHEN p.e IS NULL THEN 0 ELSE v.votes - v.inside END)::HUGEINT AS cast_,
            1000000000 - sum(CASE WHEN p.e IS NULL THEN v.outside ELSE v.inside END)::HUGEINT AS whole
        FROM vote v LEFT JOIN power p
          ON p.g = v.g AND p.b = v.b AND p.r = v.r AND p.c = v.c AND p.w = v.w AND p.e = v.holder AND p.s = '$from'
        GROUP BY ALL
    ) JOIN graph USING (g) WHERE $enough
    EXCEPT SELECT * FROM power""".replace("'$from'", "'$set'")

_MINORITY = (
    _JOIN.replace("INSERT INTO power", "")
    .replace("EXCEPT SELECT * FROM power", "")
    .replace("p.s = '$set'", "p.s = 'parents'")
    .replace("SELECT g, b, r, c, '$set', held, w FROM", "SELECT g, b, r, c, held AS e, w FROM")
    .replace("$enough", "c = 'shape' AND cast_ > 0 AND cast_ * 1000000000 >= influence_from * whole")
)


def _kind(*kinds: str) -> str:
    return f"SELECT g, b, r, c, e, w FROM of_state WHERE kind IN ({', '.join(repr(k) for k in kinds)})"


def _set(*names: str) -> str:
    return f"SELECT g, b, r, c, e, w FROM power WHERE s IN ({', '.join(repr(n) for n in names)})"


_SEEDS = (
    ("control", _kind("organ")),
    ("bound", f"{_set('control')} UNION {_kind('duty')}"),
    ("parents", f"{_set('control')} UNION {_kind('duty-parent')}"),
    (
        "employers",
        """SELECT a.g, a.b, a.r, a.c, a.e, a.w FROM of_state a JOIN of_state z USING (g, b, r, c, w, e, cls)
        WHERE a.kind = 'duty-parent' AND z.kind = 'duty-staff'""",
    ),
    (
        "staff",
        f"""SELECT t.g, t.b, t.r, t.c, t.held AS e, t.w FROM true_ t JOIN (
            {_set("employers")}
            UNION SELECT a.g, a.b, a.r, a.c, a.e, a.w FROM ({_kind("duty-staff")}) a
                  JOIN power p USING (g, b, r, c, e, w) WHERE p.s = 'bound'
        ) x ON x.g = t.g AND x.b = t.b AND x.r = t.r AND x.c = t.c AND x.w = t.w AND x.e = t.holder
        WHERE t.kind = 'staff'""",
    ),
    ("compel", _set("bound", "parents", "staff")),
    (
        "hop",
        f"""{_set("parents")} UNION {_MINORITY} UNION
        SELECT t.g, t.b, t.r, t.c, t.held, t.w FROM true_ t JOIN gives v USING (g, tie, c) JOIN power p
          ON p.g = t.g AND p.b = t.b AND p.r = t.r AND p.c = t.c AND p.w = t.w AND p.e = t.holder
        WHERE t.kind = 'influence'
          AND p.s = CASE WHEN t.cls IN ('sole supplier', 'creditor') THEN 'compel' ELSE 'parents' END""",
    ),
    ("influence", _set("compel", "hop")),
    ("home", _kind("organ", "registered", "seated")),
    ("owned by control", _set("control")),
    ("owned by compel", _set("compel")),
    ("owned by influence", _set("influence")),
)
_CLOSED = {
    "control",
    "parents",
    "employers",
    "hop",
    "home",
    "owned by control",
    "owned by compel",
    "owned by influence",
}

_MEET = """
    WITH at_part AS (SELECT g, b, r, c, w, e, spot AS part FROM of_state WHERE kind = 'duty-at'),
    over AS (
        SELECT p.g, p.b, p.r, p.c, p.w, p.e, part.part, level FROM power p JOIN level ON s = level JOIN part USING (g)
        UNION SELECT g, b, r, c, w, e, part, level FROM at_part CROSS JOIN level WHERE level <> 'control'
    ),
    j AS (SELECT g, b, r, c, part, level, w FROM over JOIN means USING (g, b, r, c, w, e, part)),
    tied AS (
        SELECT p.g, p.b, p.r, p.c, p.w, p.e, part.part FROM power p JOIN part USING (g) WHERE p.s = 'home'
        UNION SELECT o.g, o.b, r2.r, c2.c, o.w, o.e, o.part FROM over o CROSS JOIN reading r2 CROSS JOIN capability c2
              WHERE o.r = 'wide' AND o.level = 'influence'
    ),
    access AS (SELECT g, b, r, c, w, holder AS e, held AS part FROM true_ WHERE kind = 'access'),
    l AS (
        SELECT g, b, r, c, part, level, w FROM over JOIN access USING (g, b, r, c, w, e, part)
        UNION SELECT p.g, p.b, p.r, p.c, a.part, level, p.w FROM power p JOIN level ON p.s = 'owned by ' || level
              JOIN access a ON a.g = p.g AND a.b = p.b AND a.r = p.r AND a.c = p.c AND a.w = p.w AND a.e = p.e
    ),
    met AS (
        SELECT g, b, r, c, part, 'joint' AS what, level, w FROM j
        UNION SELECT g, b, r, c, part, 'power', level, w FROM j
        UNION SELECT g, b, r, c, part, 'power', level, w FROM l
        UNION SELECT g, b, r, c, part, 'means', '', w FROM j WHERE level = 'influence'
        UNION SELECT g, b, r, c, part, 'means', '', w FROM tied JOIN means USING (g, b, r, c, w, e, part)
    )
    SELECT g, b, r, c, part, what, level, w FROM met SEMI JOIN part USING (g, part)"""
