"""What the pages of calls share: loading what an address names, and a form that is a page."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from concerted.access.http import Request
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.papers.public import Paper
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people.public import Body

EITHER = ["GET", "HEAD", "POST"]


def meeting_of(request: Request, key: str) -> Meeting:
    return get_object_or_404(meetings_visible_to(request.actor), key=key)


def paper_of(request: Request, key: str) -> Paper:
    return get_object_or_404(papers_visible_to(request.actor), key=key)


def given(request: Request) -> QueryDict | None:
    """What was sent, even if it is nothing; None where a form is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: Request,
    form: forms.Form,
    act: Callable[[], str],
    *,
    title: str,
    about: str,
    body: Body,
    back: str,
    button: str = "Save",
    hints: Sequence[str] = (),
    then: str = "",
    to: str = "",
) -> HttpResponse:
    """A form on a page of its own: `act` does what it says, and says what was done.

    `back` is where its link leads, and where it ends unless `then` says otherwise. It is sent to
    the page itself, or `to` another one.
    """
    if form.is_valid():
        try:
            said = act()
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect(then or back)
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "about": about,
        "body": body,
        "back": back,
        "button": button,
        "hints": hints,
        "to": to,
    }
    return render(request, "paper_calls/form.html", context)
