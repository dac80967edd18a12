"""Pushing: what readers find afterwards is the edition, whole, and nothing of what went."""

import datetime
import gzip
import random
from dataclasses import replace

import pytest

from concerted.kernel import clock
from concerted.public_door import pushing
from concerted.public_door.freezing import Malformed
from concerted.public_door.models import StoredFile, StoredPage, StoredThing
from concerted.public_door.tests import town
from concerted.public_door.tests.town import EVERYTHING, MEETING, NOON, PAPER
from concerted.public_door.things import Paper, Tombstone

pytestmark = pytest.mark.django_db(databases=["edition"])


def stored() -> dict[str, bytes]:
    rows = StoredPage.objects.exclude(path=pushing.PROGRAM).values_list("path", "body")
    return {path: bytes(body) for path, body in rows}


def test_what_was_pushed_is_there_as_pages():
    done = pushing.push(EVERYTHING, at=NOON)

    assert set(done.written) == set(stored())
    assert b"Five" not in stored()["/meetings/meeting222/"]
    assert b"Two things were decided." in stored()["/meetings/meeting222/"]
    assert b"Shoplifting in Lowgate" in stored()["/"] or b"Recorded crime" in stored()["/"]


def test_the_pages_stored_are_those_that_the_leak_check_looks_at():
    pushing.push(EVERYTHING, at=NOON)

    assert {page.path: page.body for page in pushing.pages_of(EVERYTHING, at=NOON)} == stored()


def test_the_same_push_again_writes_nothing():
    pushing.push(EVERYTHING, at=NOON)
    later = NOON + datetime.timedelta(hours=1)

    assert pushing.push(EVERYTHING, at=later) == pushing.Pushed()


def test_a_change_writes_only_the_pages_that_say_it():
    pushing.push(EVERYTHING, at=NOON)
    later = NOON + datetime.timedelta(hours=1)
    changed = Paper(PAPER.key, PAPER.body_key, "Shoplifting, new title", PAPER.dated_on)

    done = pushing.push([changed], at=later)

    assert "/papers/paper22222/" in done.written
    assert "/meetings/meeting222/" in done.written  # it names the paper
    assert "/meetings/meeting333/" not in done.written
    assert "/bodies/group22222/" not in done.written
    assert done.removed == ("/papers/paper22222/1/Shoplifting-in-Lowgate.html",)


def test_what_is_withdrawn_leaves_its_number_its_kind_and_the_day_and_no_word_of_it():
    pushing.push(EVERYTHING, at=NOON)
    stone = Tombstone(PAPER.key, "paper", datetime.date(2026, 6, 19))

    pushing.push([stone], at=NOON + datetime.timedelta(days=1))

    page = StoredPage.objects.get(path="/papers/paper22222/")
    assert page.status == 410
    assert b"19 June 2026" in bytes(page.body)
    assert b"paper22222" in bytes(page.body)
    assert not StoredFile.objects.exists()
    for path, body in stored().items():
        assert b"Shoplifting in Lowgate" not in body, path
    for row in StoredPage.objects.all():
        packed = gzip.decompress(row.packed) if row.packed else b""
        assert b"Lowgate.html" not in packed
        assert "Shoplifting in Lowgate" not in row.words + row.title + row.path
    assert "Shoplifting in Lowgate" not in str(list(StoredThing.objects.values_list("content")))


def test_what_was_withdrawn_may_be_published_anew():
    pushing.push(EVERYTHING, at=NOON)
    pushing.push([Tombstone(MEETING.key, "meeting", NOON.date())], at=NOON)
    later = NOON + datetime.timedelta(days=2)

    pushing.push([MEETING], at=later)

    assert StoredPage.objects.get(path="/meetings/meeting222/").status == 200
    assert StoredThing.objects.get(key="meeting222").published_at == later


def test_a_push_that_breaks_off_changes_nothing(monkeypatch):
    pushing.push(EVERYTHING, at=NOON)
    before = stored()

    def breaks(*_):
        raise OSError("no room")

    monkeypatch.setattr(pushing, "_write", breaks)
    with pytest.raises(OSError, match="no room"):
        pushing.push([Tombstone(MEETING.key, "meeting", NOON.date())], at=NOON)

    assert stored() == before
    assert StoredThing.objects.get(key=MEETING.key).kind == "meeting"


def test_a_thing_that_is_none_is_refused_before_anything_is_written():
    with pytest.raises(Malformed, match="key"):
        pushing.push([Tombstone("../etc", "paper", NOON.date())], at=NOON)

    assert not StoredThing.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_after_any_pushes_the_pages_are_those_of_the_whole_edition(seed):
    """What a change touches is worked out; made anew from everything, not one byte differs."""
    chance = random.Random(seed)
    for hour in range(12):
        changes = [town.at_random(chance) for _ in range(chance.randint(1, 3))]
        pushing.push(changes, at=NOON + datetime.timedelta(minutes=hour))
        before = stored()

        done = pushing.rebuild(at=NOON + datetime.timedelta(minutes=hour))

        assert done == pushing.Pushed(), (seed, hour, changes)
        assert stored() == before


def test_a_page_that_a_push_forgets_is_seen_by_that_comparison(monkeypatch):
    monkeypatch.setattr(pushing, "_touched_by_meeting", lambda one: {f"/meetings/{one.key}/"})
    pushing.push(EVERYTHING, at=NOON)
    later = NOON + datetime.timedelta(hours=1)

    pushing.push([replace(MEETING, status="Agreed as a correct record")], at=later)

    assert "/bodies/board22222/2026/" in pushing.rebuild(at=later).written


def test_everything_can_be_read_back_with_its_files():
    pushing.push(EVERYTHING, at=NOON)

    assert sorted(pushing.things(), key=repr) == sorted(EVERYTHING, key=repr)


def test_a_day_later_what_was_to_come_is_over():
    pushing.push(EVERYTHING, at=NOON)
    assert b"Tuesday 7 July 2026" in stored()["/"]

    done = pushing.refresh(at=datetime.datetime(2026, 7, 8, 1, tzinfo=datetime.UTC))

    assert b"Tuesday 7 July 2026" not in stored()["/"]
    assert set(done.written) == {"/", "/meetings/", "/bodies/group22222/"}


def test_another_version_of_the_program_makes_the_pages_anew(monkeypatch):
    pushing.push(EVERYTHING, at=NOON)
    with clock.as_of(NOON):
        assert pushing.keep_up() == pushing.Pushed()  # nothing differs, and it is remembered
        StoredPage.objects.filter(path="/").update(etag="old")
        assert pushing.keep_up() == pushing.Pushed()

        monkeypatch.setattr(pushing, "_program", lambda: "another")

        assert pushing.keep_up().written == ("/",)
