"""Every table either expires under a kind, or is said to stay and why. Minutes never expire."""

from django.apps import apps

from concerted.kernel.retention import kind_named, kinds
from tests import processing_page

RECORDS = processing_page.records()
ERASED = {label for kind in kinds() for label in kind.erases}

# The record of the partnership, and what was said about it.
NEVER = (
    *("agendas.", "meetings.", "minuting.", "papers.", "actions.", "audit.", "restrictions."),
    *("retention.", "public_door.", "editions.Release", "editions.PublicText"),
    "editions.Published",
    "interests.Declaration",
    *("arising.", "forward_plan.", "raising.", "reports_back."),
    *("packs.Pack", "packs.Print"),
    "attending.Rule",
    "paper_calls.",
    "crime_reports.",
    *("people.Person", "people.Appointment", "people.Seat", "people.Post", "people.Body"),
)


# How a table says that its rows end, or that and why they stay.
ENDS = ("lets it go", "as long as", "until", "days", "hours", "for good", "whole years")


def test_every_table_expires_or_is_said_to_stay():
    unsaid = {
        label
        for label, record in RECORDS.items()
        if not any(word in record.keep.lower() for word in ENDS)
    }
    endless = {label for label, record in RECORDS.items() if "no end" in record.keep.lower()}

    assert unsaid == endless == set()


def test_what_expires_is_known_and_says_so():
    assert set(RECORDS) > ERASED
    silent = {
        label
        for label in ERASED
        if not any(word in RECORDS[label].keep.lower() for word in ("lets it go", "as long as"))
    }

    assert silent == set()


def test_minutes_decisions_papers_actions_and_the_trail_are_no_candidates():
    touched = {label for label in ERASED if label.startswith(NEVER)}

    assert touched == set()
    assert {label for label in RECORDS if label.startswith("meetings.")}  # and they are there


def test_each_kind_is_whole():
    assert {kind.name for kind in kinds()} == {
        "received-files",
        "files-put-aside",
        "finished-work",
        "letters",
        "mail",
        "invitations",
        "requests-to-be-let-in",
        "sessions",
        "remembered-devices",
        "leak-check-hits",
        "accounts",
        "batches",
        "errands",
        "remembered-names",
        "links",
        "prompts",
        "replies",
        "registers-of-interests",
        "own-notes",
        "pack-looks",
        "rows-of-hospitals",
    }
    for kind in kinds():
        assert 0 < kind.least <= kind.months <= kind.most
        assert kind.reason.endswith(".")
        assert kind.does.endswith(".")
        assert kind_named(kind.name) is kind


def test_a_kind_has_an_audience_where_its_table_has():
    in_files = {kind for kind in kinds() if kind.label == "crime.snapshot"}
    assert {kind.has_audience for kind in in_files} == {False}
    for kind in {*kinds()} - in_files:
        assert kind.has_audience == hasattr(apps.get_model(kind.label), "audience_id")
