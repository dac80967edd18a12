"""Who may see a thing, and saying so."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import bodies_visible_to, may_see_readers
from concerted.restrictions import kinds, policies, queries, services
from concerted.restrictions.forms import RestrictForm
from concerted.restrictions.kinds import Thing
from concerted.restrictions.models import Restriction
from concerted.restrictions.states import Level, Tier
from concerted.restrictions.words import changed_words

PAGE = 20


def _thing(request: Request, kind: str, key: str) -> Thing:
    thing = kinds.kind_of(kind).find(request.actor, key)
    if thing is None:
        raise Http404
    return thing


@require_safe
def index(request: Request) -> HttpResponse:
    """What the reader's organisations keep back, the next to be looked at first."""
    page = Paginator(queries.for_review(request.actor), PAGE).get_page(request.GET.get("page"))
    unnamed = [one.thing_key for one in page if one.body is None]
    context = {
        "page": page,
        "bodies": dict(
            bodies_visible_to(request.actor).filter(key__in=unnamed).values_list("key", "name")
        ),
        "names": kinds.names_by_label(),
        "day": today(),
    }
    return render(request, "restrictions/index.html", context)


@require_safe
def see(request: Request, key: str, kind: str) -> HttpResponse:
    """Who may see this: in words, with all that was said of it before."""
    thing = _thing(request, kind, key)
    history = queries.history_of(request.actor, thing)
    newest = history[0] if history else None
    context = {
        "thing": thing,
        "kind": kind,
        "newest": newest,
        "restricted": newest is not None and newest.level != Level.OPEN,
        "office": newest is None and policies.is_held(thing),
        "unsaid": newest is None and policies.is_hidden_since_added(thing),
        "of": kinds.kind_of(kind),
        "entries": queries.audience_now(request.actor, thing),
        "history": history,
        "may_change": policies.may_change(request.actor, thing, newest),
        "may_see_readers": newest is not None
        and newest.level != Level.OPEN
        and may_see_readers(request.actor, thing.body, owner_id=newest.owner_id),
    }
    return render(request, "restrictions/see.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, key: str, kind: str) -> HttpResponse:
    """Close it, hide it, open it, or change who is on its audience."""
    actor = request.actor
    thing = _thing(request, kind, key)
    newest = queries.newest_of(actor, thing)
    policies.may_change(actor, thing, newest).enforce()
    form = _form(request, kind, thing, newest)
    overtaken, status = "", 200
    if form.is_valid():
        try:
            services.restrict(
                actor,
                kind=kinds.kind_of(kind),
                key=key,
                wanted=form.wanted(),
                token=form.cleaned_data["token"],
            )
        except services.Overtaken as clash:
            # What was typed stays, over the record of whoever was first.
            overtaken = changed_words(clash.by)
            typed = request.POST.copy()
            typed["token"] = clash.by.key
            form = _form(request, kind, thing, clash.by, typed)
        except NotAllowed as refusal:
            # The same refusal as on a page of its own, but what was typed stays.
            form.add_error(None, str(refusal))
            request.refused = f"restrictions:change_{kind}"  # type: ignore[attr-defined]
            status = 403
        else:
            messages.success(request, f"Recorded: who may see this {thing.noun}.")
            return redirect("restrictions:see_" + kind, key)
    context = {
        "thing": thing,
        "kind": kind,
        "of": kinds.kind_of(kind),
        "form": form,
        "newest": newest,
        "overtaken": overtaken,
        "warnings": kinds.kind_of(kind).warnings(actor, thing),
        "readers": queries.given_to(actor, thing),
    }
    return render(request, "restrictions/change.html", context, status=status)


def _form(
    request: Request,
    kind: str,
    thing: Thing,
    newest: Restriction | None,
    typed: QueryDict | None = None,
) -> RestrictForm:
    return RestrictForm(
        typed or (request.POST if request.method == "POST" else None),
        of=kinds.kind_of(kind),
        initial=_initial(request, thing, newest),
        entries=[] if thing.given_id else queries.to_pick(request.actor, thing, newest),
        given=thing.given_id is not None,
        owners=queries.owners_to_pick(request.actor, thing),
        grounds=queries.grounds_on(today()),
    )


def _initial(request: Request, thing: Thing, newest: Restriction | None) -> dict[str, object]:
    owner = newest.owner if newest else thing.organisation
    initial: dict[str, object] = {"owner": owner and owner.key}
    if thing.given_id is None:
        initial["sees"] = [one.value for one in queries.audience_now(request.actor, thing)]
    if newest is None:
        return initial | {"tier": Tier.SENSITIVE, "token": ""}
    return initial | {
        "token": newest.key,
        "level": newest.level,
        "tier": newest.tier,
        "ground": newest.ground and newest.ground.key,
        "public_interest": newest.public_interest,
        "review_on": newest.review_on,
        "whom_to_ask": newest.whom_to_ask,
    }
