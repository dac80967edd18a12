"""The papers that were put to meetings, and one of them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from concerted.access.http import Request
from concerted.access.roles import Permission
from concerted.documents.public import files_shown
from concerted.papers import queries, services
from concerted.papers.models import Appendix
from concerted.people.public import may_see_readers
from concerted.restrictions.public import closed_to, closure_of

PAGE = 20


@require_safe
def index(request: Request) -> HttpResponse:
    page = Paginator(queries.newest_first(request.actor), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "closed": closed_to(request.actor, "papers.paper")}
    return render(request, "papers/list.html", context)


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    paper = get_object_or_404(queries.visible_to(request.actor), key=key)
    said = queries.closures_of(request.actor, paper)
    appendices = queries.appendix_lines(request.actor, paper, said)
    seen = [one for one in appendices if isinstance(one, Appendix)]
    services.consulted(request.actor, paper=paper, appendices=seen)
    files = files_shown(queries.files_of(request.actor, paper), said, paper.body)
    closure = (
        closure_of(request.actor, "papers.paper", paper.key)
        if paper.audience_id != paper.home_id
        else None
    )
    owner_id = closure.owner_id if closure else paper.organisation_id
    return render(
        request,
        "papers/detail.html",
        {
            "paper": paper,
            "recommendations": list(queries.recommendations_of(request.actor, paper)),
            "stretches": queries.stretches_of(request.actor, paper),
            "appendices": appendices,
            "closure": closure,
            "presentations": queries.presentations_of(request.actor, paper),
            "may_see_readers": (paper.restricted or files.restricted)
            and may_see_readers(request.actor, paper.body, owner_id=owner_id),
            "files": files,
            "versions": queries.versions_of(request.actor, paper),
            "withdrawal": queries.withdrawal_of(request.actor, paper),
            "may_restrict": request.actor.holds(Permission.MINUTES_IMPORT, body_id=paper.body_id),
        },
    )
