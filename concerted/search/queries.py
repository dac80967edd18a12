"""What a reader finds. What they may see is part of the question that picks, orders and counts."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet
from django.utils.text import slugify

from concerted.access.actor import Actor
from concerted.access.prepared import Among, Given, Prepared, instances
from concerted.actions.public import UNFINISHED
from concerted.kernel.clock import today
from concerted.meetings.public import Outcome
from concerted.people.public import BY_NAME, Body
from concerted.search.asking import Asked, Term, with_filters
from concerted.search.models import Row
from concerted.search.states import GROUP_OF, GROUPS, Group, Stands

MOST = 1_000  # of more that fit, the newest are ordered and counted
SAMPLE, AHEAD = 2_000, 30_000  # newest things: see search_found in migrations/index.sql
LOOKED_THROUGH = 200  # newest things in which words are looked for that are alike
WORDS_MENDED = 6
FOUND = """
SELECT id, kind, body_id, more
FROM search_found(to_tsquery('search_words', %s), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
MENDED = """
SELECT word, CASE WHEN NOT EXISTS (
    SELECT FROM search_found(to_tsquery('search_words', quote_literal(word)),
                             NULL, NULL, NULL, NULL, NULL, NULL, %(day)s, 1, %(sample)s, %(ahead)s)
) THEN (SELECT alike FROM search_alike(word, %(most)s, %(sample)s, %(ahead)s)) END
FROM unnest(%(words)s::text[]) word
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters, understood: kinds and bodies by what the index calls them, None for any."""

    kinds: tuple[str, ...] | None = None
    bodies: tuple[int, ...] | None = None
    states: tuple[str, ...] | None = None
    due_before: datetime.date | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind or body among what fits, how many there are, and the text that asks for it alone."""

    text: str
    value: str
    count: int
    asked: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What fits: ids in order, and counts. `cut` says that more than MOST fit."""

    ids: tuple[int, ...] = ()
    cut: bool = False
    kinds: tuple[Facet, ...] = ()
    bodies: tuple[Facet, ...] = ()
    faults: tuple[str, ...] = ()
    # Bodies by id, as far as the reader may see them.
    by_id: dict[int, Body] = field(default_factory=dict)


class Holds(Func):
    """Whether all that an array column holds is among the values given under a name."""

    template = "%(expressions)s::bigint[]"
    arg_joiner = " <@ "

    def __init__(self, column: str, name: str) -> None:
        super().__init__(F(column), Given(name), output_field=BooleanField())


READ = tuple(one.attname for one in Row._meta.concrete_fields if one.attname != "found_by")
ROWS = Prepared(
    lambda row: Row.from_db(connection.alias, READ, row),
    lambda: Row.objects.filter(
        Among("id", "ids"), Holds("circle__audiences", "audiences")
    ).values_list(*READ),
)
BODIES = Prepared(
    instances(Body),
    lambda: Body.objects.filter(Among("audience_id", "audiences")).order_by(BY_NAME, "id"),
)


def visible_to(actor: Actor) -> QuerySet[Row]:
    """Rows of the index that the actor may see: themselves, and all that they stand in."""
    return Row.objects.filter(circle__audiences__contained_by=list(actor.audience_ids))


def look(actor: Actor, query: Asked) -> Found:
    """What fits, the best first: a title before a text, newer slightly before older."""
    bodies = BODIES.ask(audiences=actor.audience_ids)
    wanted = understood(query, bodies)
    by_id = {one.pk: one for one in bodies}
    if query.empty or wanted.kinds == ():
        return Found(faults=wanted.faults, by_id=by_id)
    any_kind = _found(query, replace(wanted, kinds=_needed(query), bodies=None))
    fits = any_kind
    if wanted.bodies is not None or query.kind:
        # Counts are of everything, so that a choice never hides the others.
        fits = [one for one in any_kind if _is_of(one, wanted)]
        if _cut(any_kind):
            fits = _found(query, wanted)
    return Found(
        ids=tuple(one[0] for one in fits),
        cut=_cut(fits),
        kinds=_kinds(query, [one[1] for one in any_kind]),
        bodies=_bodies(query, wanted, by_id, [one[2] for one in any_kind]),
        faults=wanted.faults,
        by_id=by_id,
    )


def shown(actor: Actor, row_ids: Sequence[int]) -> list[Row]:
    """The rows with these ids, in their order."""
    read = ROWS.ask(ids=tuple(row_ids), audiences=actor.audience_ids)
    rows = {one.pk: one for one in read}
    return [rows[one] for one in row_ids if one in rows]


def mended(asked: Asked) -> str:
    """The same words with likely ones where nothing is found, or nothing."""
    single = [
        term.words[0]
        for group in asked.wanted
        for term in group
        if len(term.words) == 1 and not term.quoted
    ]
    if not single:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            MENDED,
            {
                "day": today(),
                "most": LOOKED_THROUGH,
                "words": single[:WORDS_MENDED],
                "sample": SAMPLE,
                "ahead": AHEAD,
            },
        )
        better = {word: alike for word, alike in cursor.fetchall() if alike}
    words = [better.get(one.lower(), one) for one in asked.typed.split()]
    return " ".join(words) if better and words != asked.typed.split() else ""


def understood(asked: Asked, bodies: Sequence[Body]) -> Wanted:
    """The filters in words of the index; of what is not known a sentence says so."""
    faults: list[str] = []
    kinds = _values(asked.kind, faults, "kind", {one: one for one in GROUPS}, _groups_called)
    stands = _values(asked.stands, faults, "is", {one: one for one in Stands}, _same)
    codes = _values(
        asked.decision, faults, "decision", {one: one for one in Outcome}, _codes_called
    )
    named: list[int] = []
    for value in asked.body:
        fit = [one.pk for one in bodies if value in names_of(one)]
        if not fit:
            faults.append(f"You see no body called “{value}”. The filter was left out.")
        named += fit
    wanted = [kind for group in kinds for kind in GROUPS[group]] or None
    needed = _needed(asked) if stands or codes else None
    if needed is not None:
        wanted = [one for one in wanted or needed if one in needed]
        if not wanted:
            faults.append("Actions are open or done, decisions have outcomes: nothing fits both.")
    return Wanted(
        kinds=tuple(wanted) if wanted is not None else None,
        bodies=tuple(named) or None,
        states=_states(stands, codes),
        due_before=today() if stands == [Stands.OVERDUE] else None,
        faults=tuple(faults),
    )


def _needed(asked: Asked) -> tuple[str, ...] | None:
    """The kinds that filters other than `kind:` leave."""
    left = None
    if asked.stands:
        left = GROUPS[Group.ACTIONS]
    if asked.decision:
        left = () if left else GROUPS[Group.DECISIONS]
    return left


def _states(stands: list[str], codes: list[str]) -> tuple[str, ...] | None:
    states = [
        state
        for one in stands
        for state in (UNFINISHED if one in (Stands.OPEN, Stands.OVERDUE) else [one])
    ]
    return tuple(sorted({*states, *codes})) or None


def _values(
    typed: Iterable[str], faults: list[str], name: str, known: dict[str, str], called: Any
) -> list[str]:
    found = []
    for value in typed:
        fit = called(value, known)
        if not fit:
            faults.append(
                f"{name}: is followed by one of {', '.join(_typed(one) for one in known)}. "
                f"“{value}” was left out."
            )
        found += fit
    return found


def _same(value: str, known: dict[str, str]) -> list[str]:
    return [known[value]] if value in known else []


def _groups_called(value: str, known: dict[str, str]) -> list[str]:
    """One or many: `decision` and `decisions`."""
    return [one for one in known if value in (one, one.removesuffix("s"))]


def _codes_called(value: str, known: dict[str, str]) -> list[str]:
    if value == "any":
        return list(known)
    return [one for one in known if value in (one, _typed(one), str(Outcome(one).label).lower())]


def _typed(value: str) -> str:
    return str(value).replace("_", "-")


def names_of(body: Body) -> set[str]:
    return {
        body.name.lower(),
        " ".join(body.name.lower().replace('"', " ").split()),
        body.short_name.lower(),
        slugify(body.name),
    } - {""}


def _cut(found: list[tuple[int, str, int, bool]]) -> bool:
    return bool(found) and found[0][3]


def _is_of(found: tuple[int, str, int, bool], wanted: Wanted) -> bool:
    _, kind, body, _ = found
    return (wanted.kinds is None or kind in wanted.kinds) and (
        wanted.bodies is None or body in wanted.bodies
    )


def _found(asked: Asked, wanted: Wanted) -> list[tuple[int, str, int, bool]]:
    words = as_query(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            FOUND,
            [
                words or None,
                [str(one) for one in wanted.kinds] if wanted.kinds is not None else None,
                list(wanted.bodies) if wanted.bodies is not None else None,
                [str(one) for one in wanted.states] if wanted.states is not None else None,
                wanted.due_before,
                asked.after,
                asked.before,
                today(),
                MOST,
                SAMPLE,
                AHEAD,
            ],
        )
        return list(cursor.fetchall())


def as_query(asked: Asked) -> str:
    """The words as PostgreSQL takes them; they hold letters and digits alone, so none is a sign."""
    groups = [f"({' | '.join(_in_a_row(one) for one in group)})" for group in asked.wanted]
    return " & ".join([*groups, *(f"!({_in_a_row(one)})" for one in asked.without)])


def _in_a_row(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(words)})"


def _kinds(asked: Asked, kinds: Iterable[str]) -> tuple[Facet, ...]:
    counted = Counter(GROUP_OF[kind] for kind in kinds)
    chosen = {one for value in asked.kind for one in _groups_called(value, {g: g for g in GROUPS})}
    return tuple(
        Facet(str(label), value, counted[value], _also(asked, kind=value), value in chosen)
        for value, label in Group.choices
        if counted[value]
    )


def _bodies(
    asked: Asked, wanted: Wanted, by_id: dict[int, Body], found: Iterable[int]
) -> tuple[Facet, ...]:
    """Bodies of one name are counted together: the filter asks for the name."""
    counted = Counter(by_id[key].name for key in found if key in by_id)
    chosen = {by_id[key].name for key in wanted.bodies or ()}
    return tuple(
        Facet(name, name, count, _also(asked, body=name), name in chosen)
        for name, count in sorted(counted.items(), key=lambda one: one[0].lower())
    )


def filters_of(asked: Asked) -> list[tuple[str, str]]:
    """The filters as (name, value), as they are typed."""
    values = {
        "body": asked.body,
        "kind": asked.kind,
        "is": asked.stands,
        "decision": asked.decision,
        "after": (asked.after.isoformat(),) if asked.after else (),
        "before": (asked.before.isoformat(),) if asked.before else (),
    }
    return [(name, value) for name, said in values.items() for value in said]


def _also(asked: Asked, **only: str) -> str:
    """What was asked, with this value alone in one filter."""
    others = [(name, value) for name, value in filters_of(asked) if name not in only]
    return with_filters(asked.typed, [*others, *only.items()])
