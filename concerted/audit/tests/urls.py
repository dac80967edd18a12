"""Pages that go wrong on purpose."""

from django.db import connection
from django.http import Http404, HttpResponse
from django.urls import include, path

from concerted.access.http import Request
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.verdict import NotAllowed


def _noted(request: Request) -> None:
    trail.add(
        request.actor,
        "probe.made",
        kind="audit.probe",
        reference=request.reference,
        verb=Verb.COLLECT,
    )


def works(request: Request) -> HttpResponse:
    _noted(request)
    return HttpResponse("done")


def refuses(request: Request) -> HttpResponse:
    _noted(request)
    raise NotAllowed("Not for you.")


def breaks(request: Request) -> HttpResponse:
    _noted(request)
    raise RuntimeError(f"went wrong over {request.POST.get('text')}")


def breaks_in_the_database(request: Request) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [request.POST["text"]])
    return HttpResponse("never")


def is_not_there(request: Request) -> HttpResponse:
    _noted(request)
    raise Http404


urlpatterns = [
    path("probe/works/", works, name="works"),
    path("probe/refuses/", refuses, name="refuses"),
    path("probe/breaks/", breaks, name="breaks"),
    path("probe/breaks-in-the-database/", breaks_in_the_database, name="breaks_database"),
    path("probe/is-not-there/", is_not_there, name="is_not_there"),
    path("", include("concerted.config.urls")),
]

handler400 = "concerted.ui.errors.bad_request"
handler403 = "concerted.ui.errors.forbidden"
handler404 = "concerted.ui.errors.not_found"
handler500 = "concerted.ui.errors.server_error"
