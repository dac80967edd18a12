"""The main job, through its pages: hand over, read, check, accept, follow."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concerted.actions.models import Action
from concerted.imports import queries
from concerted.imports.tests.conftest import BOARD
from concerted.meetings.models import Attendance, Decision, Meeting


def errors_in(response):
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', response.text, re.S)
    return re.sub(r"<[^>]+>", " ", found[1]) if found else response.text[:2000]


@pytest.mark.usefixtures("children")
def test_minutes_handed_over_become_records(
    dilys, cast, answers, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload = SimpleUploadedFile("board.txt", BOARD.encode())
        progress = dilys.post(reverse("imports:list"), {"files": upload})
    assert "See what was read" in dilys.get(progress["Location"]).text
    with cast.acting("dilys") as actor:
        file = queries.files_visible_to(actor).get()
    checking = dilys.get(reverse("imports:handover", args=[file.handover.key]), follow=True)
    assert "Check what was read" in checking.text

    response = dilys.post(file.get_absolute_url(), answers(file))

    assert response.status_code == 302, errors_in(response)
    with cast.acting("dilys"):
        meeting = Meeting.objects.get()
        assert meeting.held_on.isoformat() == "2014-03-11"
        assert Attendance.objects.filter(meeting=meeting).count() == 11
        assert Decision.objects.count() == 3
        assert Action.objects.get().due.isoformat() == "2014-04-30"
    page = dilys.get(response["Location"])
    assert "Shop Theft" in page.text
    assert "ACTION:" not in page.text, "the action stands below its item, not in its text too"
    assert "board.txt" in page.text
