"""The wall: what the database shows, and refuses, whatever the code above it forgets."""

import datetime
import importlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, connection, models, transaction
from django.db.models import Q, QuerySet
from django.http import Http404

import conftest
from concerted.access.actor import Actor
from concerted.access.models import Restricted
from concerted.access.protection import POLICY, UNPROTECTED
from concerted.access.roles import Permission
from concerted.actions.queries import Whose
from concerted.editions.sources import Source
from concerted.kernel.clock import today
from concerted.people.public import open_to
from concerted.restrictions.public import Thing
from concerted.search.asking import read
from concerted.series.recurring import Place
from tests import world as worlds
from tests.databases import unguarded

PACKAGE = Path(__file__).resolve().parents[1] / "concerted"
PROTECTED = sorted(
    (model for model in apps.get_models() if issubclass(model, Restricted)),
    key=lambda model: model._meta.db_table,
)
TABLES = [model._meta.db_table for model in PROTECTED]
# Read by the owner alone, inside people_standing(): people/migrations/standing.sql says why.
STANDING = {
    "people_body",
    "people_organisation",
    "people_partnership",
    "people_person",
    "people_post",
    "people_seat",
}
# Looked through by the owner alone, inside search_found() and search_alike(): ADR 19.
FOUND = "search_row"
# A member of the board: the hidden groups, and the other board's papers, are not his to see.
OUTSIDER = "tobias"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), worlds.built(conftest._cast) as built:
        yield built


@pytest.fixture
def inside(world):
    """Changes and openings of the wall end with the test."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


# What stands on the tables


@pytest.fixture(scope="module")
def policy_text(django_db_setup):
    """The policy of access.protection as the database writes it back."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(**settings.CLUSTER.dsn(name, settings.OWNER_ROLE)) as owner:
        owner.execute("CREATE TABLE a_policy_to_read (audience_id bigint)")
        owner.execute(f"CREATE POLICY audience ON a_policy_to_read USING ({POLICY})")
        [(text,)] = owner.execute(
            "SELECT qual FROM pg_policies WHERE tablename = 'a_policy_to_read'"
        ).fetchall()
        owner.rollback()
    return text


def all_tables() -> set[str]:
    found = rows(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE relkind IN ('r', 'p', 'm', 'v', 'f') "
        "AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
    )
    return {name for (name,) in found}


def test_every_table_is_protected_or_listed_with_a_reason(world):
    [walled, forced] = (
        {
            name
            for (name,) in rows(
                f"SELECT relname FROM pg_class WHERE {column} "
                "AND relnamespace = 'public'::regnamespace"
            )
        }
        for column in ("relrowsecurity", "relforcerowsecurity")
    )

    assert walled == forced == set(TABLES)
    assert all_tables() - walled == set(UNPROTECTED)
    assert all(len(reason) > 10 for reason in UNPROTECTED.values())


def test_each_protected_table_carries_exactly_the_one_policy(world, policy_text):
    found = {
        (table, name): (command, permissive, roles, using, check)
        for table, name, command, permissive, roles, using, check in rows(
            "SELECT tablename, policyname, cmd, permissive, roles::text[], qual, with_check "
            "FROM pg_policies"
        )
    }
    wanted = (
        {
            (table, "audience"): ("ALL", "PERMISSIVE", ["public"], policy_text, policy_text)
            for table in TABLES
        }
        | {
            (table, "standing"): ("SELECT", "PERMISSIVE", [settings.OWNER_ROLE], "true", None)
            for table in STANDING
        }
        | {
            (FOUND, "finding"): ("SELECT", "PERMISSIVE", [settings.OWNER_ROLE], "true", None),
        }
    )

    assert found == wanted


def test_the_role_that_serves_pages_owns_nothing_and_cannot_pass_the_wall(world):
    [(name, *powers)] = rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication "
        "FROM pg_roles WHERE rolname = current_user"
    )
    owned = rows(
        "SELECT relname FROM pg_class WHERE pg_has_role(relowner, 'MEMBER') "
        "UNION ALL SELECT proname FROM pg_proc WHERE pg_has_role(proowner, 'MEMBER') "
        "UNION ALL SELECT nspname FROM pg_namespace WHERE pg_has_role(nspowner, 'MEMBER') "
        "UNION ALL SELECT datname FROM pg_database WHERE pg_has_role(datdba, 'MEMBER')"
    )

    assert name == settings.APP_ROLE
    assert powers == [False] * 5
    assert owned == []
    assert rows("SELECT roleid FROM pg_auth_members WHERE member = current_user::regrole") == []


@pytest.mark.parametrize("table", TABLES)
def test_row_security_cannot_be_turned_off(inside, table):
    open_to(inside.actor(OUTSIDER).audience_ids)
    rows("SELECT set_config('row_security', 'off', true)")

    with pytest.raises(ProgrammingError, match="row-level security"):
        rows(f"SELECT * FROM {table}")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE meetings_meeting DISABLE ROW LEVEL SECURITY",
        "DROP POLICY audience ON meetings_meeting",
        "SET ROLE concerted_owner",
        "CREATE TABLE public.copy AS SELECT * FROM meetings_meeting",
        "SELECT set_config('session_replication_role', 'replica', true)",
    ],
)
def test_the_role_that_serves_pages_cannot_change_the_wall(inside, statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("audiences", ["", "{}"])
def test_without_audiences_the_database_shows_nothing(inside, audiences):
    rows("SELECT set_config('app.audiences', %s, true)", audiences)

    assert [table for table in TABLES if rows(f"SELECT 1 FROM {table} LIMIT 1")] == []


# What an outsider sees

# Rows of these are everyone's: nothing on the pages hides one.
OPEN_TO_EVERYONE = {
    "crime_reports_shown",
    "word_files_template",
    "editions_editionsettings",
    "editions_namedpublicly",
    "people_bodykind",
    "people_district",
    "people_invitation",
    "people_organisation",
    "people_organisationstanding",
    "people_partnership",
    "people_person",
    "people_post",
    "retention_period",
    "retention_run",
}


def everything(world: worlds.World) -> dict[type[models.Model], dict[int, int]]:
    """Every row there is, by its audience."""
    with transaction.atomic():
        worlds.everything_open(world)
        found = {
            model: dict(model._base_manager.values_list("pk", "audience_id")) for model in PROTECTED
        }
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def forbidden(world):
    """The rows that the outsider must not see, by model."""
    seen = set(world.actor(OUTSIDER).audience_ids)
    return {
        model: {pk for pk, audience in there.items() if audience not in seen}
        for model, there in everything(world).items()
    }


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model._meta.label)
def test_a_query_without_a_filter_returns_nothing_forbidden(inside, forbidden, model):
    assert bool(forbidden[model]) != (model._meta.db_table in OPEN_TO_EVERYONE)
    open_to(inside.actor(OUTSIDER).audience_ids)

    assert not set(model._base_manager.values_list("pk", flat=True)) & forbidden[model]


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model._meta.label)
def test_a_row_for_an_audience_of_others_is_refused(inside, model):
    own = inside.actor(OUTSIDER).audience_ids
    foreign = inside.places["silver"].body.papers_audience_id
    assert foreign not in own
    open_to([one for one in inside.audiences if one != foreign])
    table = model._meta.db_table

    for audience in (foreign, max(inside.audiences) + 1):
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f"UPDATE {table} SET audience_id = %s WHERE id = (SELECT min(id) FROM {table})",
                [audience],
            )


def test_a_new_row_for_an_audience_of_others_is_refused(inside):
    open_to(inside.actor(OUTSIDER).audience_ids)
    silver = inside.places["silver"]

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        apps.get_model("documents.Document").objects.create(
            title="Planted", audience_id=silver.body.papers_audience_id
        )


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["meetings_limb", "meetings_passage", "actions_update"])
def test_rows_of_others_are_neither_changed_nor_deleted(inside, forbidden, verb, table):
    [model] = [model for model in PROTECTED if model._meta.db_table == table]
    before = everything(inside)[model]
    open_to(inside.actor(OUTSIDER).audience_ids)
    # What keeps minutes from being altered would refuse before the wall is asked.
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))
        touched = cursor.rowcount

    assert touched == len(before) - len(forbidden[model])


def test_the_threat_model_names_each_place_that_opens_the_wall_to_everything():
    model = " ".join((PACKAGE.parent / "docs" / "threat-model.md").read_text().split())
    opening = [
        path.relative_to(PACKAGE)
        for path in sorted(PACKAGE.glob("*/*.py"))
        if re.search(r"\beverything_open\(", path.read_text()) and path.name != "standing.py"
    ]

    assert len(opening) > 5
    unnamed = [
        str(path)
        for path in opening
        if str(path) not in model and not (path.name in model and f"{path.parent}/" in model)
    ]
    assert unnamed == []


# As if visible_to were missing


def list_queries() -> Iterator[tuple[str, Any]]:
    """Every function of a domain that reads rows for an actor."""
    files = ("*queries", "register", "records")
    for path in sorted(one for name in files for one in PACKAGE.glob(f"*/{name}.py")):
        module = importlib.import_module(f"concerted.{path.parent.name}.{path.stem}")
        for name, function in vars(module).items():
            if (
                inspect.isfunction(function)
                and function.__module__ == module.__name__
                and not name.startswith("_")
                and "actor" in inspect.signature(function).parameters
                and not name.startswith("may_")
            ):
                yield f"{path.parent.name}.{name}", function


QUERIES = dict(list_queries())


def examples(world: worlds.World) -> dict[str, Any]:
    """What to hand to each parameter: always something of the hidden group, or of everybody."""
    model = apps.get_model
    silver = world.places["silver"]
    whole_past = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    return {
        "action": silver.action,
        "actions": model("actions.Action").objects.annotate(part=models.Value(0)),
        "after": datetime.date(2000, 1, 1),
        "bodies": [place.body.pk for place in world.places.values()],
        "batch": silver.batch,
        "body": silver.body,
        "body_key": silver.body.key,
        "data": {},
        "call": silver.paper_call,
        "calls": [place.paper_call for place in world.places.values()],
        "delivery": silver.delivery,
        "day": datetime.date(2026, 1, 1),
        "asked": world.erasure.request,
        "link": silver.link,
        "shared": silver.shared,
        "question": silver.question,
        "table": silver.table,
        "pack": silver.pack,
        "large": False,
        "audience_id": silver.meeting.audience_id,
        "decision": silver.decision,
        "count": 1,
        "entries": [place.planned_entry for place in world.places.values()],
        "first": today().replace(day=1),
        "places": [Place(day, day) for day in (silver.planned.held_on, silver.meeting.held_on)],
        "ending": [world.places["board"].appointment],
        "draft": world.draft,
        "entry": world.entries["agnes"],
        "erasure": world.erasure,
        "file": silver.file,
        "found": world.found,
        "finding": world.findings[0],
        "findings": world.findings,
        "handover": silver.handover,
        "ids": [place.item.pk for place in world.places.values()],
        "item": silver.item,
        "key": silver.closed_key,
        "keys": [silver.closed_key, f"l{silver.meeting.key}"],
        "drafts": True,
        "kind": "meetings.item",
        "label": "meetings.item",
        "letter": silver.letter,
        "newest": None,
        "parent_keys": [place.meeting.key for place in world.places.values()],
        "parent_kind": "meetings.meeting",
        "thing": thing_of(silver),
        "limit": 1000,
        "meeting": silver.meeting,
        "meeting_key": silver.meeting.key,
        "minutes": silver.minutes,
        "number": 1,
        "on": datetime.date(2026, 1, 1),
        "organisation": world.cast.organisations["police"],
        "people": [person.pk for person in world.cast.people.values()],
        "paper": silver.paper,
        "person": world.cast.people["gareth"],
        "query": read("kind:meetings"),
        "record_key": silver.meeting.key,
        "record_kind": "meetings.meeting",
        "release": silver.release,
        "request": world.answered,
        "requests": [place.asked for place in world.places.values()],
        "post": world.cast.posts["secretary"],
        "pseudonyms": [account.key for account in world.cast.accounts.values()],
        "report": silver.crime_report,
        "references": [silver.meeting.key, silver.action.key, silver.paper.key],
        "said": [],
        "row_ids": range(1, 5_000),
        "rows": model("meetings.Decision").objects.order_by("pk"),
        "sha256": silver.version.sha256,
        "since": whole_past,
        "whose": Whose.BODIES,
        "seats": [],
        "until": datetime.date(2100, 1, 1),
        "source": Source("meeting", silver.meeting, silver.body, "", False, None, ""),
        "source_key": silver.meeting.key,
        "states": ["draft"],
        "wanted": {},
        "which": "any",
        "words": "Gareth",
    }


def thing_of(place: worlds.Place) -> Thing:
    """The closed item of a place, as whoever sees it would find it."""
    meeting = place.meeting
    return Thing(
        row=place.item,
        kind="meetings.item",
        key=place.closed_key,
        noun="item",
        title="",
        href="",
        body=place.body,
        audience_id=place.body.papers_audience_id,
        home_id=meeting.audience_id,
        parent=("meetings.meeting", meeting.key),
    )


# Parameters that change nothing about who sees what keep their defaults; these have none, and
# take things made of rows that were read already.
NOT_ASKED = {
    "imports.batch_of": "asks batches_visible_to and lines_of, for readings that were read already",
    "imports.review_of_typed": "asks directory and earlier_actions, for a text in hand",
    "crime_reports.bodies_to_prepare_for": "asks bodies_visible_to, and the policy",
    "crime_reports.followed": "asks visible_to, of a report in hand",
    "crime_reports.listed": "asks visible_to",
    "crime_reports.owners": "asks organisations_ and seats_visible_to, for a form",
    "crime_reports.waiting_for": "asks visible_to",
    "crime_reports.wrote": "asks steps_of, of a report in hand",
    "documents.readable": "a condition, which asks nothing by itself",
    "agendas.as_chair": "a way of asking for drafts, which asks the policy; it returns no rows",
    "agendas.last_with_agenda": "asks meetings.visible_to",
    "agendas.presenters": "asks posts_visible_to and people_visible_to, for the choices of a form",
    "agendas.standing_list": "asks standing_visible_to, of one day",
    "arising.as_fixed": "takes a table that was read already; asks rows_visible_to",
    "arising.earlier_minutes": "asks items_visible_to, of meetings before one in hand",
    "arising.fixed_of": "asks tables_visible_to, of a meeting in hand",
    "arising.matter_items": "asks items_visible_to, for those of one kind",
    "arising.open_now": "asks actions.visible_to and open_questions, of days before a meeting",
    "arising.slipping": "asks actions.visible_to, for those that slipped often",
    "arising.slips_named": "asks named_visible_to, of actions that were read already",
    "arising.named_at": "asks named_visible_to, of a meeting in hand",
    "briefs.brief": "puts together what other queries answer, for one who reads drafts",
    "briefs.prompts_of": "asks prompts_visible_to, of a meeting in hand",
    "arising.bodies_before": "asks predecessors_of, of a body in hand",
    "arising.has_matters": "asks items_visible_to, whether there is one",
    "arising.last_before": "asks meetings.visible_to",
    "reports_back.issued_with": "asks returns_visible_to and issues, of minutes in hand",
    "reports_back.on_agendas": "asks items_visible_to, of those to come",
    "reports_back.reports_at": "asks links_visible_to and standing_returns, of a meeting in hand",
    "reports_back.meetings_to_answer_by": "asks meetings.visible_to",
    "reports_back.meetings_to_report_to": "asks days_of, which asks meetings.visible_to",
    "reports_back.questions": "asks with a condition; questions_of and open_questions ask it",
    "reports_back.representatives": "asks for seats, posts and organisations, for a form",
    "reports_back.represented_by": "names what a link in hand rests on, if the actor sees it",
    "reports_back.represents": "asks of oneself",
    "reports_back.still_read": "asks issued_with, and the policy",
    "attending.as_rule": "a record that was read already, as plain values",
    "attending.ahead_of": "asks expected and rule_of",
    "attending.expected": "asks seat_lines and replies_visible_to; there are no seats on that day",
    "attending.seats_expected": "asks seat_lines; there are no seats on that day",
    "attending.clashing": "asks next_planned and sitting, of oneself",
    "attending.substitutes_for": "asks people_visible_to, for seats that were read already",
    "attending.to_answer": "asks next_planned and sitting, of oneself",
    "attending.forecast": "takes seats that were read already; ahead_of asks it",
    "forward_plan.decisions_to_plan": "asks decisions_visible_to, and reads their words",
    "forward_plan.lines": "takes entries that were read already; year_of and waiting_for ask it",
    "forward_plan.owners": "asks organisations_visible_to and posts_visible_to, for a form",
    "minuting.quorum_of": "asks rule_of, for attenders that were read already",
    "interests.asked_to_confirm": "asks own_due_on",
    "interests.open_questions": "asks remarks_visible_to, about one’s own entries",
    "interests.own_due_on": "asks sitting and confirmed_on, of oneself",
    "minuting.as_chair": "a way of asking for drafts, which asks the policy; it returns no rows",
    "minuting.could_have_agreed": "asks meetings.visible_to",
    "minuting.day_after": "asks meetings.next_planned",
    "minuting.expected": "asks people.seat_lines",
    "minuting.minutes_of": "asks visible_to",
    "minuting.recorded_with": "what is fetched with drafts, as a condition",
    "minuting.to_take_in": "asks items_visible_to and drafts_visible_to",
    "minuting.read_draft": "takes a draft that was read already",
    "minuting.typed_item": "takes a draft that was read already",
    "meetings.waiting_to_be_agreed": "asks visible_to, of the body of a meeting in hand",
    "minuting.words_of": "takes words alone",
    "meetings.has_file": "asks files_of, for a meeting that was read already",
    "paper_calls.asked_of": "asks visible_to and lines",
    "paper_calls.came_of": "asks lines, of a delivery that was read already",
    "paper_calls.line_of": "asks lines, of a call that was read already",
    "paper_calls.lines": "takes calls that were read already; of_meeting asks it",
    "paper_calls.of_meeting": "asks visible_to and lines",
    "paper_calls.owners": "asks organisations_, posts_ and people_visible_to, for a form",
    "papers.versions_of": "asks visible_to, of a paper that was read already",
    "papers.closures_of": "asks closures_in, for a paper that was read already",
    "actions.done_lately": "asks as unfinished does, and nothing hidden was done lately",
    "actions.answer_table": "takes a line that actions.line made",
    "people.fills_a_chair": "asks of an appointment in hand, inside the step that makes it",
    "people.directories_of": "directories_seen, of what organisations_held_through answers",
    "people.organisations_held_through": "asks appointments_visible_to, for the policy alone",
    "notifying.offices": "asks bodies_visible_to, and the policy of each, which goes by facts",
    "notifying.pieces_among": "asks of things that are named in rows that were read already",
    "packs.as_all": "an actor with fewer eyes; it returns no rows",
    "packs.as_those": "an actor with fewer eyes; it returns no rows",
    "packs.reader_of": "an actor with fewer eyes; it returns no rows",
    "packs.look_of": "asks looks_visible_to, of oneself",
    "packs.note_on": "asks notes_visible_to, of oneself",
    "raising.as_said": "asks seated_organisations, of oneself",
    "raising.lines": "takes requests that were read already, and asks items and meetings",
    "raising.meetings_to_choose": "asks meetings.visible_to",
    "raising.of_key": "asks bodies_visible_to, then the policy and whose it is",
    "raising.to_rule_on": "asks visible_to, of what is urgent alone",
    "raising.opened": "a way of asking, for one read or step; of_body asks it",
    "raising.seated_ids": "asks seated_organisations, for the policy alone",
    "raising.may_have_ruled": "asks chairs_of",
    "restrictions.closed_in": "nothing is closed to whoever sees everything",
    "restrictions.closed_to": "nothing is closed to whoever sees everything",
    "restrictions.owners_to_pick": "asks organisations_visible_to, of a body that was found",
    "restrictions.given_to": "asks entries_of, of a body that may be restricted",
    "restrictions.facts_of": "asks audience_now and entries_at_the_table, for the policy alone",
}


def asked(function: Any, actor: Any, given: dict[str, Any]) -> Any:
    """The answer of a query with every parameter that has no default."""
    positional, named = [], {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "actor":
            value = actor
        elif parameter.name in given:
            value = given[parameter.name]
        elif parameter.default is not parameter.empty:
            continue
        else:
            raise LookupError(f"tests/test_protection.py needs an example of {parameter.name}")
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        elif parameter.default is parameter.empty:
            positional.append(value)
    try:
        return list(flat(function(*positional, **named)))
    except (ObjectDoesNotExist, IndexError, Http404) as nothing:
        return [type(nothing).__name__]


def flat(found: Any, depth: int = 0) -> Iterator[Any]:
    """Everything in an answer: rows, the rows that came with them, numbers and words."""
    if isinstance(found, models.Model):
        yield type(found), found.pk
        for name, value in {**found._state.fields_cache, **vars(found)}.items():
            if name != "_state" and depth < 5 and isinstance(value, models.Model | list | dict):
                yield from flat(value, depth + 1)
        for value in getattr(found, "_prefetched_objects_cache", {}).values():
            yield from flat(value, depth + 1)
    elif isinstance(found, Q):
        yield str(found)
    elif isinstance(found, Actor):
        return  # who asked, kept beside the answer: no part of it
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from flat(key, depth)
            yield from flat(value, depth)
    elif isinstance(found, QuerySet | list | tuple | set | frozenset):
        answers = [list(flat(one, depth)) for one in found]
        for answer in sorted(answers, key=repr) if isinstance(found, set | frozenset) else answers:
            yield from answer
    elif is_dataclass(found) and not isinstance(found, type):
        for each in fields(found):
            yield from flat(getattr(found, each.name), depth)
    elif hasattr(found, "fields") and hasattr(found, "is_valid"):
        for name, each in found.fields.items():
            yield name, [str(choice) for choice in getattr(each, "choices", [])]
    elif hasattr(found, "object_list"):
        yield from flat(list(found.object_list), depth)
    elif hasattr(found, "__dict__") and type(found).__module__.startswith("concerted."):
        yield from flat(vars(found), depth)
    else:
        yield found


def test_the_list_queries_are_found():
    assert {
        "meetings.visible_to",
        "meetings.newest_first",
        "meetings.decisions_visible_to",
        "meetings.found",
        "imports.handovers_visible_to",
        "people.tree",
        "people.seat_lines",
        "people.to_confirm",
        "actions.visible_to",
        "documents.versions_visible_to",
        "papers.visible_to",
        "papers.put_to",
        "jobs.visible_to",
        "desk.records",
    } <= set(QUERIES)


# These answer with rows that are everyone's, so that there is nothing to hide in them.
SAME_FOR_ALL = {
    "word_files.template_of",
    "word_files.templates_visible_to",
    "editions.named_publicly",
    "editions.names_allowed",
    "editions.settings_of",
    "meetings.organisations_by_person",
    "people.directories_seen",
    "people.districts_visible_to",
    "people.holders_of",
    "people.invitation_lines",
    "people.invitations_visible_to",
    "people.kinds_visible_to",
    "people.organisation_lines",
    "people.organisations_visible_to",
    "people.people_by_pseudonym",
    "people.organisations_confirmed_by",
    "people.people_to_invite",
    "people.people_visible_to",
    "people.people_with_account",
    "people.posts_held_by",
    "people.posts_of",
    "people.posts_visible_to",
    "people.pseudonyms_of",
    "people.recoveries_visible_to",
    "people.role_lines",
    "people.role_mailbox",
    "people.standings_visible_to",
    "people.the_partnership",
    "retention.runs_visible_to",
}


@pytest.fixture
def mistaken(inside):
    """The outsider, with every fact in Python wrong: all audiences, all bodies, all posts."""
    places, cast = inside.places.values(), inside.cast
    return replace(
        inside.actor(OUTSIDER),
        audience_ids=inside.audiences,
        organisation_ids=tuple(one.pk for one in cast.organisations.values()),
        seated_body_ids=tuple(place.body.pk for place in places),
        by_body={place.body.pk: frozenset(Permission) for place in places},
        everywhere=frozenset(Permission),
    )


def sorted_out(answer: list[Any]) -> list[str]:
    return sorted(map(repr, answer))


@pytest.mark.parametrize("name", sorted(set(QUERIES) - set(NOT_ASKED)))
def test_as_if_visible_to_were_missing_the_database_returns_nothing_forbidden(
    inside, forbidden, mistaken, name
):
    """Python thinks the actor sees everything; the database is open to the outsider only."""
    own = inside.actor(OUTSIDER).audience_ids
    given = examples(inside)
    handed = {(type(one), one.pk) for one in given.values() if isinstance(one, models.Model)}
    open_to(own)

    answer = asked(QUERIES[name], mistaken, given)

    named = {one for one in answer if isinstance(one, tuple) and one[0] in forbidden} - handed
    assert [(model, pk) for model, pk in named if pk in forbidden[model]] == []
    honest = asked(QUERIES[name], replace(mistaken, audience_ids=own), examples(inside))
    assert sorted_out(answer) == sorted_out(honest)


@pytest.mark.parametrize("name", sorted(set(QUERIES) - set(NOT_ASKED)))
def test_the_same_walk_finds_the_hidden_when_the_wall_is_open(inside, mistaken, name):
    open_to(inside.actor(OUTSIDER).audience_ids)
    walled = asked(QUERIES[name], mistaken, examples(inside))
    worlds.everything_open(inside)
    opened = asked(QUERIES[name], mistaken, examples(inside))

    hides = sorted_out(walled) != sorted_out(opened)
    assert hides != (name in SAME_FOR_ALL), (
        "Nothing hidden was there to be found: give this query better examples, "
        "or list it as the same for all."
    )
