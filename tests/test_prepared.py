"""Questions whose SQL is made once: the same answers as the queryset, told anew each time."""

import re

import pytest
from django.db import connection, transaction
from django.db.models import DateField, Q
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from concerted.access.models import Audience
from concerted.access.prepared import Among, Given, Prepared, instances
from concerted.kernel.clock import today
from concerted.meetings.models import Item
from concerted.people.models import Appointment, Seat
from concerted.people.public import on


@pytest.fixture
def inside(cast):
    """The wall, open to what the secretary sees."""
    with cast.acting("dilys"):
        yield


@pytest.fixture
def counted():
    """A question that counts how often its queryset is built."""
    built = []

    def build():
        built.append(1)
        return Audience.objects.filter(Among("id", "ids")).order_by("id").values_list("id")

    return Prepared(lambda row: row[0], build), built


def test_the_answer_is_that_of_the_queryset(inside):
    plain = list(
        Seat.objects.filter(on(today()), role="chair")
        .order_by("id")
        .values_list("id", "body__name")
    )
    seats = Prepared(
        tuple,
        lambda: (
            Seat.objects.filter(on(Given("day", DateField())), Q(role=Given("role")))
            .order_by("id")
            .values_list("id", "body__name")
        ),
    )

    assert plain
    assert seats.ask(day=today(), role="chair") == plain


def test_the_queryset_is_built_once_and_told_new_values_each_time(inside, counted):
    question, built = counted
    first, second, *_ = Audience.objects.order_by("id").values_list("id", flat=True)

    assert question.ask(ids=(first,)) == [first]
    assert question.ask(ids=[first, second]) == [first, second]
    assert question.ask(ids=()) == []
    assert len(built) == 1


def test_the_sql_is_the_same_however_many_values(inside, counted):
    question, _ = counted
    with CaptureQueriesContext(connection) as captured:
        question.ask(ids=(1,))
        question.ask(ids=tuple(range(1, 900)))

    assert len(captured) == 2
    assert len({one["sql"].split("ANY")[0] for one in captured.captured_queries}) == 1


def plans_kept(question):
    """How many plans PostgreSQL keeps of a question on this connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement = %s",
            [re.sub("%s", "$1", question._made[0])],
        )
        return cursor.fetchone()[0]


def test_a_name_asked_twice_is_sent_once(inside):
    question = Prepared(
        lambda row: row[0],
        lambda: Seat.objects.filter(
            Q(Among("id", "seats")) | Q(Among("id", "seats")), capacity__contains="%"
        ).values_list("id"),
    )
    with CaptureQueriesContext(connection) as queries:
        question.ask(seats=[1, 2])

    [query] = queries.captured_queries
    assert query["sql"].count("$1") == 2
    assert "$3" not in query["sql"]


def test_postgresql_keeps_one_plan_however_often_it_is_asked(inside, counted):
    question, _ = counted

    for ids in ((1,), (2, 3), (4,)):
        question.ask(ids=ids)

    assert plans_kept(question) == 1


def test_after_something_was_undone_it_is_answered_all_the_same(inside, counted):
    question, _ = counted
    first = Audience.objects.order_by("id").values_list("id", flat=True)[0]
    assert question.ask(ids=(first,)) == [first]

    with transaction.atomic():
        question.ask(ids=(first,))
        transaction.set_rollback(True)

    assert question.ask(ids=(first,)) == [first]


def test_a_value_that_looks_like_sql_is_only_a_value(inside):
    roles = Prepared(
        tuple, lambda: Seat.objects.filter(role=Given("role")).values_list("id").order_by("id")
    )

    assert roles.ask(role="chair' OR 'a' = 'a") == []
    assert roles.ask(role="%s") == []


def test_a_value_that_was_not_told_is_an_error(inside, counted):
    question, _ = counted
    with pytest.raises(KeyError, match="ids"):
        question.ask()


def test_whole_rows_are_as_the_model_makes_them(inside):
    whole = Prepared(instances(Seat), lambda: Seat.objects.filter(id=Given("id")))
    seat = Seat.objects.order_by("id")[0]

    [found] = whole.ask(id=seat.pk)

    assert found == seat
    assert vars(found).keys() == vars(seat).keys()
    assert found.body == seat.body


def test_whole_rows_come_with_the_rows_they_point_at(inside):
    joined = Prepared(
        instances(Appointment, "person", "post"),
        lambda: Appointment.objects.filter(id=Given("id")).select_related("person", "post"),
    )
    plain = Appointment.objects.select_related("person", "post").order_by("id")[0]

    with CaptureQueriesContext(connection) as captured:
        [found] = joined.ask(id=plain.pk)
        others = (found.person, found.post)

    assert len(captured) == 1
    assert (found, *others) == (plain, plain.person, plain.post)
    assert vars(found.post).keys() == vars(plain.post).keys()


def test_no_row_is_a_page_that_does_not_exist(inside):
    seats = Prepared(instances(Seat), lambda: Seat.objects.filter(id=Given("id")))
    seat = Seat.objects.order_by("id")[0]

    assert seats.one_or_404(id=seat.pk) == seat
    with pytest.raises(Http404):
        seats.one_or_404(id=-1)


def test_values_come_in_the_types_of_their_fields():
    """What the database keeps as JSON comes as a list."""
    items = Prepared(tuple, lambda: Item.objects.values_list("sub_items"))

    compiler, converters = items._made[2:]

    assert converters
    assert list(compiler.apply_converters([('[["a", "first"]]',)], converters)) == [
        [[["a", "first"]]]
    ]
