"""Which pages an edition has, and what each is made of: an address leads to one maker of bytes.

A page is a function of the edition, the day and the address of the site: nothing else enters it.
"""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

import concerted.ui
from concerted.public_door import feeds
from concerted.public_door.edition import Edition, paper_keys, settled_at
from concerted.public_door.things import Body, Meeting, Paper, Tombstone
from concerted.ui.words import day as in_words

HTML = "text/html; charset=utf-8"
FOUND_WORDS = 300_000  # characters of a page that search reads; PostgreSQL takes about a megabyte
SHOWN_AT_HOME = 5
SITEMAP_MOST = 50_000  # addresses in one sitemap, by its protocol
PLACES = {"meeting": "meetings", "paper": "papers", "body": "bodies"}
NAVIGATION = [
    ("Home", "/"),
    ("Meetings", "/meetings/"),
    ("Decisions", "/decisions/"),
    ("Papers", "/papers/"),
    ("Bodies", "/bodies/"),
    ("Search", "/search/"),
]


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the public site, ready to be sent. `words` is what search reads of it."""

    path: str
    media_type: str
    body: bytes
    kind: str
    title: str = ""
    words: str = ""
    day: datetime.date | None = None
    status: int = 200
    file_name: str = ""


Maker = Callable[[], Page]


def address_of(kind: str, key: str) -> str:
    """The path of a meeting, paper or body."""
    return f"/{PLACES[kind]}/{key}/"


def file_path(paper_key: str, place: int, name: str) -> str:
    """The path of a file; of its name only letters, digits, dots and dashes stand in it."""
    return f"{address_of('paper', paper_key)}{place}/{safe_name(name)}"


def safe_name(name: str) -> str:
    """A file name that is no path, in no language of addresses or headers."""
    kept = re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-.")
    kept = re.sub(r"-*\.[.-]*", ".", kept)
    return kept[-100:].lstrip("-.") or "file"


class Site:
    """The site that an edition makes: its pages by path, each made when it is asked for.

    `today` decides which meetings are still to come; `address` (https://…) begins absolute links.
    """

    def __init__(self, edition: Edition, *, today: datetime.date, address: str) -> None:
        self.edition, self.today, self.address = edition, today, address

    def plan(self) -> dict[str, Maker]:
        """Every path of the site with the maker of its page."""
        edition = self.edition
        made: dict[str, Maker] = {
            path: partial(self._simple, path, template, title)
            for path, (template, title) in SIMPLE.items()
        }
        made |= {
            "/": self._home,
            "/meetings/": partial(self._meetings, None),
            "/decisions/": partial(self._decisions, None),
            "/papers/": partial(self._papers, ""),
            "/bodies/": self._bodies,
            "/feed.atom": partial(self._feed, None),
            "/calendar.ics": partial(self._calendar, None),
            "/sitemap.xml": self._sitemaps,
            "/sitemap-site.xml": self._sitemap_of_site,
            "/robots.txt": self._robots,
        }
        made |= {one.path: partial(_same, one) for one in _assets().values()}
        made |= {f"/meetings/{year}/": partial(self._meetings, year) for year in edition.years()}
        made |= {
            f"/decisions/{year}/": partial(self._decisions, year)
            for year in edition.decision_years()
        }
        made |= {f"/papers/{year}/": partial(self._papers, year) for year in edition.paper_years()}
        for year in _sitemap_years(edition):
            for number, path in enumerate(sitemap_paths(edition, year)):
                made[path] = partial(self._sitemap_of_year, year, number)
        for body in edition.bodies.values():
            made |= self._of_body(body)
        for meeting in edition.meetings.values():
            path = address_of("meeting", meeting.key)
            made[path] = partial(self._meeting, meeting)
            made[f"{path}calendar.ics"] = partial(self._one_calendar, meeting)
        for paper in edition.papers.values():
            made[address_of("paper", paper.key)] = partial(self._paper, paper)
            for place, file in enumerate(paper.files, 1):
                path = file_path(paper.key, place, file.name)
                made[path] = partial(self._file, paper, place, path)
        for stone in edition.gone.values():
            made[address_of(stone.kind, stone.key)] = partial(self._tombstone, stone)
        return made

    def _of_body(self, body: Body) -> dict[str, Maker]:
        path = address_of("body", body.key)
        made: dict[str, Maker] = {
            path: partial(self._body, body, None),
            f"{path}feed.atom": partial(self._feed, body),
            f"{path}calendar.ics": partial(self._calendar, body),
        }
        for year in self.edition.years(body=body.key):
            made[f"{path}{year}/"] = partial(self._body, body, year)
        return made

    def follows_the_day(self) -> list[str]:
        """Paths whose page says what is still to come, and so changes with the day."""
        bodies = [address_of("body", key) for key in self.edition.bodies]
        return ["/", "/meetings/", *bodies]

    # Pages of words

    def page(self, path: str, template: str, title: str, kind: str = "list", **given: Any) -> Page:
        """Render a page of the site."""
        finding = {name: given.pop(name, None) for name in ("words", "day", "status")}
        return Page(
            path=path,
            media_type=HTML,
            body=render(template, self.edition, path=path, title=title, **given),
            kind=kind,
            title=title,
            words=(finding["words"] or "")[:FOUND_WORDS],
            day=finding["day"],
            status=finding["status"] or 200,
        )

    def _simple(self, path: str, template: str, title: str) -> Page:
        status = 404 if path == "/404.html" else 200
        return self.page(path, template, title, "plain", status=status, address=self.address)

    def _home(self) -> Page:
        edition = self.edition
        return self.page(
            "/",
            "home",
            edition.site.partnership or "Home",
            decisions=edition.decisions()[:SHOWN_AT_HOME],
            to_come=edition.to_come(self.today)[:3],
            branches=edition.tree(),
        )

    def _meetings(self, year: int | None) -> Page:
        years = self.edition.years()
        shown = year or (years[0] if years else None)
        return self.page(
            f"/meetings/{year}/" if year else "/meetings/",
            "meetings",
            f"Meetings in {year}" if year else "Meetings",
            year=shown,
            years=years,
            meetings=self.edition.newest_meetings(year=shown) if shown else [],
            to_come=[] if year else self.edition.to_come(self.today),
            branches=self.edition.tree(),
        )

    def _decisions(self, year: int | None) -> Page:
        years = self.edition.decision_years()
        shown = year or (years[0] if years else None)
        return self.page(
            f"/decisions/{year}/" if year else "/decisions/",
            "decisions",
            f"Decisions of {year}" if year else "Decisions",
            year=shown,
            years=years,
            decisions=self.edition.decisions(year=shown) if shown else [],
        )

    def _papers(self, year: str) -> Page:
        years = self.edition.paper_years()
        shown = year or (years[0] if years else "")
        return self.page(
            f"/papers/{year}/" if year else "/papers/",
            "papers",
            (f"Papers of {year}" if year.isdecimal() else "Papers without a date")
            if year
            else "Papers",
            year=shown,
            years=years,
            papers=self.edition.newest_papers(year=shown) if shown else [],
        )

    def _bodies(self) -> Page:
        return self.page("/bodies/", "bodies", "Bodies", branches=self.edition.tree())

    def _body(self, body: Body, year: int | None) -> Page:
        edition, years = self.edition, self.edition.years(body=body.key)
        shown = year or (years[0] if years else None)
        below = [one for one in edition.bodies.values() if one.parent_key == body.key]
        path = address_of("body", body.key)
        return self.page(
            f"{path}{year}/" if year else path,
            "body",
            f"{body.name}, {year}" if year else body.name,
            "list" if year else "body",
            words="" if year else "\n".join((body.name, body.kind, body.purpose)),
            body=body,
            parent=edition.bodies.get(body.parent_key),
            below=sorted(below, key=lambda one: (one.name.lower(), one.key)),
            year=shown,
            years=years,
            in_year=year,
            meetings=edition.newest_meetings(body=body.key, year=shown) if shown else [],
            to_come=[] if year else edition.to_come(self.today, body=body.key)[:1],
            papers=[] if year else edition.newest_papers(body=body.key)[:10],
        )

    def _meeting(self, meeting: Meeting) -> Page:
        edition = self.edition
        named = paper_keys(meeting)
        title = f"{edition.body_name(meeting.body_key)}, {in_words(meeting.held_on)}"
        return self.page(
            address_of("meeting", meeting.key),
            "meeting",
            title,
            "meeting",
            words=words_of_meeting(meeting, title),
            day=meeting.held_on,
            meeting=meeting,
            body=edition.bodies.get(meeting.body_key),
            decisions=settled_at(meeting),
            withdrawn=[edition.gone[key] for key in named if key in edition.gone],
            times=edition.times.get(meeting.key),
        )

    def _paper(self, paper: Paper) -> Page:
        edition = self.edition
        files = [
            (file, file_path(paper.key, place, file.name), edition.sizes.get((paper.key, place), 0))
            for place, file in enumerate(paper.files, 1)
        ]
        return self.page(
            address_of("paper", paper.key),
            "paper",
            paper.title,
            "paper",
            words=words_of_paper(paper),
            day=paper.dated_on,
            paper=paper,
            body=edition.bodies.get(paper.body_key),
            meetings=edition.meetings_of_paper(paper.key),
            files=files,
            times=edition.times.get(paper.key),
        )

    def _tombstone(self, stone: Tombstone) -> Page:
        return self.page(
            address_of(stone.kind, stone.key),
            "tombstone",
            f"This {stone.kind} was withdrawn",
            "tombstone",
            status=410,
            stone=stone,
        )

    # Everything else

    def _file(self, paper: Paper, place: int, path: str) -> Page:
        file = paper.files[place - 1]
        return Page(
            path=path,
            media_type=_with_charset(file.media_type),
            body=file.data,
            kind="file",
            title=file.name,
            file_name=path.rpartition("/")[2],
        )

    def _feed(self, body: Body | None) -> Page:
        path = f"{address_of('body', body.key)}feed.atom" if body else "/feed.atom"
        text = feeds.atom(self.edition, body=body, path=path, address=self.address)
        return Page(path, "application/atom+xml; charset=utf-8", text.encode(), "feed")

    def _calendar(self, body: Body | None) -> Page:
        path = f"{address_of('body', body.key)}calendar.ics" if body else "/calendar.ics"
        meetings = self.edition.newest_meetings(body=body.key if body else "")
        return self._ical(path, body.name if body else self.edition.site.partnership, meetings)

    def _one_calendar(self, meeting: Meeting) -> Page:
        path = f"{address_of('meeting', meeting.key)}calendar.ics"
        return self._ical(path, self.edition.body_name(meeting.body_key), [meeting])

    def _ical(self, path: str, name: str, meetings: list[Meeting]) -> Page:
        text = feeds.calendar(self.edition, name=name, meetings=meetings, address=self.address)
        return Page(path, "text/calendar; charset=utf-8", text.encode(), "calendar")

    def _sitemaps(self) -> Page:
        years = _sitemap_years(self.edition)
        of_years = [path for year in years for path in sitemap_paths(self.edition, year)]
        text = feeds.sitemap_index(["/sitemap-site.xml", *of_years], address=self.address)
        return _xml("/sitemap.xml", text)

    def _sitemap_of_site(self) -> Page:
        paths = [path for _, path in NAVIGATION]
        listed = [(path, None) for path in paths] + self._listed(
            "body", sorted(self.edition.bodies)
        )
        return _xml("/sitemap-site.xml", feeds.sitemap(listed, address=self.address))

    def _sitemap_of_year(self, year: str, number: int) -> Page:
        listed = [
            *self._listed("meeting", _meetings_of(self.edition, year)),
            *self._listed("paper", _papers_of(self.edition, year)),
        ]
        part = listed[number * SITEMAP_MOST : (number + 1) * SITEMAP_MOST]
        path = sitemap_paths(self.edition, year)[number]
        return _xml(path, feeds.sitemap(part, address=self.address))

    def _listed(self, kind: str, keys: Iterable[str]) -> list[tuple[str, datetime.datetime | None]]:
        times = self.edition.times
        return [
            (address_of(kind, key), times[key].changed_at if key in times else None) for key in keys
        ]

    def _robots(self) -> Page:
        lines = ["User-agent: *", "Disallow: /search/", f"Sitemap: {self.address}/sitemap.xml", ""]
        text = "\n".join(lines)
        return Page("/robots.txt", "text/plain; charset=utf-8", text.encode(), "feed")


def _xml(path: str, text: str) -> Page:
    return Page(path, "application/xml; charset=utf-8", text.encode(), "feed")


def _meetings_of(edition: Edition, year: str) -> list[str]:
    found = edition.newest_meetings(year=int(year)) if year.isdigit() else []
    return sorted(one.key for one in found)


def _papers_of(edition: Edition, year: str) -> list[str]:
    return sorted(one.key for one in edition.newest_papers(year=year))


def _sitemap_years(edition: Edition) -> list[str]:
    """The years that have a sitemap of their own, in order, then undated."""
    return sorted({str(year) for year in edition.years()} | set(edition.paper_years()))


def sitemap_paths(edition: Edition, year: str) -> list[str]:
    """Where the addresses of one year's meetings and papers are listed: one file, or more."""
    count = len(_meetings_of(edition, year)) + len(_papers_of(edition, year))
    more = range(2, -(-count // SITEMAP_MOST) + 1)
    return [f"/sitemap-{year}.xml", *(f"/sitemap-{year}-{number}.xml" for number in more)]


SIMPLE = {
    "/search/": ("search", "Search"),
    "/follow/": ("follow", "How to follow what is decided"),
    "/accessibility/": ("accessibility", "Accessibility statement"),
    "/privacy/": ("privacy", "Privacy"),
    "/404.html": ("not_found", "Page not found"),
}


def words_of_meeting(meeting: Meeting, title: str) -> str:
    """What search reads of a meeting: what its page says, in the same order."""
    parts = [title, meeting.status, meeting.venue]
    for item in meeting.items:
        parts += [f"{item.number} {item.title}", *item.paragraphs]
        for decision in item.decisions:
            parts += [f"{decision.outcome}: {decision.text}"]
            parts += [f"({limb.letter}) {limb.outcome} {limb.text}" for limb in decision.limbs]
    parts += [line for attended in meeting.attendance for line in attended.lines]
    return "\n".join(part for part in parts if part)


def words_of_paper(paper: Paper) -> str:
    """What search reads of a paper."""
    parts = [paper.title, paper.author, paper.purpose, paper.summary, *paper.recommendations]
    for section in paper.sections:
        parts += [section.heading, section.text]
    parts += [table.caption for table in paper.tables]
    return "\n".join(part for part in parts if part)


def render(template: str, edition: Edition, *, path: str, title: str, **given: Any) -> bytes:
    """A page of the site as bytes, with its head and foot."""
    place = next((one for _, one in NAVIGATION[:0:-1] if path.startswith(one)), "")
    links = [
        {
            "text": text,
            "href": to,
            "current": "page" if to == path else "true" if to == place else "",
        }
        for text, to in NAVIGATION
    ]
    given |= {
        "edition": edition,
        "site": edition.site,
        "title": title,
        "path": path,
        "navigation": links,
        "assets": {name: asset.path for name, asset in _assets().items()},
        "demonstration": getattr(settings, "DEMONSTRATION", False),
        "address_of": address_of,
    }
    return render_to_string(f"public_door/{template}.html", given).encode()


@cache
def _assets() -> dict[str, Page]:
    """Style sheet and picture, at addresses that change with their bytes."""
    folder = Path(concerted.ui.__file__).parent / "static" / "ui"
    found = {}
    for name, media_type in (
        ("concerted.css", "text/css; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
    ):
        body = (folder / name).read_bytes()
        stem, _, suffix = name.partition(".")
        path = f"/static/{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{suffix}"
        found[stem] = Page(path, media_type, body, "asset")
    return found


def asset_paths() -> list[str]:
    """The addresses of style sheet and picture."""
    return [page.path for page in _assets().values()]


def _same(page: Page) -> Page:
    return page


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def all_pages(site: Site) -> Iterator[Page]:
    """Every page of a site, made one after the other."""
    for make in site.plan().values():
        yield make()
