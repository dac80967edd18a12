"""No constraint answers from a row that the actor cannot see.

The wall hides rows, but a unique or exclusion constraint is asked of all of them: "there is one
already" would tell. So each stands on random keys or on something that belongs to what the actor
sees whole, or is named here with the reason why its refusal tells nothing.
"""

import pytest
from django.apps import apps
from django.db import connection

from concerted.access.models import KeyField, Restricted

FOLLOWS = "rows of one parent are made together with it, by who makes the parent"
WHOLE = "whoever may add to it sees all of it: its rows follow the thing in one step"
SELF = "rows of one person, for that person alone"
EVERYONE = "rows of it are everyone’s: nothing on the pages hides one"

TELLS_NOTHING = {
    "actions_proposal_link_id_key": "each has a link of its own, made with it",
    "actions_proposal_update_id_key": "each makes an update of its own, under its action’s lock",
    "agendas_issue_twice": (
        "numbered under the lock of a meeting, by whoever sees all drafts of its agenda"
    ),
    "attending_invitation_numbered_twice": (
        "numbered under the lock of a meeting, by whoever sees all that was sent of it"
    ),
    "attending_invited_twice": FOLLOWS,
    "documents_version_numbered_twice": WHOLE,
    "imports_batchline_twice": FOLLOWS,
    "editions_editionsettings_partnership_id_key": EVERYONE,
    "editions_release_text_id_key": "each release has a text of its own, made with it",
    "imports_handover_job_id_key": "each begins a job of its own",
    "imports_file_again_id_key": "each begins a job of its own",
    "imports_batch_job_id_key": "each begins a job of its own",
    "imports_mademeeting_twice": "made under the lock of a file that the actor sees",
    "imports_nameanswer_twice": SELF,
    "imports_readmeeting_twice": "made under the lock of a file that the actor sees",
    "notifying_letter_two_waiting": "made by the program, each audience by itself",
    "notifying_news_twice": "made by the program, for a letter that the actor sees",
    "minuting_draft_item_id_key": "made for an item that the actor sees, with its audience",
    "minuting_minutes_meeting_id_key": (
        "begun under the lock of a meeting, by its office, which sees whether they are begun"
    ),
    "paper_calls_delivery_file_id_key": "each has a file of its own, made with it",
    "paper_calls_delivery_twice": WHOLE,
    "papers_paragraph_placed_twice": FOLLOWS,
    "papers_put_placed_twice": FOLLOWS,
    "papers_recommendation_placed_twice": FOLLOWS,
    "papers_withdrawal_paper_id_key": WHOLE,
    "people_areaversion_two_at_once": "versions have the audience of their area",
    "people_bodylink_twice": (
        "a line carries the narrowest audience of its two ends, so who sees both ends sees it"
    ),
    "people_invitation_link_id_key": "each has a link of its own, made with it",
    "people_namewithin_twice": "made for a body by its own secretary, who reads its papers",
    "people_organisationstanding_two_at_once": EVERYONE,
    "people_person_account_id_key": EVERYONE,
    "people_seat_two_chairs": (
        "a hidden chair’s seat is seen by those who read the body’s papers, and only its own "
        "secretary, who does, adds seats"
    ),
    "crime_reports_figures_twice": WHOLE,
    "restrictions_restriction_twice": WHOLE,
    "search_row_one_of_each": "written by the database itself, with the wall open for that step",
    "retention_lift_hold_id_key": "made under a lock, for a hold that the actor sees",
    "retention_run_job_id_key": "each begins a job of its own",
    "retention_run_one_proposal": EVERYONE,
    "retention_runline_twice": "made by the program, each record once",
}


def constraints(kinds):
    """(table, name, columns) of the constraints of these kinds, from the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, c.conname, "
            "array(SELECT a.attname FROM pg_attribute a "
            "WHERE a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey) ORDER BY a.attnum)::text[] "
            "FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
            "WHERE c.contype = ANY(%s) AND n.nspname = 'public'",
            [kinds],
        )
        found = cursor.fetchall()
        # Django writes conditional unique constraints as indexes.
        cursor.execute(
            "SELECT t.oid::regclass::text, i.relname, '{}'::text[] FROM pg_index x "
            "JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid "
            "JOIN pg_namespace n ON n.oid = t.relnamespace "
            "LEFT JOIN pg_constraint c ON c.conindid = i.oid "
            "WHERE x.indisunique AND c.oid IS NULL AND n.nspname = 'public'"
        )
        return [*found, *cursor.fetchall()]


def restricted_tables():
    return {
        model._meta.db_table: model for model in apps.get_models() if issubclass(model, Restricted)
    }


def random_columns(model):
    return {one.column for one in model._meta.concrete_fields if isinstance(one, KeyField)}


@pytest.mark.django_db
def test_every_unique_or_exclusion_constraint_of_a_restricted_table_tells_nothing():
    tables = restricted_tables()
    asked = [
        (name, set(columns))
        for table, name, columns in constraints(["u", "x"])
        if table in tables and not random_columns(tables[table]) >= set(columns) > set()
    ]

    assert {name for name, _ in asked} == set(TELLS_NOTHING)
    assert all(len(reason) > 20 for reason in TELLS_NOTHING.values())


@pytest.mark.django_db
def test_what_the_models_say_is_what_the_database_has():
    """A constraint in `_meta` that no migration made would be asked by nobody."""
    there = {name for _, name, _ in constraints(["u", "x", "c"])}

    said = {
        constraint.name
        for model in apps.get_models()
        if model.__module__.startswith("concerted.")
        and model._meta.app_label != "public_door"  # in a database of its own, all of it public
        for constraint in model._meta.constraints
    }

    assert said <= there
    assert not any(model._meta.unique_together for model in restricted_tables().values())


def test_only_random_keys_and_one_account_are_unique_columns():
    found = {
        f"{model._meta.label}.{one.name}"
        for model in restricted_tables().values()
        for one in model._meta.concrete_fields
        if one.unique and not one.primary_key and not isinstance(one, KeyField)
    }

    assert found == {
        "editions.EditionSettings.partnership",
        "actions.Proposal.link",
        "actions.Proposal.update",
        "editions.Release.text",
        "minuting.Draft.item",
        "minuting.Minutes.meeting",
        "paper_calls.Delivery.file",
        "papers.Withdrawal.paper",
        "people.Invitation.link",
        "people.Person.account",
        "imports.Handover.job",
        "imports.File.again",
        "imports.Batch.job",
        "retention.Lift.hold",
        "retention.Run.job",
    }
