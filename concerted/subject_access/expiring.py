"""What is left of a request 30 days after it ended: that it was answered, and how, but no texts."""

from django.db import transaction

from concerted.access.actor import SYSTEM
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import destroy
from concerted.kernel.clock import now
from concerted.kernel.personal import NAME_REMOVED
from concerted.people.public import open_to
from concerted.subject_access.models import AccessRequest, Draft, Finding, Handlers, Release
from concerted.subject_access.services import KEEP


@transaction.atomic
def expire() -> int:
    """Empty what was found and destroy the files of requests that ended; returns how many.

    Opens the wall for the requests, and then for those alone who drafted one that is due.
    """
    handlers = Handlers.objects.get().audience_id
    open_to((handlers,))
    due = list(
        AccessRequest.objects.select_for_update(of=("self",)).filter(
            ended_at__lt=now() - KEEP, erased_at=None
        )
    )
    for request in due:
        open_to((handlers, *request.held_for))
        empty(request)
    open_to(())
    return len(due)


def empty(request: AccessRequest) -> None:
    """Empty what was found for a request, and destroy its answer.

    The wall must be open to those who handle requests and to those who drafted this one.
    """
    Finding.objects.filter(draft__request=request).update(parts=[], others=[])
    Draft.objects.filter(request=request).update(files_through="")
    for given in Release.objects.filter(request=request).select_related("version__document"):
        version = given.version
        given.version = None
        given.save(update_fields=["version"])
        if version:
            destroy(SYSTEM, version=version)
    request.erased_at = now()
    request.save(update_fields=["erased_at"])
    trail.note(SYSTEM, "request.emptied", request, verb=Verb.ERASE, fields=["parts", "others"])


def forget(request: AccessRequest) -> None:
    """Empty a request as above, and take the name out of it: that and when they asked stays."""
    Draft.objects.filter(request=request).update(names=[])
    request.name, request.spellings, request.wish = NAME_REMOVED, [], ""
    request.save(update_fields=["name", "spellings", "wish"])
    empty(request)
