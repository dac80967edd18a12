"""Feeds (Atom, RFC 4287), calendars (iCalendar, RFC 5545) and the sitemap of the public site."""

import datetime
import re
from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from concerted.kernel.clock import BRITAIN
from concerted.public_door.edition import Edition, settled_at
from concerted.public_door.things import Body, Meeting, Paper
from concerted.ui.words import day

NEWEST = 50
BEGINNING = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# What XML 1.0 cannot hold, even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FOLD = 73  # bytes of a line of a calendar, so that with the blank of a folded line it has 75


def atom(edition: Edition, *, body: Body | None, path: str, address: str) -> str:
    """The newest meetings and papers, and what was withdrawn, as a feed."""
    key = body.key if body else ""
    things: list[Meeting | Paper] = [
        *edition.newest_meetings(body=key),
        *edition.newest_papers(body=key),
    ]
    newest = sorted(things, key=lambda one: (_changed(edition, one.key), one.key), reverse=True)[
        :NEWEST
    ]
    stones = [] if body else sorted(edition.gone.values(), key=lambda one: one.key)
    updated = max([BEGINNING, *(_changed(edition, one.key) for one in [*newest, *stones])])
    name = body.name if body else edition.site.partnership
    return "".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en-GB">\n',
            f"<title>{_x(f'{name}: meetings and papers')}</title>\n",
            f"<id>{_x(address + path)}</id>\n",
            f'<link rel="self" type="application/atom+xml" href={_a(address + path)}/>\n',
            f'<link rel="alternate" type="text/html" href={_a(f"{address}/")}/>\n',
            f"<updated>{_stamp(updated)}</updated>\n",
            f"<author><name>{_x(edition.site.partnership or 'Partnership')}</name></author>\n",
            *(_entry(edition, one, address) for one in newest),
            *(
                f"<at:deleted-entry ref={_a(_link(address, stone.kind, stone.key))} "
                f'when="{stone.withdrawn_on.isoformat()}T00:00:00Z"/>\n'
                for stone in stones
            ),
            "</feed>\n",
        ]
    )


def _entry(edition: Edition, thing: Meeting | Paper, address: str) -> str:
    times = edition.times.get(thing.key)
    published = times.published_at if times else BEGINNING
    if isinstance(thing, Meeting):
        kind = "meeting"
        title = f"{edition.body_name(thing.body_key)}, {day(thing.held_on)}"
        decided = [f"{one.decision.outcome}: {one.decision.text}" for one in settled_at(thing)]
        summary = "\n".join([thing.status, *decided])
    else:
        kind, title, summary = "paper", thing.title, thing.summary or thing.purpose
    link = _link(address, kind, thing.key)
    return (
        "<entry>\n"
        f"<title>{_x(title)}</title>\n"
        f"<id>{_x(link)}</id>\n"
        f'<link rel="alternate" type="text/html" href={_a(link)}/>\n'
        f"<published>{_stamp(published)}</published>\n"
        f"<updated>{_stamp(_changed(edition, thing.key))}</updated>\n"
        f"<summary>{_x(summary)}</summary>\n"
        "</entry>\n"
    )


def _link(address: str, kind: str, key: str) -> str:
    return f"{address}/{'bodies' if kind == 'body' else kind + 's'}/{key}/"


def _changed(edition: Edition, key: str) -> datetime.datetime:
    times = edition.times.get(key)
    return times.changed_at if times else BEGINNING


def _stamp(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _x(text: str) -> str:
    return escape(NOT_XML.sub(" ", text))


def _a(text: str) -> str:
    return quoteattr(NOT_XML.sub(" ", text))


def sitemap(listed: Iterable[tuple[str, datetime.datetime | None]], *, address: str) -> str:
    """The addresses that search engines may list, with the day of their last change."""
    return _sitemap("urlset", "url", listed, address)


def sitemap_index(paths: Iterable[str], *, address: str) -> str:
    """Where the sitemaps are."""
    return _sitemap("sitemapindex", "sitemap", ((path, None) for path in paths), address)


def _sitemap(
    whole: str, each: str, listed: Iterable[tuple[str, datetime.datetime | None]], address: str
) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for path, changed in listed:
        last = f"<lastmod>{_stamp(changed)}</lastmod>" if changed else ""
        lines.append(f"<{each}><loc>{_x(address + path)}</loc>{last}</{each}>")
    return "\n".join([*lines, f"</{whole}>", ""])


def calendar(edition: Edition, *, name: str, meetings: Iterable[Meeting], address: str) -> str:
    """Meetings as a calendar: date, time if it is known, place, and the address of the page."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Concerted//Public edition//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_c(f'{name}: meetings')}",
    ]
    for meeting in meetings:
        lines += _event(edition, meeting, address)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(edition: Edition, meeting: Meeting, address: str) -> list[str]:
    link = _link(address, "meeting", meeting.key)
    if meeting.starts_at:
        moment = datetime.datetime.combine(meeting.held_on, meeting.starts_at, tzinfo=BRITAIN)
        starts = f"DTSTART:{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    else:
        starts = f"DTSTART;VALUE=DATE:{meeting.held_on:%Y%m%d}"
    changed = _changed(edition, meeting.key).astimezone(datetime.UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.key}@{urlsplit(address).hostname or 'localhost'}",
        f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}",
        starts,
        f"SUMMARY:{_c(edition.body_name(meeting.body_key))}",
        *([f"LOCATION:{_c(meeting.venue)}"] if meeting.venue else []),
        f"DESCRIPTION:{_c(f'{meeting.status}. {link}')}",
        f"URL:{link}",
        "END:VEVENT",
    ]


def _c(text: str) -> str:
    """A text of a calendar: what would end or part it is escaped, other control signs go."""
    text = re.sub(r"\r\n?", "\n", NOT_XML.sub(" ", text))
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", text.replace("\n", "\\n"))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, none of which parts a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        length = len(letter.encode())
        if size + length > FOLD:
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + letter, size + length
    return "\r\n ".join([*pieces, piece])
