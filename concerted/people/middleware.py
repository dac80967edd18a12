"""Each request acts as somebody, in one transaction, seeing what that person may see."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from concerted.access.actor import NOBODY
from concerted.access.http import Request
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.verdict import NotAllowed
from concerted.people.standing import open_to, standing
from concerted.ui.errors import not_allowed, not_found

log = logging.getLogger(__name__)

# What somebody reaches who may sign in but holds no post and no seat: signing in and out, one's
# own password and second factor, help, and the page that says whom to ask.
WITHOUT_APPOINTMENT = ("account_", "mfa_", "usersessions_", "access:", "ui:")
ENTRANCES = {
    "actions:owner_link",
    "attending:feed",
    "attending:reply_link",
    "editions:by_link",
    "notifying:stop",
    "people:again",
    "people:lost",
    "people:no_appointment",
    "people:welcome",
}


class ActorMiddleware:
    """Opens the transaction, sets the audiences first, and rolls back on refusal or error."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        account = request.user
        with transaction.atomic():
            if account.is_authenticated:
                request.actor = standing(account)
            else:
                request.actor = NOBODY
                open_to(())
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        if refused := getattr(request, "refused", ""):
            trail.add(
                request.actor,
                "request.refused",
                kind=refused,
                reference=request.reference,
                verb=Verb.REFUSE,
            )
        if account.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: Request, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Without an appointment nothing is open; nothing is looked up, so nothing is told."""
        if not request.user.is_authenticated or request.actor.appointed:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ENTRANCES or name.startswith(WITHOUT_APPOINTMENT):
            return None
        return redirect("people:no_appointment")

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if isinstance(exception, ObjectDoesNotExist) and request.method == "POST":
            # Hidden from this person, or gone, while their request waited for somebody else's.
            log.info("What was sent to %s is not there any more", match and match.view_name)
            return not_found(request)
        if not isinstance(exception, NotAllowed):
            return None
        request.refused = match.view_name if match else ""  # type: ignore[attr-defined]
        return not_allowed(request, str(exception))
