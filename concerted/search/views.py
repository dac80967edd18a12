"""The page of the search: what was typed, what fits, and what to try where nothing does."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from concerted.access.addresses import address
from concerted.access.http import Request
from concerted.people.public import Body
from concerted.search import asking, queries, services
from concerted.search.forms import SearchFilter, as_chosen
from concerted.search.highlighting import Piece, endings_of, excerpt, marked
from concerted.search.models import Row
from concerted.search.states import GROUP_OF, Group, Kind

PAGE = 20
ROUTES = {
    Group.MEETINGS: "meetings:detail",
    Group.MINUTES: "meetings:detail",
    Group.DECISIONS: "meetings:detail",
    Group.ACTIONS: "actions:detail",
    Group.PAPERS: "papers:detail",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that fits, as the page shows it."""

    kind: str
    title: list[Piece]
    said: list[Piece]
    href: str
    body: str
    row: Row
    restricted: bool


@require_safe
def index(request: Request) -> HttpResponse:
    """Search all that the reader may see. The form beside it only writes the text of the box."""
    asked = asking.read(request.GET.get("q", ""))
    found = queries.look(request.actor, asked)
    names = {one.name: queries.names_of(one) for one in found.by_id.values()}
    form = SearchFilter(None, bodies=list(names), initial=as_chosen(asked, names))
    if "words" in request.GET:
        form = SearchFilter(request.GET, bodies=list(names))
        if form.is_valid():
            return redirect(f"{reverse('search:index')}?{urlencode({'q': form.asked})}")
    page = Paginator(found.ids, PAGE).get_page(request.GET.get("page"))
    rows = queries.shown(request.actor, list(page.object_list))
    services.consulted(request.actor, [one for one in rows if _restricted(one, found.by_id)])
    context = {
        "asked": asked,
        "search_text": request.GET.get("q", ""),
        "form": form,
        "found": found,
        "faults": [*asked.faults, *found.faults],
        "page": page,
        "hits": _hits(rows, asked, found.by_id),
        "most": queries.MOST,
        "mended": "" if found.ids or asked.filtered else queries.mended(asked),
    }
    return render(request, "search/search.html", context)


def _hits(rows: list[Row], asked: asking.Asked, bodies: dict[int, Body]) -> list[Hit]:
    terms = [term for group in asked.wanted for term in group]
    endings = endings_of(terms, (text for one in rows for text in (one.title, one.words)))
    return [
        Hit(
            kind=str(Kind(one.kind).label),
            title=marked(one.title, terms, endings),
            said=excerpt(one.words, terms, endings),
            href=address(ROUTES[Group(GROUP_OF[one.kind])], one.page_key)
            + (f"#{one.anchor}" if one.anchor else ""),
            body=bodies[one.body_id].name,
            row=one,
            restricted=_restricted(one, bodies),
        )
        for one in rows
    ]


def _restricted(row: Row, bodies: dict[int, Body]) -> bool:
    return bodies[row.body_id].restricts(row.audience_id)
