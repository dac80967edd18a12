"""Minutes, papers and what was said are never altered: the database refuses, column by column."""

import datetime
import json

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import ProgrammingError, connection, models, transaction

import conftest
from concerted.access.models import Restricted
from concerted.attending.models import Agency, Invitation, Invited, Reply, Rule
from concerted.crime_reports.models import Done, Figures
from concerted.crime_reports.models import Report as CrimeReport
from concerted.documents.models import Version
from concerted.forward_plan.models import Entry as PlanEntry
from concerted.interests.models import Declaration
from concerted.minuting.models import Correction, Step
from concerted.packs.models import Pack
from concerted.paper_calls.models import Comment, Delivery
from concerted.raising.models import ItemRequest, Ruling
from tests import world as worlds

WHO_MAY_SEE = {"audience_id"}
# Rows of these may go: an owner who is no longer one, a file that nothing leads to, what was
# raised and is taken back before anybody but the office has read it, an answer to an invitation
# whose time is past.
MAY_GO = {
    *("actions_owner", "arising_raised", "documents_version"),
    *("attending_invitation", "attending_invited", "attending_reply"),
}
MATCHED = "whom or what a name was matched to is no part of what it says"
# What may still change of a row on record, and why; nothing else of these packages may.
MAY_CHANGE: dict[str, dict[str, str]] = {
    "meetings_meeting": {
        "state": "draft minutes become agreed ones",
        "document_id": "a file may be put beside a record that had none",
        "with_office": "draft minutes are circulated to the members",
    },
    "meetings_item": {
        "ref": "the number of an item that is hidden goes, so that no gap shows",
        "text": "a paragraph may be taken out whole, and put back",
        "pieces": "where the rest of a text stood from which a paragraph was taken",
        "presenter_post_id": MATCHED,
        "presenter_person_id": MATCHED,
    },
    "meetings_paragraph": {"text": "its words stand here or in their item"},
    "forward_plan_entry": dict.fromkeys(
        ("ended_by_id", "owner_organisation_id", "owner_post_id"), MATCHED
    ),
    "raising_itemrequest": dict.fromkeys(
        ("by_id", "answered_by_id", "noted_by_id"), "two records of one person are made one"
    ),
    "raising_ruling": {"by_id": "two records of one person are made one"},
    "arising_named": {"by_id": "two records of one person are made one"},
    "arising_raised": {"by_id": "two records of one person are made one"},
    "crime_reports_report": {
        **dict.fromkeys(("state", "issued_on", "paper_id"), "how far it has come"),
        "prepared_by_id": "two records of one person are made one",
    },
    "crime_reports_done": {"by_id": "two records of one person are made one"},
    "packs_pack": {
        "by_id": "two records of one person are made one",
        "replaced_at": "set once, when it is built again",
    },
    "arising_table": {"by_id": "two records of one person are made one"},
    "arising_rowowner": dict.fromkeys(("organisation_id", "body_id"), MATCHED),
    "reports_back_asked": {
        **dict.fromkeys(("item_key", "item_id"), "where it is put, and where it was answered"),
        **dict.fromkeys(("answer", "answered_on"), "said once, when it is answered"),
        "answered_by_id": "two records of one person are made one",
    },
    "reports_back_link": {
        "ends": "set once, when it ends",
        **dict.fromkeys(("seat_id", "post_id", "organisation_id"), MATCHED),
        "added_by_id": "two records of one person are made one",
    },
    "reports_back_referral": {
        **dict.fromkeys(("answer", "answered_on"), "said once, when it is answered"),
        "made_by_id": "two records of one person are made one",
    },
    "reports_back_return": {"by_id": "two records of one person are made one"},
    "reports_back_sharedminutes": {"revoked_at": "set once, when they are taken back"},
    "reports_back_sharing": {
        "by_id": "two records of one person are made one",
        **dict.fromkeys(("revoked_at", "revoked_by_id"), "set once, when it is taken back"),
    },
    "meetings_rearrangement": {"by_id": "two records of one person are made one"},
    "meetings_reference": {"to_id": "which minute is meant may come to be known later"},
    "meetings_attendance": dict.fromkeys(
        ("person_id", "organisation_id", "representing_id"), MATCHED
    ),
    "actions_action": {
        "due": "the date that holds now; each earlier one stands in the updates",
        "state": "how it stands now; how it came to that stands in the updates",
        "done_on": "goes with the state",
    },
    "actions_owner": dict.fromkeys(
        ("action_id", "organisation_id", "post_id", "person_id", "body_id"), MATCHED
    ),
    "actions_proposal": {
        "asked_by_id": "two records of one person are made one",
        "person_id": "two records of one person are made one",
        "decided_by_id": "two records of one person are made one",
    },
    "actions_update": {
        "by_id": "two records of one person are made one",
        "organisation_id": MATCHED,
        "taken_back_at": "set once",
    },
    "attending_agency": {"organisation_id": MATCHED},
    "attending_invitation": {"sent_by_id": "two records of one person are made one"},
    "attending_invited": {
        "person_id": "two records of one person are made one",
        "link_id": "a link goes when its time is past",
    },
    "attending_reply": dict.fromkeys(("person_id", "substitute_id", "by_id"), MATCHED)
    | dict.fromkeys(
        ("substitute_name", "substitute_organisation"),
        "a name may be that of somebody who is to be erased",
    ),
    "attending_rule": {"set_by_id": "two records of one person are made one"},
    "documents_version": {
        "name": "a name may hold a personal detail that is to be erased",
        "media_type": "found out again from the same bytes",
        "bytes_gone_at": "the bytes may have to be destroyed; their fingerprint stays",
        "received_by_id": MATCHED,
    },
    "minuting_correction": {"by_id": "two records of one person are made one"},
    "minuting_step": {"by_id": "two records of one person are made one"},
    "paper_calls_delivery": dict.fromkeys(
        ("received_by_id", "decided_by_id", "published_by_id"),
        "two records of one person are made one",
    )
    | {
        "name": "a name may hold a personal detail that is to be erased",
        "file_id": "what was put aside goes when its time is up",
        "paper_id": "said when it is approved",
        "state": "how far it is",
        "decided_at": "said when it is sent back or approved",
        "remark": "said when it is sent back or approved",
        "published_at": "set once",
    },
    "paper_calls_comment": dict.fromkeys(
        ("by_id", "entered_by_id", "answered_by_id"), "two records of one person are made one"
    )
    | {"answer": "set once", "answered_at": "set once"},
    "papers_withdrawal": {"by_id": "two records of one person are made one"},
    "papers_paper": {
        "published_at": "set once, when it goes out",
        "working_id": "who works on it until then",
        "due_on": "goes with that",
        "received_at": "goes with that",
        "number": "said when a later version is published",
        "follows_id": "said when a later version is published",
        "author_id": MATCHED,
        "organisation_id": MATCHED,
        "tier": "raised or lowered by whoever restricts it",
        "review_on": "goes with the tier",
        "version_id": "the file beside it",
    },
    "papers_presentation": {
        "item_key": "the minute, once somebody has said which",
        "issued_at": "set once, when the paper goes out",
        "begins_at": "set once, when the paper goes out",
        "body_id": MATCHED,
        "meeting_key": "named once that meeting is on record",
    },
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), worlds.built(conftest._cast) as built:
        yield built


@pytest.fixture
def inside(world):
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


def kinds() -> list[type[models.Model]]:
    return [
        Agency,
        Invitation,
        Invited,
        Reply,
        Rule,
        Comment,
        Correction,
        Declaration,
        Delivery,
        ItemRequest,
        PlanEntry,
        Ruling,
        Step,
        Pack,
        CrimeReport,
        Done,
        Figures,
        Version,
        *(
            model
            for label in ("meetings", "actions", "papers", "arising", "reports_back")
            for model in apps.get_app_config(label).get_models()
            if issubclass(model, Restricted)
        ),
    ]


def other(field: models.Field, value: object) -> object:
    """A value that the column has not."""
    if isinstance(field, models.JSONField):
        return json.dumps(["something else"])
    if isinstance(field, ArrayField):
        return [99]
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return datetime.datetime(1999, 1, 1, tzinfo=datetime.UTC)
    if isinstance(field, models.DateField):
        return datetime.date(1999, 1, 1)
    if isinstance(field, models.TimeField):
        return datetime.time(3, 33)
    if isinstance(field, models.ForeignKey):
        return 0
    if isinstance(field, models.IntegerField):
        return 999
    return "x" if value != "x" else "y"


def refused(statement: str, *values: object) -> bool:
    """Whether the database refuses to alter what is on record; other faults are not swallowed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            reached = cursor.rowcount
            transaction.set_rollback(True)
    except ProgrammingError as error:
        if "never altered" not in str(error):
            raise
        return True
    assert reached == 1, f"{statement} reached no row"
    return False


@pytest.mark.slow
def test_every_column_of_what_is_on_record_is_fixed_or_listed_with_a_reason(inside):
    tried = 0
    wrong = []
    with inside.cast.acting("dilys"):
        for model in kinds():
            table = model._meta.db_table
            rows = model.objects.all()
            if table == "meetings_meeting":
                rows = rows.exclude(state="planned")
            if table == "meetings_item":
                rows = rows.exclude(meeting__state="planned")
            if table == "forward_plan_entry":
                rows = rows.exclude(state="open")
            if table == "raising_itemrequest":
                rows = rows.exclude(state="waiting")
            row = rows.first()
            assert row is not None, f"{table}: the world holds none"
            free = MAY_CHANGE.get(table, {}).keys() | WHO_MAY_SEE
            for field in model._meta.concrete_fields:
                column = field.column
                if field.primary_key or column in free:
                    continue
                tried += 1
                value = other(field, getattr(row, field.attname))
                if not refused(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', value, row.pk):
                    wrong.append(f"{table}.{column} can be altered")
            if table not in MAY_GO and not refused(f"DELETE FROM {table} WHERE id = %s", row.pk):
                wrong.append(f"{table}: a row can be taken away")

    assert tried > 60
    assert wrong == []


def test_what_may_change_is_a_column_that_there_is():
    there = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields}
        for model in kinds()
    }

    missing = {table: of.keys() - there[table] for table, of in MAY_CHANGE.items()}
    assert not any(missing.values()), missing
