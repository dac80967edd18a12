"""Who gets to which page: measured by walking every address as everybody, written as a table.

`docs/access.md` is made here (`make fix`) and compared by tests/test_access_matrix.py.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from django.db import transaction
from django.http import HttpResponse
from django.template.backends.jinja2 import Template
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES, Role
from concerted.crime.lake.tests.invented import brought, street
from tests.entrance import DIRECTORY
from tests.world import Place, World


@dataclass(frozen=True)
class Walker:
    """One of those who walk: one for each distinct set of permissions.

    `own` is a body that they sit on or support, `shut` a hidden group that does not list them.
    """

    name: str
    title: str
    who: str
    own: str = "board"
    shut: str = "bronze"


WALKERS = (
    Walker("", "nobody", "Not signed in"),
    Walker("nell", "no post", "Signed in, without an appointment", own=""),
    Walker("orla", "observer", "Observer on the board"),
    Walker("tobias", "member", "Member of the board"),
    Walker("rowena", "chair", "Chair of the board"),
    Walker("gareth", "hidden", "Member of a hidden group, which is their own here", "silver"),
    Walker("priti", "analyst", "Analyst of all open bodies"),
    Walker("wilf", "secretary 1", "Secretary of the board alone", shut="silver"),
    Walker("dilys", "secretary", "Secretary of all open bodies"),
    Walker("maud", "manager", "Partnership manager"),
    Walker("owen", "DPO", "Data protection officer", own=""),
    Walker("sid", "admin", "Administrator", own=""),
)

OWN, OTHER, LISTED, NOT_LISTED = "own body", "other body", "restricted, listed", "restricted, not"
CONTEXTS = {
    OWN: "a thing of a body that they sit on or support",
    OTHER: "a thing of an open body that they do not sit on (who supports all bodies supports it)",
    LISTED: "a thing of a hidden group whose papers are open to them by name",
    NOT_LISTED: "a thing of a hidden group that does not list them",
}
ONE = "any"
WAITING = "uploaded by the secretary"


@dataclass(frozen=True)
class Page:
    """A route with a name."""

    name: str
    route: str

    @property
    def arguments(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)


def pages(patterns: Any = None, prefix: str = "", space: str = "") -> Iterator[Page]:
    """Every address of the members' door; not the gallery, which is routed for tests alone."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", str(pattern.pattern)).strip("^$")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern) and not str(pattern.name).startswith("gallery"):
            yield Page(f"{space}{pattern.name}", route)


# What the key in an address names, by how its route begins; the first that fits counts.
OF_A_BODY = (
    ("people/bodies/<", "body"),
    ("people/seats/<", "seat"),
    ("people/appointments/<", "appointment"),
    ("people/areas/<", "area"),
    ("restrictions/meetings/<", "meeting"),
    ("restrictions/items/<", "item"),
    ("restrictions/paragraphs/<", "paragraph"),
    ("restrictions/papers/<", "paper"),
    ("restrictions/appendices/<", "appendix"),
    ("restrictions/actions/<", "action"),
    ("restrictions/files/<", "document"),
    ("restrictions/bodies/<", "body"),
    ("restrictions/seats/<", "seat"),
    ("interests/bodies/<", "body"),
    ("interests/meetings/<", "meeting"),
    ("interests/items/<", "item"),
    ("interests/declarations/<", "declaration"),
    ("jobs/<", "job"),
    ("mail/outbox/<", "letter"),
    ("retention/holds/<", "hold"),
    ("read-by/actions/<", "action"),
    ("read-by/meetings/<", "meeting"),
    ("read-by/papers/<", "paper"),
    ("read-by/items/<", "item"),
    ("read-by/paragraphs/<", "paragraph"),
    ("read-by/appendices/<", "appendix"),
    ("read-by/files/<", "document"),
    ("read-by/bodies/<", "body"),
    ("read-by/seats/<", "seat"),
    ("files/<", "version"),
    ("actions/proposals/<", "proposal"),
    ("actions/<", "action"),
    ("papers/<", "paper"),
    ("agendas/items/<", "drafted"),
    ("agendas/standing/<", "body"),
    ("agendas/standing-items/<", "standing"),
    ("minutes/drafts/<", "typed"),
    ("minutes/items/<", "item"),
    ("minutes/<", "planned"),
    ("agendas/<", "planned"),
    ("edition/meetings/<", "meeting"),
    ("edition/papers/<", "paper"),
    ("edition/releases/<", "release"),
    ("edition/coincidences/<", "hit"),
    ("meetings/imports/handed-over/<", "handover"),
    ("meetings/imports/accepted/<", "batch"),
    ("meetings/imports/<", "file"),
    ("meetings/items/<", "item"),
    ("meetings/<str:key>/move", "planned"),
    ("meetings/<str:key>/cancel", "planned"),
    ("meetings/<", "meeting"),
    ("series/<", "body"),
    ("attending/meetings/<", "planned"),
    ("attending/bodies/<", "body"),
    ("paper-calls/meetings/<", "planned"),
    ("paper-calls/papers/<", "paper"),
    ("paper-calls/presentations/<", "presentation"),
    ("paper-calls/comments/<str:key>/answer", "comment"),
    ("paper-calls/comments/<", "comment_call"),
    ("paper-calls/deliveries/<", "delivery"),
    ("paper-calls/<", "paper_call"),
    ("forward-plan/entries/<", "planned_entry"),
    ("forward-plan/decisions/<", "decision"),
    ("forward-plan/<", "body"),
    ("item-requests/requests/<", "asked"),
    ("item-requests/meetings/<", "planned"),
    ("item-requests/<", "body"),
    ("reports-back/links/<", "link"),
    ("reports-back/meetings/<str:key>/share", "meeting"),
    ("reports-back/meetings/<", "planned"),
    ("reports-back/sharings/<", "sharing"),
    ("reports-back/minutes/<", "shared"),
    ("reports-back/decisions/<", "decision"),
    ("reports-back/referrals/<", "referral"),
    ("reports-back/<", "body"),
    ("crime/reports/sections/<", "crime_section"),
    ("crime/reports/<", "crime_report"),
    ("packs/files/<", "pack"),
    ("packs/notes/<", "paper"),
    ("packs/<", "planned"),
    ("matters-arising/raised/<", "raised"),
    ("matters-arising/actions/<", "action"),
    ("matters-arising/<", "planned"),
    ("briefs/<", "planned"),
    ("word/<str:key>/minutes.docx", "meeting"),
    ("word/<str:key>/corrections/", "meeting"),
    ("word/<", "planned"),
)
PARTLY_WAITING = ("job", "version", "handover", "batch", "file")


def of_everyone(page: Page, world: World) -> dict[str, Any] | None:
    """The arguments of a page about a thing that is everyone's, or about nothing in particular."""
    cast = world.cast
    if not page.arguments:
        return {}
    if page.name == "account_reset_password_from_key":
        return {"uidb36": "1", "key": "set-password"}
    if "token" in page.arguments:
        return {"token": world.tokens[page.name.partition(":")[2]]}
    if page.route.startswith("retention/kinds/"):
        return {"name": "mail"}
    if page.route.startswith("crime/snapshots/"):
        return {"number": 1}
    if page.route.startswith("sign-in/"):
        return dict.fromkeys(page.arguments, "2" * 14)
    for start, thing in (
        ("people/accounts/of/<", cast.people["tobias"]),
        ("people/accounts/invitations/<", world.invitation),
        ("people/accounts/help/<", world.recovery),
        ("people/posts/<", cast.posts["secretary"]),
        # Nobody stops the organisation that their own access rests on.
        ("people/organisations/<slug:key>/stop", cast.organisations["police"]),
        ("people/organisations/<", cast.organisations["council"]),
        ("people/persons/<", cast.people["tobias"]),
        ("edition/names/<", world.named),
        ("restrictions/reasons/<", world.ground),
        ("interests/entries/<", world.entries["tobias"]),
        ("attending/calendars/<", world.feed),
        ("interests/gifts/<", world.gifts["tobias"]),
        ("interests/withheld/<", world.withheld["tobias"]),
        ("interests/rule/kinds/<", world.interest_kind),
        ("retention/runs/<", world.run),
        ("erasure/findings/<", world.found[0]),
        ("erasure/<", world.erasure.request),
        # Findings are for whoever drafted them alone, here the manager.
        ("requests/findings/<", world.findings[0]),
        ("requests/<", world.draft.request),
    ):
        if page.route.startswith(start):
            return {"key": thing.key} | ({"name": DIRECTORY} if "name" in page.arguments else {})
    return None


def of_a_place(page: Page, place: Place | Any) -> dict[str, Any]:
    """The arguments of a page about a thing of a body."""
    for start, thing in OF_A_BODY:
        if page.route.startswith(start):
            given = {"key": getattr(place, thing).key, "number": 1, "place": 0}
            if "update_key" in page.arguments:
                given["update_key"] = place.update.key
            if "link" in page.arguments:
                given["link"] = place.link.key
            if "mark" in page.arguments:
                given["mark"] = f"agenda:{place.planned.agenda_issue}"
            return {name: given[name] for name in page.arguments}
    raise LookupError(f"{page.route}: say in tests/access_table.py what this page is about")


def thing_of(page: Page) -> str:
    return next((thing for start, thing in OF_A_BODY if page.route.startswith(start)), "")


Row = tuple[str, str]  # the name of a page, a context
Table = dict[Row, dict[str, str]]


@dataclass
class Walk:
    """What was found: an outcome for each page, context and walker; and each page's methods."""

    table: Table
    methods: dict[str, str]


# In a cookie, a session costs no query and is undone with the client's cookies.
@override_settings(
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    DIRECTORY_SECRETS={DIRECTORY: "a secret"},
)
def walk(world: World) -> Walk:
    """Every page as everybody. Views decide who gets in: their pages are not drawn, for speed."""
    with (
        mock.patch.object(Template, "render", return_value=""),
        TemporaryDirectory() as folder,
        override_settings(LAKE=Path(folder) / "lake"),
    ):
        brought(Path(folder), {"2024-06": [street("2024-06")]})
        return _walked(world)


def _walked(world: World) -> Walk:
    clients = {walker.name: _signed_in(world, walker) for walker in WALKERS}
    found = Walk({}, {})
    for page in pages():
        everyone = of_everyone(page, world)
        some = everyone if everyone is not None else of_a_place(page, world.places["board"])
        methods = found.methods[page.name] = _methods(clients["dilys"], _address(page, some))
        nobody = _outcome(clients[""], _address(page, some), methods)
        for context in _contexts(page, everyone is not None):
            row = found.table[page.name, context] = {WALKERS[0].title: nobody}
            for walker in WALKERS[1:]:
                place = _place(world, walker, context)
                if place is None and everyone is None:
                    row[walker.title] = "–"
                    continue
                given = everyone if everyone is not None else of_a_place(page, place)
                address = _address(page, given)
                row[walker.title] = _outcome(clients[walker.name], address, methods)
    return found


def _contexts(page: Page, everyone: bool) -> list[str]:
    if everyone:
        return [ONE]
    waiting = [WAITING] if thing_of(page) in PARTLY_WAITING else []
    return [*CONTEXTS, *waiting]


def _place(world: World, walker: Walker, context: str) -> Place | Any:
    if context == WAITING:
        return world.waiting
    if context == OWN and not walker.own:
        return None
    where = {OWN: walker.own, OTHER: "area", LISTED: "gold", NOT_LISTED: walker.shut}
    return world.places.get(where.get(context, ""))


def _signed_in(world: World, walker: Walker) -> Client:
    client = Client(SERVER_NAME="localhost")
    if walker.name:
        client.force_login(world.cast.accounts[walker.name])
    return client


def _address(page: Page, given: dict[str, Any]) -> str:
    return reverse(page.name, kwargs=given)


def _asked(client: Client, method: str, address: str) -> HttpResponse:
    """One request; nothing of it stays, not even having signed out."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(address)
        if response.streaming:
            b"".join(response)  # the test client closes it at its end
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def _methods(client: Client, address: str) -> str:
    taken = [
        method.upper()
        for method in ("get", "post")
        if _asked(client, method, address).status_code != 405
    ]
    return " ".join(taken)


def _outcome(client: Client, address: str, methods: str) -> str:
    outcomes = [_word(_asked(client, method.lower(), address)) for method in methods.split()]
    return " / ".join(dict.fromkeys(outcomes))


def _word(response: HttpResponse) -> str:
    if response.status_code == 302 and response["Location"].startswith(
        f"{reverse('account_login')}?"
    ):
        return "sign in"
    if response.status_code == 302 and response["Location"] == reverse("people:no_appointment"):
        return "no-post"
    return "works" if response.status_code in (200, 302) else str(response.status_code)


# As a page


HEAD = """# Who gets to which page

Made by `make fix` from a walk through every address with the tests' cast; `make check` and the
tests compare it with the code. Do not edit it by hand.

## Roles

Permission comes from a seat on a body, or from a post that supports bodies; never from the sector
of an organisation. A role of a seat counts for the body of that seat; a role of a support post for
the bodies that it supports, or for all open ones. What somebody *sees* is decided by audiences
alone: see `docs/architecture.md`.
"""

LEGEND = """
## How to read the tables

**works** the page opens, or the form is taken · **sign in** sent to the sign-in page · **no-post**
sent to the page for whoever holds no post and no seat · **403**
seen, but refused with a sentence · **404** cannot be told from a thing that does not exist ·
**409** overtaken by what somebody else changed · **422** the form comes back with what to mend ·
**–** does not apply. Two words, as in *works / 403*: what reading gives, then what sending gives.
*Methods* are what the address takes; any other is answered 405.
"""


def as_markdown(found: Walk) -> str:
    parts = [HEAD, *_roles("seat", SEAT_ROLES), *_roles("support post", SUPPORT_ROLES), LEGEND]
    parts += ["Who walks:\n", *(f"- **{one.title}**: {one.who}" for one in WALKERS), ""]
    parts += ["Where:\n", *(f"- **{name}**: {what}" for name, what in CONTEXTS.items())]
    parts += [f"- **{WAITING}**: handed over by the secretary, and not made into records yet", ""]
    routes = {page.name: page.route for page in pages()}
    general = [row for row in found.table if row[1] == ONE]
    particular = [row for row in found.table if row[1] != ONE]
    parts += ["## Pages that are about no body in particular\n", _head(["page", "methods"])]
    parts += [
        _line([_page(row, routes), found.methods[row[0]]], found.table[row]) for row in general
    ]
    parts += ["", "## Pages about a thing of a body\n", _head(["page", "methods", "where"])]
    before = ""
    for row in particular:
        new = row[0] != before
        first = [_page(row, routes), found.methods[row[0]]] if new else ["", ""]
        parts.append(_line([*first, row[1]], found.table[row]))
        before = row[0]
    return "\n".join(parts).rstrip() + "\n"


def _roles(through: str, roles: dict[str, Role]) -> list[str]:
    lines = [f"| through a {through} | what for | may |", "|---|---|---|"]
    for role in roles.values():
        may = ", ".join(_in_words(one.value) for one in sorted(role.permissions))
        lines.append(f"| {role.name} | {role.description} | {may} |")
    return [*lines, ""]


def _in_words(permission: str) -> str:
    thing, verb = permission.split(".")
    return f"{verb} {thing}"


def _page(row: Row, routes: dict[str, str]) -> str:
    return f"`{row[0]}` /{routes[row[0]]}".replace("<", "‹").replace(">", "›")


def _head(first: list[str]) -> str:
    names = [*first, *(walker.title for walker in WALKERS)]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def _line(first: list[str], row: dict[str, str]) -> str:
    return f"| {' | '.join([*first, *(row[walker.title] for walker in WALKERS)])} |"
