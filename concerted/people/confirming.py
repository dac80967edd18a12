"""Each quarter somebody says who still holds what; what nobody confirms lapses, with notice."""

import datetime
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Account
from concerted.audit import trail
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import queue_mail
from concerted.people import account_queries, letters, policies, queries
from concerted.people.account_queries import ToConfirm
from concerted.people.ending import (
    changing_who_gets_in,
    end_what_nobody_holds,
    one_at_a_time,
)
from concerted.people.letters import Letter
from concerted.people.models import Appointment, Organisation, Person
from concerted.people.quarters import last_day, notice_on, reminder_on
from concerted.people.standing import acting_as


@transaction.atomic
def confirm(actor: Actor, *, appointments: Sequence[Appointment]) -> int:
    """Say that these are still right. What is not among them stays unconfirmed."""
    confirms = set(
        account_queries.organisations_confirmed_by(actor, day=today()).values_list("pk", flat=True)
    )
    rows = {
        one.pk: one
        for one in Appointment.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in appointments])
        .order_by("pk")
    }
    for given in appointments:
        policies.may_confirm(actor, given, for_organisations=confirms).enforce()
        row = rows[given.pk]
        if row.ends and row.ends < today():
            raise NotAllowed(
                f"The appointment of {given.person.name} has ended. Appoint them again."
            )
        row.confirmed_on, row.noticed_on = today(), None
        row.save(update_fields=["confirmed_on", "noticed_on"])
        trail.note(actor, "appointment.confirmed", row, fields=["confirmed_on"])
    return len(rows)


@transaction.atomic
def name_confirmer(actor: Actor, *, organisation: Organisation, person: Person | None) -> None:
    """Say who confirms for an organisation; nobody named means whoever sits in its seats."""
    policies.may_name_confirmer(actor).enforce()
    organisation.confirmer = person
    organisation.save(update_fields=["confirmer"])
    trail.note(actor, "organisation.changed", organisation, fields=["confirmer"])


def watch(day: datetime.date) -> None:
    """What is done each day: notices, reminders, and what lapsed. Safe to run again, or late."""
    _give_notice(day)
    _remind(day)
    if _lapse(day):
        _tell(day, letters.LAPSED, _is_lapsed)
    end_what_nobody_holds(SYSTEM)


@transaction.atomic
def _give_notice(day: datetime.date) -> None:
    """Note on each appointment that its notice goes today, and tell all who may confirm it."""
    due = [one for one in _open(day).filter(noticed_on=None) if notice_on(one.confirmed_on) <= day]
    Appointment.objects.filter(pk__in=[one.pk for one in due]).update(noticed_on=day)
    trail.note_each(
        SYSTEM,
        "appointment.noticed",
        kind="people.appointment",
        references=[one.key for one in due],
    )
    if due:
        _tell(day, letters.CONFIRM, lambda line: line.appointment.noticed_on == day)


def _remind(day: datetime.date) -> None:
    def is_near(line: ToConfirm) -> bool:
        one = line.appointment
        return (
            line.waits
            and one.noticed_on is not None
            and reminder_on(one.confirmed_on, one.noticed_on) <= day <= line.ends
        )

    near = [
        one
        for one in _open(day).filter(noticed_on__isnull=False)
        if one.noticed_on and reminder_on(one.confirmed_on, one.noticed_on) <= day
    ]
    if near:
        _tell(day, letters.CONFIRM_SOON, is_near)


@transaction.atomic
def _lapse(day: datetime.date) -> int:
    """End what was not confirmed in time, on the day on which it lapsed; returns how many.

    The last who manages the partnership is kept, and stays unconfirmed: nobody could appoint
    anybody again.
    """
    one_at_a_time()
    there = _open(day).filter(noticed_on__isnull=False).select_for_update(of=("self",))
    over = [one for one in there if one.noticed_on and _ends(one) < day]
    if not over:
        return 0
    try:
        return _end_all(over)
    except NotAllowed:
        return sum(_ended_alone(one) for one in over)


def _ends(one: Appointment) -> datetime.date:
    return last_day(one.confirmed_on, one.noticed_on or notice_on(one.confirmed_on))


def _end_all(over: Sequence[Appointment]) -> int:
    with transaction.atomic(), changing_who_gets_in(SYSTEM):
        for one in over:
            one.ends = _ends(one)
            one.save(update_fields=["ends"])
            trail.note(SYSTEM, "appointment.lapsed", one, fields=["ends"])
    return len(over)


def _ended_alone(one: Appointment) -> int:
    try:
        return _end_all([one])
    except NotAllowed:
        return 0


def _is_lapsed(line: ToConfirm) -> bool:
    return line.lapsed


def _open(day: datetime.date) -> QuerySet[Appointment]:
    """Appointments that hold on a day, or did until a day on which they might have lapsed."""
    return Appointment.objects.filter(queries.on(day)).order_by("pk")


def _tell(day: datetime.date, letter: Letter, about: Callable[[ToConfirm], bool]) -> None:
    """Send a letter to each who may confirm such an appointment, as far as that person sees it.

    Nobody is told of an appointment that is hidden from them, not even that there is one.
    """
    for account in Account.objects.filter(is_active=True).order_by("pk"):
        with acting_as(account) as actor:
            lines: Iterable[ToConfirm] = account_queries.to_confirm(actor, day=day)
            for ends in sorted({line.ends for line in lines if about(line)}):
                queue_mail(
                    kind=letter.kind,
                    subject=letter.subject,
                    text=letter.text,
                    account=account,
                    once=f"{letter.kind}:{ends}:{account.key}",
                )
