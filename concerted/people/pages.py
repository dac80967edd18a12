"""A form that is a page: shown, sent, carried out, or shown again with what is wrong."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from concerted.access.http import Request
from concerted.kernel.verdict import NotAllowed
from concerted.people.forms import PageForm
from concerted.people.models import Body, Organisation

Made = TypeVar("Made")

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def carried_out(form: PageForm, act: Callable[..., Made]) -> Made | None:
    """What a service makes of a valid form; a refusal of the state stands on the form instead."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return None


def asked(
    request: Request,
    form: PageForm,
    *,
    back: str,
    caption: str = "",
    ends: Sequence[str] = (),
) -> HttpResponse:
    """The page of a form; `ends` says what ends with it, before its button."""
    page: dict[str, Any] = {"form": form, "back": back, "caption": caption, "ends": ends}
    return render(request, "people/form.html", page)


def done(request: Request, words: str, to: str | Body | Organisation) -> HttpResponse:
    messages.success(request, words)
    return redirect(to)
