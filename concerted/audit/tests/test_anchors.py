"""Anchors: what they say, and that a trail whose end was cut off no longer fits them."""

import datetime

import pytest
from django.db import DatabaseError, connections, transaction

from concerted.access.actor import SYSTEM
from concerted.audit import anchors, sealing, trail
from concerted.audit.models import Anchor, Line, Seal, SealedLine, Verb
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.keys import new_key
from tests.databases import superuser


def add(count=1):
    for _ in range(count):
        line = trail.line(SYSTEM, "probe.made", kind="probe", reference=new_key(), verb=Verb.ALTER)
        line.save()


# What they say


def test_an_anchor_covers_everything_that_was_committed(cast):
    there = Line.objects.count()

    head = anchors.Head.of(anchors.make())

    assert (head.day, head.lines, head.seals) == (today(), there, 1)
    assert head.digest == bytes(Seal.objects.get().digest)
    assert anchors.fault_of(head) == ""


def test_a_day_has_one_anchor(cast):
    first = anchors.make()
    add()

    assert anchors.make() == first
    with as_of(now() + datetime.timedelta(days=1)):
        assert anchors.make().lines == first.lines + 1
    assert anchors.fault_of_kept() == ""


def test_a_mailed_anchor_reads_back_however_the_mail_quotes_it(cast):
    head = anchors.Head.of(anchors.make())
    quoted = "".join(f"> {line}\r\n" for line in str(head).splitlines())

    assert anchors.read(str(head)) == head
    assert anchors.read(f"From: trail@example.org\n\nKeep this.\n\n{quoted}") == head


@pytest.mark.slow
def test_an_empty_trail_has_an_anchor_too(own_database):
    head = anchors.Head.of(anchors.make())

    assert (head.seals, head.lines, head.digest) == (0, 0, b"")
    assert anchors.read(str(head)) == head
    assert anchors.fault_of(head) == ""


@pytest.mark.parametrize("part", anchors.PARTS)
def test_a_text_without_a_part_is_no_anchor_and_says_which(cast, part):
    text = str(anchors.Head.of(anchors.make()))
    without = "".join(line for line in text.splitlines(True) if not line.startswith(part))

    with pytest.raises(anchors.NotAnAnchor, match=f"the line “{part}: …” is missing"):
        anchors.read(without)


@pytest.mark.parametrize(
    ("was", "becomes"), [("digest: ", "digest: g"), ("seals: ", "seals: -"), ("day: 2", "day: x")]
)
def test_a_garbled_anchor_is_not_taken(cast, was, becomes):
    text = str(anchors.Head.of(anchors.make())).replace(was, becomes)

    with pytest.raises(anchors.NotAnAnchor):
        anchors.read(text)


def test_a_day_that_does_not_exist_is_not_taken(cast):
    with pytest.raises(anchors.NotAnAnchor, match="no such day as 2026-02-30"):
        anchors.read(f"day: 2026-02-30\nseals: 1\nlines: 1\ndigest: {'0' * 64}\n")


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_kept_anchors_are_added_to_only(cast, verb):
    anchors.make()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Anchor.objects.update(lines=1) if verb == "update" else Anchor.objects.all().delete()


# Cut off, by somebody who has the whole server


@pytest.fixture
def cut(own_database):
    """Nine lines under three seals, the anchor mailed of them, and a way to change rows unseen."""
    for _ in range(3):
        add(3)
        sealing.seal()
    mailed = str(anchors.Head.of(anchors.make()))
    connections["default"].close()

    def run(*statements):
        with superuser(own_database) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement)

    run.mailed = anchors.read(mailed)
    return run


LAST = "(SELECT max(id) FROM audit_seal)"
LAST_SEAL = [
    "DELETE FROM audit_line WHERE id IN "
    f"(SELECT line_id FROM audit_sealedline WHERE seal_id = {LAST})",
    f"DELETE FROM audit_sealedline WHERE seal_id = {LAST}",
    f"DELETE FROM audit_seal WHERE id = {LAST}",
]
ALL = ["DELETE FROM audit_line", "DELETE FROM audit_sealedline", "DELETE FROM audit_seal"]
FORGET = "DELETE FROM audit_anchor"


@pytest.mark.slow
def test_without_tampering_nothing_is_missing(cut):
    add(5)
    sealing.seal()

    assert anchors.fault_of(cut.mailed) == ""
    assert anchors.fault_of_kept() == ""


@pytest.mark.slow
def test_the_last_line_taken_alone_is_named_by_its_seal(cut):
    last = Line.objects.latest("pk").pk
    cut(f"DELETE FROM audit_line WHERE id = {last}")

    assert sealing.verify().fault == f"Line {last} is missing."


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2])
def test_the_last_seals_cut_off_with_their_lines_are_counted(cut, times):
    cut(*LAST_SEAL * times, FORGET)

    assert sealing.verify().fault == ""  # the chain alone cannot know
    fault = anchors.fault_of(cut.mailed)
    assert f"The newest {times} of those seals are missing, with {3 * times} lines." in fault
    assert f"9 lines under 3 seals; now there are {9 - 3 * times} under {3 - times}." in fault


@pytest.mark.slow
def test_all_of_it_cut_off_is_seen(cut):
    cut(*ALL, FORGET)

    assert sealing.verify().fault == ""
    assert "The newest 3 of those seals are missing, with 9 lines." in anchors.fault_of(cut.mailed)


@pytest.mark.slow
def test_the_anchor_kept_here_shows_it_too_unless_it_goes_as_well(cut):
    cut(*LAST_SEAL)

    assert "The tail is cut" in anchors.fault_of_kept()


@pytest.mark.slow
def test_other_lines_put_where_the_cut_ones_were_are_seen(cut):
    cut(*LAST_SEAL, FORGET)
    add(3)
    sealing.seal()

    assert sealing.verify().fault == ""
    fault = anchors.fault_of(cut.mailed)
    assert fault.startswith("Seal 3 is not the one that was the head on")
    assert "(9 then, 9 now)" in fault


@pytest.mark.slow
def test_lines_left_standing_and_sealed_anew_are_seen(cut):
    """Somebody takes one line of the last seal, and lets the rest be sealed again."""
    last = Line.objects.latest("pk").pk
    cut(f"DELETE FROM audit_line WHERE id = {last}", *LAST_SEAL[1:], FORGET)
    sealing.seal()

    assert sealing.verify().fault == ""
    assert "(9 then, 8 now)" in anchors.fault_of(cut.mailed)


@pytest.mark.slow
def test_a_year_that_was_dropped_by_the_rules_takes_nothing_from_an_anchor(cut):
    """Expiry drops lines and keeps their seals."""
    cut("DELETE FROM audit_line")

    assert SealedLine.objects.count() == 9
    assert anchors.fault_of(cut.mailed) == ""
