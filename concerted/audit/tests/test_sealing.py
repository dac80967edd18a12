"""Sealing, and finding what somebody did to the trail behind its back."""

import datetime
import threading

import pytest
from django.db import connections

from concerted.access.actor import SYSTEM
from concerted.audit import expiry, sealing, trail
from concerted.audit.models import Line, Seal, SealedLine, Verb
from concerted.kernel.clock import now, today
from concerted.kernel.keys import new_key
from tests.databases import superuser


def add(count: int = 1, *, at: datetime.datetime | None = None) -> list[Line]:
    made = [
        trail.line(SYSTEM, "probe.made", kind="probe", reference=new_key(), verb=Verb.COLLECT)
        for _ in range(count)
    ]
    for line in made:
        line.at = at or now()
        line.save()
    return made


# The chain


def test_sealing_covers_every_line_once(cast):
    there = Line.objects.count()

    assert sealing.seal() == there
    assert sealing.seal() == 0
    assert sealing.verify() == sealing.Verification(checked=there, unsealed=0)


def test_each_seal_holds_the_one_before_it(cast):
    sealing.seal()
    add()
    sealing.seal()

    first, second = Seal.objects.all()
    assert bytes(second.previous) == bytes(first.digest)
    assert len(bytes(second.digest)) == 32


def test_what_is_not_sealed_yet_is_counted(cast):
    sealing.seal()
    add(3)

    assert sealing.verify().unsealed == 3


def test_a_backlog_of_days_is_sealed_in_several_goes(cast):
    sealing.seal()
    add(5, at=now() + datetime.timedelta(days=1))
    add(5, at=now() + datetime.timedelta(days=4))

    assert [sealing.seal(limit=4) for _ in range(4)] == [4, 4, 2, 0]
    assert sealing.verify().unsealed == 0


def test_a_line_whose_clock_was_wrong_is_sealed_the_next_day(cast, monkeypatch):
    sealing.seal()
    add(at=now() - datetime.timedelta(days=5))
    assert sealing.seal() == 0
    assert sealing.verify().unsealed == 1
    monkeypatch.setattr(sealing, "now", lambda: now() + datetime.timedelta(days=1))

    assert sealing.seal() == 1


def test_a_line_committed_late_is_sealed_with_the_next(cast):
    sealing.seal()
    add(at=now() - datetime.timedelta(hours=20))

    assert sealing.seal() == 1


# Tampering, as somebody could who has the whole server


@pytest.fixture
def tampered(own_database):
    """Twelve sealed lines, and a way to change rows with the triggers asleep."""
    for _ in range(3):
        add(4)
        sealing.seal()
    connections["default"].close()

    def run(statement: str, *values: object) -> None:
        with superuser(own_database) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement, values)

    return run


def line_numbers() -> list[int]:
    return list(Line.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        "what = 'probe.changed'",
        "actor = 'somebody'",
        "reference = 'elsewhere'",
        "at = at - interval '1 day'",
        "fields = '{state}'",
        "kind = 'x'",
        "verb = 'erase'",
    ],
)
def test_the_first_changed_line_is_named(tampered, change):
    fifth, ninth = line_numbers()[4], line_numbers()[8]
    tampered(f"UPDATE audit_line SET {change} WHERE id IN (%s, %s)", fifth, ninth)

    assert sealing.verify().fault == f"Line {fifth} was changed."


@pytest.mark.slow
def test_the_first_missing_line_is_named(tampered):
    seventh = line_numbers()[6]
    tampered("DELETE FROM audit_line WHERE id >= %s", seventh)

    assert sealing.verify().fault == f"Line {seventh} is missing."


@pytest.mark.slow
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_seal SET digest = decode(repeat('00', 32), 'hex') WHERE id = %s",
        "UPDATE audit_seal SET previous = '' WHERE id = %s",
        "DELETE FROM audit_sealedline WHERE id = "
        "(SELECT min(id) FROM audit_sealedline WHERE seal_id = %s)",
        "UPDATE audit_line SET id = id + 1000 WHERE id = "
        "(SELECT min(line_id) FROM audit_sealedline WHERE seal_id = %s)",
    ],
)
def test_a_change_of_the_seals_is_seen(tampered, statement):
    second = list(Seal.objects.order_by("pk"))[1].pk
    tampered(statement, second)

    assert sealing.verify().fault


@pytest.mark.slow
def test_a_changed_line_is_seen_although_its_own_digest_was_changed_with_it(tampered):
    """Whoever mends the digest as well breaks the seal over it."""
    fifth = line_numbers()[4]
    tampered("UPDATE audit_line SET what = 'probe.changed' WHERE id = %s", fifth)
    digest = sealing.digest_of(Line.objects.get(pk=fifth))
    tampered("UPDATE audit_sealedline SET digest = %s WHERE line_id = %s", digest, fifth)

    second = list(Seal.objects.order_by("pk"))[1].pk
    assert sealing.verify().fault == f"Seal {second} does not fit the one before it."


@pytest.mark.slow
def test_two_sealings_at_once_do_not_seal_twice(own_database):
    add(200)
    start, sealed, faults = threading.Barrier(4), [], []

    def run() -> None:
        try:
            start.wait()
            sealed.append(sealing.seal())
        except Exception as fault:
            faults.append(fault)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(sealed) == [0, 0, 0, 200]
    assert sealing.verify() == sealing.Verification(checked=200, unsealed=0)


# Expiry

LONG_AGO = today().year - 8


def middle_of(year: int) -> datetime.datetime:
    return datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)


@pytest.fixture
def years(own_database):
    """A trail of three years, sealed."""
    for year in (LONG_AGO, LONG_AGO + 1, today().year):
        add(3, at=middle_of(year))
        sealing.seal()
    yield
    connections["owner"].close()


@pytest.mark.slow
def test_a_year_is_dropped_and_the_rest_can_still_be_checked(years):
    assert expiry.expire(LONG_AGO) == 3

    line = Line.objects.get(what="trail.expired")
    assert (line.reference, line.actor, line.verb) == (str(LONG_AGO), "system", "erase")
    assert not Line.objects.filter(at__year=LONG_AGO).exists()
    assert SealedLine.objects.count() == 9
    assert sealing.verify() == sealing.Verification(checked=6, unsealed=1)


@pytest.mark.slow
def test_after_a_year_was_dropped_the_trail_is_still_added_to_only(years, tampered):
    expiry.expire(LONG_AGO)

    with pytest.raises(Exception, match="never changed"):
        Line.objects.all().delete()


@pytest.mark.slow
def test_a_line_missing_from_another_year_is_still_named(years, own_database):
    expiry.expire(LONG_AGO)
    missing = Line.objects.filter(at__year=LONG_AGO + 1).earliest("pk").pk
    with superuser(own_database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM audit_line WHERE id = %s", [missing])

    assert sealing.verify().fault == f"Line {missing} is missing."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "keep_years", "why_not"),
    [
        (today().year, 6, "kept for 6 whole years"),
        (today().year - 6, 6, "kept for 6 whole years"),
        (today().year + 1, 0, "kept for 0 whole years"),
        (today().year, 0, "kept for 0 whole years"),
        (LONG_AGO, 8, "kept for 8 whole years"),
        (LONG_AGO - 1, 6, "holds no lines"),
    ],
)
def test_only_years_long_past_are_dropped(years, year, keep_years, why_not):
    with pytest.raises(expiry.CannotExpire, match=why_not):
        expiry.expire(year, keep_years=keep_years)

    assert Line.objects.count() == 9


@pytest.mark.slow
def test_a_year_that_is_not_wholly_sealed_stays(years):
    add(at=middle_of(LONG_AGO))

    with pytest.raises(expiry.CannotExpire, match="are not sealed yet"):
        expiry.expire(LONG_AGO)


@pytest.mark.slow
def test_a_broken_trail_is_not_made_to_look_whole(years, own_database):
    with superuser(own_database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE audit_line SET what = 'probe.changed' WHERE id = 2")

    with pytest.raises(expiry.CannotExpire, match="The trail is broken"):
        expiry.expire(LONG_AGO)
