"""Minutes that are written here: some wait for the chair, some are only begun."""

import datetime

from concerted.access.actor import Actor
from concerted.demonstration.days import DAY, Calendar, working
from concerted.demonstration.partnership import Made
from concerted.meetings.public import Meeting, NewItem, plan, visible_to
from concerted.minuting.public import (
    Minutes,
    RecordForm,
    Ticked,
    attenders_of,
    begin,
    check,
    drafts_visible_to,
    put_on_record,
    save_draft,
    tick,
)
from concerted.people.public import acting_as

# Of the violence group, some days ago: on record, and waiting for the chair.
WRITTEN = {
    "Opening by the vice-chair": "The chair welcomed the members.",
    "Door staff on Fridays": (
        "The licensing officer told of two visits.\n"
        "AGREED that door staff be checked on each Friday in December.\n"
        "ACTION: Wyleshire Police to send the dates of the visits by {due}"
    ),
    "Queues at the rank after 11pm": "NOTED that marshals stand at the rank from 11pm.",
}
# Of the area board, which meets soon: prepared by the secretary.
PREPARED = {"Welcome": "The chair welcomed the members and explained where the exits are."}


def write_minutes(made: Made, calendar: Calendar) -> None:
    """The secretary writes both; nobody has cleared the first."""
    with acting_as(made.accounts["dilys"]) as dilys:
        held_on = working(calendar.today - 3 * DAY, towards=-1)
        meeting = plan(
            dilys,
            body=made.bodies["violence"],
            held_on=held_on,
            starts_at=datetime.time(14),
            items=[
                NewItem(ref=str(number), title=title, text="")
                for number, title in enumerate(WRITTEN, start=1)
            ],
        )
        due = working(held_on + 21 * DAY)
        minutes = _typed(dilys, meeting, WRITTEN, due=f"{due.day} {due:%B %Y}")
        came = {one.position: Ticked("present") for one in attenders_of(dilys, minutes) if one.name}
        minutes = tick(dilys, minutes=minutes, token=str(minutes.version), ticked=came, others="")
        _put_on_record(dilys, minutes)
        coming = visible_to(dilys).get(
            body=made.bodies["fenside"], held_on=calendar.meeting("fenside", 1)
        )
        _typed(dilys, coming, PREPARED)


def _typed(dilys: Actor, meeting: Meeting, texts: dict[str, str], *, due: str = "") -> Minutes:
    minutes = begin(dilys, meeting=meeting)
    for draft in drafts_visible_to(dilys).filter(minutes=minutes):
        text = texts.get(draft.item.title, "").format(due=due)
        save_draft(dilys, key=draft.key, token=str(draft.version), text=text)
    return minutes


def _put_on_record(dilys: Actor, minutes: Minutes) -> None:
    """With each answer as it stands ready on the page."""
    laid_out = check(dilys, minutes)
    ready = {one.name: one.initial for one in laid_out.review.fields if one.initial}
    ready = {name: "on" if value is True else value for name, value in ready.items()}
    form = RecordForm(laid_out.review, known=laid_out.known, data=ready)
    if not form.is_valid():
        raise ValueError(f"The minutes of the demonstration ask something: {form.errors}")
    put_on_record(dilys, minutes=minutes, token=laid_out.mark, answers=form.cleaned_data)
