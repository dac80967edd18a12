"""The leak check: the last net before anything goes out, not the first."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app

from concerted.access.actor import SYSTEM
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.editions import queries
from concerted.editions.announcing import tell_soon
from concerted.editions.finding import Hit, Scanned, Watch, Watched, scanned
from concerted.editions.freezing import thawed
from concerted.editions.models import LeakHit, NamedPublicly, Release
from concerted.editions.states import ReleaseState
from concerted.editions.wall import opened
from concerted.editions.watching import watched
from concerted.kernel.clock import now
from concerted.public_door.freezing import key_of
from concerted.public_door.pushing import pages_of
from concerted.public_door.things import Site, Thing

CHECK = "editions.check"


def check_soon(release: Release) -> None:
    """Have a worker check it, in the same transaction as what asked for it."""
    app.configure_task(CHECK).defer(release_key=release.key)


@transaction.atomic
def check(release_key: str) -> None:
    """Check a release that waits for approval, and write down what was found."""
    with opened(what="edition.checked", reference=release_key):
        release = Release.objects.select_for_update(of=["self"]).get(key=release_key)
        if release.state == ReleaseState.ASKED:
            keep(release, find(thawed(release.frozen)))
            if not release.hits_open:
                tell_soon(release)


def find(changes: list[Thing]) -> list[Hit]:
    """Restricted things that the whole edition with these changes would tell of.

    The wall must be open. What is public already is looked through too: something in it may have
    been restricted since.
    """
    edition = queries.edition_with(changes)
    public = {key_of(thing) for thing in edition}
    contacts = [one.contact for one in edition if isinstance(one, Site) and one.contact]
    watch = Watch(
        one for one in watched(named=_named(), mailboxes=contacts) if one.reference not in public
    )
    return watch.over(_scanned(edition))


def _named() -> list[str]:
    rows = NamedPublicly.objects.filter(ended_at=None).select_related("person")
    return [name for one in rows for name in (one.person.name, *one.person.other_names)]


def _scanned(edition: list[Thing]) -> Iterable[Scanned]:
    """Every page, list, feed and file of the edition; the program's own style sheets hold none."""
    for page in pages_of(edition):
        if not page.path.startswith("/static/"):
            yield scanned(page.path, page.body, page.title, page.words, page.file_name)


def keep(release: Release, hits: list[Hit]) -> None:
    """Write down what was found, each for the audience of the thing; count it on the release.

    What somebody of that audience called a coincidence, for these words on these pages, is not
    asked again.
    """
    release.found.filter(accepted_at=None).delete()
    accepted = {
        (digest, path, audience)
        for digest, paths, audience in LeakHit.objects.exclude(accepted_at=None).values_list(
            "digest", "paths", "audience_id"
        )
        for path in paths
    }
    made = []
    for hit in hits:
        told = hit.watched.audience_id
        paths = [one for one in hit.paths if (hit.digest, one, told) not in accepted]
        if paths:
            made.append(_row(release, hit, paths))
    LeakHit.objects.bulk_create(made)
    release.checked_at = now()
    release.hits_accepted = release.found.exclude(accepted_at=None).count()
    release.hits = release.hits_accepted + len(made)
    release.save(update_fields=["checked_at", "hits", "hits_accepted"])
    if made:
        trail.add(
            SYSTEM,
            "leak.found",
            kind="editions.release",
            reference=release.key,
            verb=Verb.CONSULT,
        )


def _row(release: Release, hit: Hit, paths: list[str]) -> LeakHit:
    one: Watched = hit.watched
    return LeakHit(
        release=release,
        kind=one.kind,
        reference=one.reference,
        words=one.words[:400],
        digest=hit.digest,
        paths=paths[:200],
        around=hit.around,
        audience_id=one.audience_id,
    )
