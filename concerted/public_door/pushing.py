"""Putting things into the public edition, and making its pages: the one way in.

The members' side calls `push` with things that were approved; it never calls back. Everything
happens in one transaction of the edition's own database: readers see the edition before or after.
"""

import datetime
import gzip
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction

from concerted.kernel import clock
from concerted.public_door import pages
from concerted.public_door.edition import Edition, Times, paper_keys, paper_year, without_bytes
from concerted.public_door.freezing import freeze, key_of, kind_of, thaw
from concerted.public_door.models import StoredFile, StoredPage, StoredThing
from concerted.public_door.pages import Page, Site, address_of
from concerted.public_door.router import ALIAS
from concerted.public_door.things import Body, File, Meeting, Paper, Thing, Tombstone
from concerted.public_door.things import Site as SiteThing

# Two pushes at once would each make lists without the other's things.
LOCK = 5_107_214
PACKED_FROM = 500  # bytes; a shorter page does not get shorter
AT_ONCE = 500
# The row that remembers which program made the pages; no address leads to it.
PROGRAM = "program"
NO_PACKING = ("image/", "application/pdf", "application/zip", "application/vnd.openxml")


class NoEdition(Exception):
    """There is no public edition to push to; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: the paths whose bytes were written, and those that are gone."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def push(changes: Sequence[Thing], *, at: datetime.datetime) -> Pushed:
    """Put things into the edition and make anew the pages that they change.

    A thing takes the place of the one with its key; a Tombstone removes it, its files and every
    word of it. The whole push happens or nothing does. `at` (aware) is the moment that pages and
    feeds tell. The same push again changes nothing. Raises NoEdition, and Malformed for a thing
    that the edition cannot hold.
    """
    frozen = [(thing, freeze(thing)) for thing in changes]
    with _writing():
        site = _site(at)
        before, lists = _touched(site, changes), _years(site.edition)
        whole = any(isinstance(one, SiteThing | Body) or _was_body(site, one) for one in changes)
        for thing, content in frozen:
            _store(site.edition, thing, content, at)
        touched = before | _touched(site, changes)
        # A year that begins or ends to have something changes the links on all pages of its list.
        for prefix, years in _years(site.edition).items():
            if years != lists.get(prefix):
                touched |= {f"{prefix}{year}/" for year in years}
        return _publish(site, None if whole else touched, at)


def pages_of(
    things: Iterable[Thing],
    *,
    at: datetime.datetime | None = None,
    address: str | None = None,
) -> Iterator[Page]:
    """All pages of the edition that these things make, without any database.

    `at` is the moment that they tell (now unless given); `address` begins absolute links (the
    setting PUBLIC_ADDRESS unless given). Tombstones make their page too.
    """
    moment = at or clock.now()
    found = list(things)
    times = {key_of(one): Times(moment, moment) for one in found}
    edition = Edition.of(found, times=times)
    return pages.all_pages(Site(edition, today=_day(moment), address=_address(address)))


def things() -> Iterator[Thing]:
    """Everything that is in the edition now, with the bytes of its files."""
    _there()
    for row in StoredThing.objects.using(ALIAS).order_by("kind", "key").iterator(AT_ONCE):
        thing = thaw(row.content)
        yield _with_bytes(thing) if isinstance(thing, Paper) else thing


def rebuild(*, at: datetime.datetime | None = None) -> Pushed:
    """Make every page anew from the things of the edition; write those whose bytes differ."""
    moment = at or clock.now()
    with _writing():
        done = _publish(_site(moment), None, moment)
        made_by = Page(PROGRAM, "text/plain", b"", PROGRAM)
        _write([_row(made_by, _program(), moment)])
        return done


def refresh(*, at: datetime.datetime | None = None) -> Pushed:
    """Make anew the pages that say what is still to come, once a day has passed."""
    moment = at or clock.now()
    with _writing():
        site = _site(moment)
        return _publish(site, set(site.follows_the_day()), moment)


def keep_up() -> Pushed:
    """Rebuild where the pages were made by another version of the program, or for another site."""
    if StoredPage.objects.using(ALIAS).filter(path=PROGRAM, etag=_program()).exists():
        return Pushed()
    return rebuild()


def _program() -> str:
    """What is the same as long as the same things make the same pages."""
    package = Path(__file__).parent
    sources = [*package.glob("*.py"), *package.glob("templates/**/*.html")]
    sources += (package.parent / "ui").glob("templates/ui/*.html")
    digest = hashlib.sha256(repr((_address(None), sorted(pages.asset_paths()))).encode())
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def is_there() -> bool:
    """Whether this installation has a public edition."""
    return ALIAS in connections.settings


def _there() -> None:
    if not is_there():
        raise NoEdition(
            "There is no public edition here: EDITION_URL is not set. Make its database with "
            "`concerted database prepare`, then set EDITION_URL to it."
        )


def _writing() -> transaction.Atomic:
    _there()
    return transaction.atomic(using=ALIAS)


def _address(given: str | None) -> str:
    return (settings.PUBLIC_ADDRESS if given is None else given).rstrip("/")


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(clock.BRITAIN).date()


def _site(at: datetime.datetime) -> Site:
    """The site as it stands, loaded; nobody else pushes until the transaction ends."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT thing_id, place, octet_length(data) FROM public_door_file")
        sizes = {(key, place): size for key, place, size in cursor.fetchall()}
    found = list(StoredThing.objects.using(ALIAS).order_by("key"))
    edition = Edition.of(
        (thaw(row.content) for row in found),
        times={row.key: Times(row.published_at, row.changed_at) for row in found},
        sizes=sizes,
    )
    return Site(edition, today=_day(at), address=_address(None))


# Things


def _store(
    edition: Edition, thing: Thing, content: dict[str, object], at: datetime.datetime
) -> None:
    key = key_of(thing)
    files: Mapping[int, bytes] = {}
    if isinstance(thing, Paper):
        files = {place: file.data for place, file in enumerate(thing.files, 1)}
        content = freeze(without_bytes(thing))
    there = StoredThing.objects.using(ALIAS).filter(key=key).first()
    same = there is not None and there.content == content and _files_of(key) == files
    if not same:
        times = edition.times.get(key)
        # What was withdrawn and comes back is published anew.
        again = there is None or (there.kind == "tombstone") != isinstance(thing, Tombstone)
        edition.times[key] = Times(at if again or times is None else times.published_at, at)
        StoredFile.objects.using(ALIAS).filter(thing=key).delete()
        row, _ = StoredThing.objects.using(ALIAS).update_or_create(
            key=key,
            defaults={
                "kind": kind_of(thing),
                "content": content,
                "published_at": edition.times[key].published_at,
                "changed_at": at,
            },
        )
        StoredFile.objects.using(ALIAS).bulk_create(
            StoredFile(thing=row, place=place, data=data) for place, data in files.items()
        )
    for place in [place for owner, place in edition.sizes if owner == key]:
        del edition.sizes[key, place]
    edition.put(thing)


def _files_of(key: str) -> dict[int, bytes]:
    found = StoredFile.objects.using(ALIAS).filter(thing=key).values_list("place", "data")
    return {place: bytes(data) for place, data in found}


def _with_bytes(paper: Paper) -> Paper:
    kept = _files_of(paper.key)
    files = tuple(
        File(one.name, one.media_type, kept.get(place, b""))
        for place, one in enumerate(paper.files, 1)
    )
    return Paper(
        **{name: getattr(paper, name) for name in Paper.__dataclass_fields__ if name != "files"},
        files=files,
    )


# Which pages a change touches


def _was_body(site: Site, change: Thing) -> bool:
    return isinstance(change, Tombstone) and (
        change.kind == "body" or change.key in site.edition.bodies
    )


def _touched(site: Site, changes: Sequence[Thing]) -> set[str]:
    """Paths of pages that show something of these things, as the edition stands."""
    edition = site.edition
    found = {"/", "/feed.atom", "/calendar.ics", "/sitemap.xml", "/sitemap-site.xml"}
    found |= {"/meetings/", "/decisions/", "/papers/"}
    for change in changes:
        key = key_of(change)
        if key in edition.meetings:
            found |= _touched_by_meeting(edition.meetings[key])
            found |= set(pages.sitemap_paths(edition, str(edition.meetings[key].held_on.year)))
        if key in edition.papers:
            found |= _touched_by_paper(edition.papers[key])
            found |= set(pages.sitemap_paths(edition, paper_year(edition.papers[key])))
        # A meeting says that a paper of its items was withdrawn.
        found |= {address_of("meeting", one.key) for one in edition.meetings_of_paper(key)}
        found |= {address_of(kind, key) for kind in pages.PLACES}
    return found


def _touched_by_meeting(meeting: Meeting) -> set[str]:
    path, year = address_of("meeting", meeting.key), meeting.held_on.year
    return {
        path,
        f"{path}calendar.ics",
        f"/meetings/{year}/",
        f"/decisions/{year}/",
        *(address_of("paper", key) for key in paper_keys(meeting)),
        *_of_body(meeting.body_key),
        f"{address_of('body', meeting.body_key)}{year}/",
    }


def _touched_by_paper(paper: Paper) -> set[str]:
    files = {
        pages.file_path(paper.key, place, file.name) for place, file in enumerate(paper.files, 1)
    }
    return {
        address_of("paper", paper.key),
        f"/papers/{paper_year(paper)}/",
        *files,
        *_of_body(paper.body_key),
    }


def _of_body(key: str) -> set[str]:
    path = address_of("body", key)
    return {path, f"{path}feed.atom", f"{path}calendar.ics"}


def _years(edition: Edition) -> dict[str, set[str]]:
    """The years that each list has a page for, by what its addresses begin with."""
    found: dict[str, set[str]] = defaultdict(set)
    for meeting in edition.meetings.values():
        year = str(meeting.held_on.year)
        found["/meetings/"].add(year)
        found[address_of("body", meeting.body_key)].add(year)
    found["/decisions/"] = {str(year) for year in edition.decision_years()}
    found["/papers/"] = set(edition.paper_years())
    return found


# Pages


def _publish(site: Site, only: set[str] | None, at: datetime.datetime) -> Pushed:
    """Make pages (all, or these) and keep those that differ; remove what the site has no more."""
    plan = site.plan()
    kept = StoredPage.objects.using(ALIAS).exclude(path=PROGRAM)
    stored = dict(kept.values_list("path", "etag"))
    # A page kept by a reader's browser still asks for the style sheet of its day.
    gone = [path for path in stored if path not in plan and not path.startswith("/static/")]
    StoredPage.objects.using(ALIAS).filter(path__in=gone).delete()
    written: list[str] = []
    rows: list[StoredPage] = []
    for path, make in plan.items():
        if only is not None and path not in only and path in stored:
            continue
        page = _complete(site.edition, make())
        etag = _etag(page)
        if stored.get(path) != etag:
            rows.append(_row(page, etag, at))
            written.append(path)
        if len(rows) >= AT_ONCE:
            _write(rows)
    _write(rows)
    return Pushed(tuple(written), tuple(gone))


def _complete(edition: Edition, page: Page) -> Page:
    """A file of a paper that was loaded without bytes gets them from the table."""
    if page.kind != "file" or page.body:
        return page
    _, _, key, place, name = page.path.split("/")
    data = _files_of(key).get(int(place), b"")
    return Page(page.path, page.media_type, data, "file", page.title, file_name=name)


def _write(rows: list[StoredPage]) -> None:
    StoredPage.objects.using(ALIAS).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=[one.name for one in StoredPage._meta.concrete_fields if not one.primary_key],
    )
    rows.clear()


def _etag(page: Page) -> str:
    """What is the same as long as everything that is sent or found of a page is the same."""
    told = (page.status, page.media_type, page.file_name, page.kind, page.title, page.words)
    digest = hashlib.sha256(repr((told, page.day)).encode())
    digest.update(page.body)
    return digest.hexdigest()[:24]


def _row(page: Page, etag: str, at: datetime.datetime) -> StoredPage:
    packed = None
    if len(page.body) >= PACKED_FROM and not page.media_type.startswith(NO_PACKING):
        packed = gzip.compress(page.body, 9, mtime=0)
    return StoredPage(
        path=page.path,
        status=page.status,
        media_type=page.media_type,
        file_name=page.file_name,
        body=page.body,
        packed=packed,
        etag=etag,
        changed_at=at,
        kind=page.kind,
        title=page.title,
        words=_found(page.words),
        day=page.day,
    )


def _found(words: str) -> str:
    """Without the two signs between which search puts what it found."""
    return words.replace("\ue000", "").replace("\ue001", "")
