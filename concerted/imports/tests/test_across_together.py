"""Many files at once that speak of each other: what a batch does, what it leaves to a person."""

import datetime

import pytest
from django.urls import reverse

from concerted.actions.models import Action
from concerted.imports import bulk, queue
from concerted.imports.commands import import_files
from concerted.imports.models import ReadMeeting
from concerted.imports.tests.test_bulk import QUEUE, SURE_AT, outcome, sure
from concerted.imports.tests.test_commands import DILYS
from concerted.imports.tests.test_papers import REPORT
from concerted.meetings.models import Meeting, Reference
from concerted.people import services as people
from concerted.people.states import LinkKind

FIGURES = "bring figures for the town centre"
TASK = f"\n3\n\nShop Theft\n\nACTION: Tobias Wren to {FIGURES}\n"
OLDER = sure() + TASK
NEWER = sure("13th May") + TASK.replace("Theft", "Theft (Minute 3 of 11 March 2014 refers)")
DONE = NEWER.rstrip() + " (COMPLETED)\n"


@pytest.fixture
def batch_of(cast, handed, work, reads):
    """Read these texts and have all that are sure accepted together; not worked on yet."""

    def begin(*texts):
        work(handed(*[(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]))
        with cast.acting("dilys") as dilys:
            offer = bulk.offer(dilys)
            return bulk.accept_sure(dilys, token=offer.token, personal="keep")

    return begin


@pytest.fixture
def asks(cast):
    """What each file that waits asks, by its name."""

    def of():
        with cast.acting("dilys") as dilys:
            return {one.file.name: one.asks for one in queue.waiting(dilys)}

    return of


@pytest.mark.slow
def test_minutes_that_may_close_an_earlier_action_are_not_sure(cast, accepted, received, dilys):
    accepted(received(OLDER), p0="keep")
    file = received(DONE, name="may.txt")

    with cast.acting("dilys") as actor:
        assert not queue.sure(actor).exists()
    assert "<strong>Asks:</strong> 1 earlier action that may be done." in dilys.get(QUEUE).text
    page = dilys.get(file.get_absolute_url()).text
    assert "There are no questions. Tick the earlier action if it is done, look at" in page
    assert 'href="#closing"' in page
    assert 'id="closing"' in page


@pytest.mark.slow
def test_a_batch_closes_nothing_and_leaves_the_minutes_that_would(
    cast, batch_of, work, asks, dilys
):
    batch = batch_of(DONE, OLDER)
    assert asks() == {"0.txt": {}, "1.txt": {}}  # the March minutes are not on record yet

    work(batch)

    assert outcome(cast, batch) == [("made", ""), ("left", bulk.MAY_BE_DONE)]
    assert asks() == {"0.txt": {"done": 1}}
    with cast.acting("dilys"):
        assert Action.objects.get().state == "open"
    assert bulk.MAY_BE_DONE in dilys.get(reverse("imports:batch", args=[batch.key])).text


@pytest.mark.slow
def test_what_a_batch_left_is_closed_by_a_tick(cast, batch_of, work, accepted):
    batch = batch_of(DONE, OLDER)
    work(batch)
    with cast.acting("dilys"):
        action = Action.objects.get()
        left = ReadMeeting.objects.select_related("file").get().file

    accepted(left, p0="keep", **{f"c_{action.key}": "on"})

    with cast.acting("dilys"):
        action.refresh_from_db()
        assert (action.state, action.done_on) == ("done", datetime.date(2014, 5, 13))


def test_the_page_says_that_no_earlier_action_is_closed_there(batch_of, dilys, received):
    received(sure("8th July"))
    token = dilys.get(SURE_AT).text.partition("looked=")[2].partition("#")[0]

    page = dilys.get(SURE_AT, {"looked": token}).text

    assert "No earlier action is closed here" in page


@pytest.mark.slow
def test_the_command_line_closes_nothing_either(cast, reads):
    files = [("march.txt", OLDER.encode()), ("may.txt", DONE.encode())]

    done = import_files(DILYS, files, accept=True, personal="keep")

    assert (done.accepted, done.to_check) == (1, ["may.txt"])
    with cast.acting("dilys"):
        assert Action.objects.get().state == "open"


@pytest.mark.slow
@pytest.mark.parametrize("order", [(OLDER, NEWER), (NEWER, OLDER)])
def test_minutes_accepted_in_two_batches_are_linked_in_either_order(
    cast, batch_of, work, signed_in, order
):
    for text in order:
        batch = batch_of(text)
        work(batch)
        assert [state for state, _ in outcome(cast, batch)] == ["made"]

    with cast.acting("dilys"):
        older, newer = Meeting.objects.order_by("held_on")
        [one] = Reference.objects.filter(item__meeting=newer).select_related("to")
        assert (one.ref, one.to and one.to.title) == ("3", "Shop Theft")
    tobias = signed_in("tobias")
    assert "Refers to" in tobias.get(newer.get_absolute_url()).text
    assert "Taken up again" in tobias.get(older.get_absolute_url()).text


@pytest.mark.slow
def test_minutes_accepted_in_one_batch_are_linked(cast, batch_of, work):
    work(batch_of(NEWER, OLDER))

    with cast.acting("dilys"):
        assert Reference.objects.get().to is not None


@pytest.mark.slow
def test_an_answer_about_a_name_stands_ready_in_the_same_queue(
    cast, batch_of, handed, work, reads, accepted, review_of, asks
):
    with cast.acting("maud") as maud:
        two = [people.add_person(maud, name="Tobias Wren") for _ in range(2)]
    work(handed(("a.txt", sure().encode()), ("b.txt", sure("13th May").encode())))
    assert {name: one["name"] for name, one in asks().items()} == {"a.txt": 1, "b.txt": 1}
    with cast.acting("dilys"):
        a, b = [one.file for one in ReadMeeting.objects.select_related("file").order_by("file")]

    accepted(a, n1_who=two[0].key)
    bulk.look_again(cast.accounts["dilys"])

    [who] = [one for one in review_of(b).fields if one.name == "n1_who"]
    assert (who.initial, "As you answered for 11 March 2014." in who.hint) == (two[0].key, True)
    assert asks()["b.txt"]["name"] == 1  # ready, and still for a person to look at


@pytest.mark.slow
def test_a_name_that_was_left_out_is_not_in_the_sample(cast, received, accepted):
    march, may = [sure(day).replace("Tobias", "Quentin") for day in ("11th March", "13th May")]
    accepted(received(march), n1_who="leave-out")
    received(may, name="may.txt")

    with cast.acting("dilys") as dilys:
        [sampled] = bulk.offer(dilys).sample

    assert sampled.names == ["Rowena Thackley"]


def test_minutes_of_many_years_ask_which_body_met_before_it_was_renamed(cast, received, asks):
    with cast.acting("maud") as maud:
        board = cast.bodies["board"]
        before = people.add_body(maud, name="Marlbeck Crime Forum", kind=board.kind)
        people.link_bodies(
            maud,
            body=board,
            to=before,
            kind=LinkKind.SUCCEEDS,
            starts=datetime.date(2015, 4, 1),
        )

    received(sure(), name="before.txt")
    received(sure("12th May", 2015), name="after.txt")

    assert asks() == {"before.txt": {"body": 1}, "after.txt": {}}


def test_a_report_to_a_body_uses_the_names_of_its_papers(cast, received, review_of):
    text = REPORT.replace("Marlbeck Borough Council", "The Police", 1)
    with cast.acting("maud") as maud:
        police = cast.organisations["police"]
        people.known_within(maud, organisation=police, body=cast.bodies["board"], name="The Police")

    review = review_of(received(text, name="report.txt"))

    [field] = [one for one in review.fields if one.name == "organisation"]
    assert field.initial == police.key
