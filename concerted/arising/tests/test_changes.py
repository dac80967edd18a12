"""What changed since the last meeting, as a table: no database."""

import datetime
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.actions.states import Said
from concerted.arising.changes import changed
from concerted.arising.states import Change

LAST = datetime.date(2027, 5, 9)
BEFORE, AFTER = (datetime.datetime(2027, 5, day, 12, tzinfo=datetime.UTC) for day in (1, 20))
THAT_DAY = datetime.datetime(2027, 5, 9, 12, tzinfo=datetime.UTC)
OLD, NEW = datetime.date(2027, 3, 9), datetime.date(2027, 5, 9)
JUNE, JULY = datetime.date(2027, 6, 1), datetime.date(2027, 7, 1)


@dataclass
class Update:
    said: str
    at: datetime.datetime = AFTER
    note: str = ""
    due_before: datetime.date | None = None
    due_after: datetime.date | None = None
    taken_back_at: datetime.datetime | None = None


def moved(**more):
    return Update("new_date", due_before=JUNE, due_after=JULY, **more)


@pytest.mark.parametrize(
    ("agreed_on", "updates", "change", "words"),
    [
        (OLD, [], "nothing", ""),
        (NEW, [], "new", "Given on 9 May 2027"),
        (OLD, [Update("on_track")], "said", "On track, 20 May 2027"),
        (OLD, [Update("note", note="Letter  sent.")], "said", "Note, 20 May 2027: “Letter sent.”"),
        (OLD, [Update("on_track", at=BEFORE)], "nothing", ""),
        (OLD, [Update("on_track", at=THAT_DAY)], "nothing", ""),
        (OLD, [Update("on_track", taken_back_at=AFTER)], "nothing", ""),
        (OLD, [moved()], "moved", "from 1 June 2027 to 1 July 2027"),
        (OLD, [moved(), Update("on_track")], "moved", "from 1 June 2027 to 1 July 2027"),
        (OLD, [moved(at=BEFORE)], "nothing", ""),
        (OLD, [Update("done"), Update("accepted")], "done", "20 May 2027"),
        (OLD, [moved(), Update("accepted")], "done", "20 May 2027"),
        (OLD, [Update("withdrawn", note="Spent.")], "withdrawn", "20 May 2027: “Spent.”"),
        (OLD, [Update("done")], "said", "Done, 20 May 2027"),
        (NEW, [Update("still")], "said", "Still being done, 20 May 2027"),
        (
            OLD,
            [Update("done"), Update("not_accepted")],
            "said",
            "Not accepted as done, 20 May 2027",
        ),
    ],
)
def test_what_changed_since_the_last_meeting(agreed_on, updates, change, words):
    found = changed(agreed_on, updates, since=LAST)

    assert (found.change, found.words) == (change, words)


def test_without_a_meeting_before_everything_is_new_or_said():
    assert changed(OLD, [], since=None).change == Change.NEW
    assert changed(OLD, [Update("still", at=BEFORE)], since=None).change == Change.SAID


UPDATES = st.lists(
    st.builds(
        Update,
        said=st.sampled_from(sorted(Said.values)),
        at=st.datetimes(
            datetime.datetime(2027, 1, 1),
            datetime.datetime(2027, 12, 31),
            timezones=st.just(datetime.UTC),
        ),
    ),
    max_size=6,
)


@given(UPDATES)
def test_what_was_said_before_or_taken_back_changes_nothing(updates):
    early = [one for one in updates if one.at.date() < LAST]
    back = [Update(one.said, one.at, taken_back_at=AFTER) for one in updates]

    assert changed(OLD, early + back, since=LAST).change == Change.NOTHING


@given(UPDATES)
def test_every_kind_of_update_reads_as_some_change(updates):
    assert changed(OLD, updates, since=LAST).change in set(Change)
