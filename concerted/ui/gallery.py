"""Every component in each of its states, on pages that tests and designers look at.

Routed only where ``settings.GALLERY`` is true. All names are invented.
"""

import datetime as dt
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concerted.ui import errors
from concerted.ui.fields import DateInTextField, TimeInTextField

TODAY = dt.date(2026, 11, 16)


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Give the item a title."}
    )
    text = forms.CharField(label="What was said", widget=forms.Textarea(attrs={"rows": 3}))
    due = DateInTextField(label="Due date")
    starts = TimeInTextField(label="Starts at", required=False)
    minutes = forms.IntegerField(label="Minutes", required=False, help_text="How long it may take")
    owner = forms.ChoiceField(
        label="Owner",
        choices=[("", "Choose"), ("mbc", "Marlbeck Borough Council"), ("wp", "Wyleshire Police")],
    )
    outcome = forms.ChoiceField(
        label="Outcome",
        widget=forms.RadioSelect,
        choices=[("noted", "Noted"), ("agreed", "Agreed"), ("deferred", "Deferred")],
        error_messages={"required": "Choose an outcome."},
    )
    bodies = forms.MultipleChoiceField(
        label="Bodies",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("board", "Safer Marlbeck Board"), ("fenside", "Fenside area board")],
    )
    sure = forms.BooleanField(
        label="The owner has been asked", error_messages={"required": "Ask the owner first."}
    )
    paper = forms.FileField(label="Paper", required=False, help_text="PDF or Word, up to 50 MB")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, initial="3")


def _pieces(request: HttpRequest) -> HttpResponse:
    pages = Paginator(range(30), 5)
    return render(request, "ui/gallery/pieces.html", {"on": TODAY, "page": pages.page(2)})


def _records(request: HttpRequest) -> HttpResponse:
    pages = Paginator(range(30), 5)
    return render(request, "ui/gallery/records.html", {"on": TODAY, "page": pages.page(1)})


def _reading(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/reading.html", {})


def _forms(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/forms.html", {"form": ExampleForm()})


def _mistakes(request: HttpRequest) -> HttpResponse:
    given = {"title": "", "due": "31 June 2026", "starts": "9", "minutes": "many", "version": "3"}
    return render(request, "ui/gallery/forms.html", {"form": ExampleForm(given)})


def _banners(request: HttpRequest) -> HttpResponse:
    messages.success(request, "The action was recorded.")
    messages.warning(request, "Two seats have not replied yet.")
    messages.error(request, "The file could not be read.")
    return render(request, "ui/gallery/banners.html", {})


def _refused(request: HttpRequest) -> HttpResponse:
    return errors.not_allowed(
        request,
        "Minutes that are agreed are corrected by the secretary, at a later meeting.",
        who_here="You are the community safety analyst, in support of the Safer Marlbeck Board.",
        can_do=[
            errors.Way(
                "Ask the secretary for a correction", "#", ": say which minute and what is wrong"
            )
        ],
        kept="Minute 6: “six lanes” should read “four lanes”.",
    )


PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "pieces": _pieces,
    "records": _records,
    "reading": _reading,
    "forms": _forms,
    "mistakes": _mistakes,
    "banners": _banners,
    "refused": _refused,
    "send-again": errors.csrf_failure,
    "not-found": errors.not_found,
    "not-understood": errors.bad_request,
    "went-wrong": errors.server_error,
}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the pages of the gallery."""
    return render(request, "ui/gallery/index.html", {"names": list(PAGES)})


@login_not_required
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of the gallery."""
    if name not in PAGES:
        raise Http404
    return PAGES[name](request)
