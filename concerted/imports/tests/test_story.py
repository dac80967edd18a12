"""The main job, through its pages: hand over, read, check, accept, follow."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concerted.actions.models import Action
from concerted.imports import queries, tasks
from concerted.imports.forms import ReviewForm
from concerted.meetings.models import Attendance, Decision, Meeting

TEXT = (Path(__file__).parent / "texts" / "board-2014.txt").read_bytes()


@pytest.fixture
def dilys(signed_in, cast, monkeypatch):
    """The secretary's browser; what she hands over is read at once, in the child process."""
    monkeypatch.setattr(tasks.read_handover, "defer", lambda **given: tasks.read_handover(**given))
    return signed_in("dilys")


@pytest.fixture
def handed_over(dilys, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        dilys.post(reverse("imports:list"), {"files": SimpleUploadedFile("board.txt", TEXT)})
    with cast.acting("dilys") as actor:
        return queries.files_visible_to(actor).get()


def answers(cast, file, **changes):
    """What the form holds when a person answers every question in the first way offered."""
    with cast.acting("dilys") as actor:
        form = ReviewForm(queries.review_of(actor, file, 1))
    given = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if value in (None, "") and field.required:
            value = field.choices[0][0]
        if value not in (None, "", False):
            given[name] = value
    return given | {"p_rest": "keep", "do": "accept"} | changes


def errors_in(response):
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', response.text, re.S)
    return re.sub(r"<[^>]+>", " ", found[1]) if found else response.text[:2000]


def test_minutes_handed_over_become_records(dilys, cast, handed_over):
    response = dilys.post(handed_over.get_absolute_url(), answers(cast, handed_over))

    assert response.status_code == 302, errors_in(response)
    with cast.acting("dilys"):
        meeting = Meeting.objects.get()
        assert meeting.held_on.isoformat() == "2014-03-11"
        assert Attendance.objects.filter(meeting=meeting).count() == 11
        assert Decision.objects.count() == 3
        assert Action.objects.get().due.isoformat() == "2014-04-30"
    page = dilys.get(response["Location"])
    assert "Shop Theft" in page.text
