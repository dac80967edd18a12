"""Meetings as calendars read them (RFC 5545) and as requests that Outlook answers (RFC 5546).

Plain Python: what may be told has been decided before. Times are as clocks in Britain show them,
with the rule of their change inside, so that a meeting at two stays at two.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Calendar, Event, Timezone, vCalAddress

from concerted.attending.times import ends
from concerted.kernel.clock import BRITAIN

PRODID = "-//Concerted//Meetings//EN"
# As it has been since 1996; short, because some programs do not read long lists of days.
LONDON = b"""BEGIN:VTIMEZONE\r
TZID:Europe/London\r
BEGIN:STANDARD\r
DTSTART:19961027T020000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZNAME:GMT\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:19970330T010000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZNAME:BST\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting as it may be told. `sequence` grows each time that it is moved or cancelled."""

    uid: str
    title: str
    day: datetime.date
    at: datetime.time | None
    minutes: int | None
    sequence: int
    stamp: datetime.datetime
    place: str = ""
    words: str = ""
    href: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Who invites, or is invited."""

    name: str
    mailbox: str


def request(entry: Entry, organiser: Party, guest: Party) -> bytes:
    """An invitation to one guest, also to what was moved; a CANCEL where it is cancelled."""
    calendar = _calendar()
    calendar.add("method", method_of(entry))
    event = _event(entry)
    event.add("organizer", _party(organiser))
    told = _party(guest)
    told.params["PARTSTAT"] = "NEEDS-ACTION"
    told.params["RSVP"] = "TRUE"
    event.add("attendee", told)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def method_of(entry: Entry) -> str:
    return "CANCEL" if entry.cancelled else "REQUEST"


def feed(name: str, entries: Sequence[Entry]) -> bytes:
    """A calendar that is asked for again and again."""
    calendar = _calendar()
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", "PT1H")
    for one in entries:
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add_component(Timezone.from_ical(LONDON))
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstamp", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + datetime.timedelta(days=1))
    else:
        event.add("dtstart", datetime.datetime.combine(entry.day, entry.at, BRITAIN))
        event.add("dtend", ends(entry.day, entry.at, entry.minutes))
    for name, value in (
        ("location", entry.place),
        ("description", entry.words),
        ("url", entry.href),
    ):
        if value:
            event.add(name, value)
    return event


def _party(one: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{one.mailbox}")
    address.params["CN"] = one.name
    return address
