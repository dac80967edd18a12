"""However an answer is come by, it is that of a plain search through every row, one by one."""

import datetime
import random
from collections import Counter

import pytest
from django.db import connection

from concerted.access.models import Audience
from concerted.actions.public import UNFINISHED
from concerted.kernel.clock import today
from concerted.people.public import bodies_visible_to, everything_open
from concerted.search import asking, queries
from concerted.search.models import Circle, Row
from concerted.search.states import GROUP_OF, GROUPS, Group, Kind

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

WORDS = ("vans", "lighting", "canal", "grant", "burglary", "buses")
# In 400 rows the first stands on most, each later one on fewer, the last on hardly any.
WEIGHTS = (40, 15, 8, 4, 2, 1)
ASKED = (
    *("vans", "lighting", "canal grant", "buses", "nightjar", '"vans lighting"', "canal -vans"),
    *("burglary OR buses", "-vans", "is:open", "is:overdue", "decision:agreed", "kind:minutes"),
    *("vans kind:actions", "vans body:smb", "lighting kind:decisions body:fab", "vans is:open"),
    *("after:2026-03-01 vans", "before:2026-02-01", "lighting decision:any", "kind:papers grant"),
)
READERS = ("dilys", "tobias", "agnes", "nell")
# Most that is counted, rows in a sample, rows gone through: so that each way is gone.
WAYS = {
    "all at once": (1_000, 2_000, 30_000),
    "from the newest on": (20, 30, 10_000),
    "from the newest on, not far enough": (60, 10, 80),
    "by the index of words": (30, 30, 30),
}


@pytest.fixture
def rows(cast):
    """Rows of random words, in circles of audiences that the readers are on, in part or not."""
    chance = random.Random(11)
    away = [Audience.objects.create(kind="listed").pk for _ in range(3)]
    with everything_open():
        bodies = [cast.bodies[name] for name in ("board", "area", "silver")]
        open_ = [one.papers_audience_id for one in bodies] + [one.audience_id for one in bodies]
        circles = [
            Circle.objects.create(audiences=sorted({chance.choice(open_), chance.choice(more)}))
            for more in [open_] * 6 + [[*open_, *away]] * 6 + [away] * 3
        ]
        circles.append(Circle.objects.create(audiences=circles[0].audiences))  # made twice at once
        made = [_row(chance, number, bodies, circles) for number in range(400)]
        return Row.objects.bulk_create(made)


def _row(chance, number, bodies, circles):
    kind = chance.choice(list(Kind))
    circle = chance.choice(circles)
    states = {"actions": [*UNFINISHED, "done"], "decisions": ["agreed", "noted"]}
    return Row(
        kind=kind,
        source_id=10_000 + number,
        root="item",
        root_id=10_000 + number,
        body_id=chance.choice(bodies).pk,
        day=datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randrange(120)),
        states=[chance.choice(states.get(GROUP_OF[kind], ["draft"]))],
        due=chance.choice([None, today(), today() - datetime.timedelta(days=1)]),
        title=chance.choices(WORDS, WEIGHTS)[0],
        words=" ".join(chance.choices(WORDS, WEIGHTS, k=chance.randint(0, 4))),
        page_key=f"p{number}",
        source_key=f"s{number}",
        circle=circle,
        audience_id=chance.choice(circle.audiences),
    )


def plain(actor, typed, most):
    """Ids in order, whether more fit, and the counts by kind and body, from every row there is."""
    asked = asking.read(typed)
    wanted = queries.understood(asked, list(bodies_visible_to(actor)))
    with everything_open(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, kind, source_id, body_id, day, states, due, audiences, audience_id, "
            "coalesce(found_by @@ query, true), coalesce(ts_rank(found_by, query), 0)::float8 "
            "* (1 + 0.2 / (1 + greatest(0, %s - day) / 365.0)) "
            "FROM search_row r JOIN search_circle c ON c.id = circle_id, "
            "to_tsquery('search_words', %s) query",
            [today(), queries.as_query(asked) or None],
        )
        every = cursor.fetchall()
    seen = set(actor.audience_ids)
    fits = [
        (rank, day, kind, source, pk, body)
        for pk, kind, source, body, day, states, due, circle, own, found, rank in every
        if found
        and seen >= {*circle, own}
        and (wanted.states is None or set(states) & set(wanted.states))
        and (wanted.due_before is None or (due and due < wanted.due_before))
        and (asked.after is None or day >= asked.after)
        and (asked.before is None or day < asked.before)
        and (not asked.stands or kind in GROUPS[Group.ACTIONS])
        and (not asked.decision or kind in GROUPS[Group.DECISIONS])
    ]
    chosen = [
        one
        for one in fits
        if (wanted.kinds is None or one[2] in wanted.kinds)
        and (wanted.bodies is None or one[5] in wanted.bodies)
    ]
    counted = _newest(fits, most)
    return (
        [one[4] for one in sorted(_newest(chosen, most), reverse=True)],
        len(chosen) > most,
        Counter(GROUP_OF[one[2]] for one in counted),
        Counter(one[5] for one in counted),
    )


def _newest(fits, most):
    return sorted(fits, key=lambda one: one[1:4], reverse=True)[:most]


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("way", WAYS)
def test_what_is_found_and_counted_is_what_a_plain_search_finds(cast, rows, way, who, monkeypatch):
    for name, value in zip(("MOST", "SAMPLE", "AHEAD"), WAYS[way], strict=True):
        monkeypatch.setattr(queries, name, value)
    told = 0
    with cast.acting(who) as actor:
        for typed in ASKED:
            found = queries.look(actor, asking.read(typed))
            ids, cut, kinds, bodies = plain(actor, typed, queries.MOST)
            named = Counter()
            for pk, count in bodies.items():
                if pk in found.by_id:
                    named[found.by_id[pk].name] += count

            assert list(found.ids) == ids, typed
            assert found.cut == cut, typed
            assert {one.value: one.count for one in found.kinds} == kinds, typed
            assert {one.value: one.count for one in found.bodies} == named, typed
            told += len(ids)
    assert (told > 100) == (who != "nell")


def test_a_row_whose_circle_is_seen_in_part_is_nowhere_in_the_answer(cast, rows):
    with cast.acting("tobias") as tobias:
        found = queries.look(tobias, asking.read("vans"))
        seen = set(tobias.audience_ids)
        with everything_open():
            half = [one for one in rows if 0 < len(seen & {*one.circle.audiences}) < 2]
            half = [one.pk for one in half if not seen >= {*one.circle.audiences}]

    assert len(half) > 20
    assert not {*half} & {*found.ids}
