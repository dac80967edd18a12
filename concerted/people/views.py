"""The pages of who the partnership is: load what the actor may see, ask the policy, act, show."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concerted.access.http import Request
from concerted.audit.consulting import consulted
from concerted.kernel.clock import today
from concerted.people import account_queries, forms, joining, policies, queries, seating, services
from concerted.people.closed import closed_bodies, closed_seats
from concerted.people.models import Body, Organisation, Seat
from concerted.people.pages import asked, carried_out, done, sent, shown_or_sent


def _body(request: Request, key: str) -> Body:
    return get_object_or_404(queries.bodies_visible_to(request.actor), key=key)


def _organisation(request: Request, key: str) -> Organisation:
    return get_object_or_404(queries.organisations_visible_to(request.actor), key=key)


@require_safe
def bodies(request: Request) -> HttpResponse:
    """The governance tree, and the lines beside it."""
    branches = queries.tree(request.actor, day=today())
    page = {
        "branches": branches,
        "links": queries.lines_in(branches),
        "count": queries.count_in(branches),
        "closed": closed_bodies(request.actor),
        "may_add": policies.may_add_body(request.actor),
        "may_change_kinds": policies.may_change_kinds(request.actor),
    }
    return render(request, "people/bodies.html", page)


@require_safe
def body(request: Request, key: str) -> HttpResponse:
    """What a body is, its lines, and who sits on it."""
    actor, found = request.actor, _body(request, key)
    lines = queries.seat_lines(actor, found, day=today())
    consulted(actor, _restricted(found, lines))
    page = {
        "body": found,
        "names": queries.names_learned(actor).of(found),
        "place": queries.place_of(actor, found, day=today()),
        "lines": lines,
        "closed": closed_seats(actor, found),
        "areas": queries.areas_of(actor, found),
        "may_change": policies.may_change_body(actor, found),
        "may_appoint": policies.may_appoint(actor, Seat(body=found)),
    }
    return render(request, "people/body.html", page)


def _restricted(body: Body, lines: Sequence[queries.SeatLine]) -> Iterator[tuple[str, str]]:
    """What of a body's page not everybody may read, as the trail names it."""
    if body.hidden:
        yield body._meta.label_lower, body.key
    for line in lines:
        if line.seat.apart:
            yield line.seat._meta.label_lower, line.seat.key


@shown_or_sent
def body_add(request: Request) -> HttpResponse:
    """Add a body."""
    policies.may_add_body(request.actor).enforce()
    form = forms.BodyForm(request.actor, sent(request))
    if made := carried_out(form, partial(services.add_body, request.actor)):
        return done(request, "The body is added. Add its seats next.", made)
    return asked(request, form, back=reverse("people:bodies"))


@shown_or_sent
def body_change(request: Request, key: str) -> HttpResponse:
    """Change what a body is."""
    found = _body(request, key)
    name = found.name
    policies.may_change_body(request.actor, found).enforce()
    form = forms.BodyChangeForm(request.actor, found, sent(request))
    if carried_out(form, partial(services.change_body, request.actor, body=found)):
        return done(request, "The changes are saved.", found)
    return asked(request, form, back=found.get_absolute_url(), caption=name)


@shown_or_sent
def body_link(request: Request, key: str) -> HttpResponse:
    """Draw a line from a body to another."""
    found = _body(request, key)
    policies.may_change_body(request.actor, found).enforce()
    form = forms.LinkForm(request.actor, found, sent(request))
    if carried_out(form, partial(services.link_bodies, request.actor, body=found)):
        return done(request, "The line is drawn.", found)
    return asked(request, form, back=found.get_absolute_url(), caption=found.name)


@require_POST
def body_unlink(request: Request, key: str) -> HttpResponse:
    """Take a line away."""
    found = _body(request, key)
    to = _body(request, request.POST.get("to", ""))
    services.unlink_bodies(request.actor, body=found, to=to, kind=request.POST.get("kind", ""))
    return done(request, "The line is taken away.", found)


@require_safe
def roles(request: Request, key: str) -> HttpResponse:
    """Members outline their roles: one table for the agenda item of that name."""
    found = _body(request, key)
    lines = queries.seat_lines(request.actor, found, day=today())
    may_confirm = {
        line.seat.key: policies.may_confirm_contribution(request.actor, line.seat, on=today())
        for line in lines
    }
    page = {"body": found, "lines": lines, "may_confirm": may_confirm}
    return render(request, "people/roles.html", page)


@shown_or_sent
def seat_add(request: Request, key: str) -> HttpResponse:
    """Add a seat to a body."""
    found = _body(request, key)
    policies.may_change_body(request.actor, found).enforce()
    form = forms.SeatForm(request.actor, found, sent(request))
    if carried_out(form, partial(seating.add_seat, request.actor, body=found)):
        return done(request, "The seat is added.", found)
    return asked(request, form, back=found.get_absolute_url(), caption=found.name)


@shown_or_sent
def seat_confirm(request: Request, key: str) -> HttpResponse:
    """Say what a seat contributes, for this year."""
    seat = get_object_or_404(queries.seats_visible_to(request.actor), key=key)
    policies.may_confirm_contribution(request.actor, seat, on=today()).enforce()
    initial = {"contributes": seat.contributes}
    form = forms.ConfirmForm(sent(request), initial=initial)
    act = partial(seating.confirm_contribution, request.actor, seat=seat, on=today())
    back = reverse("people:roles", args=[seat.body.key])
    if carried_out(form, act):
        return done(request, "Confirmed for this year.", back)
    return asked(request, form, back=back, caption=str(seat))


@shown_or_sent
def appoint(request: Request, key: str) -> HttpResponse:
    """Appoint a person to a seat."""
    seat = get_object_or_404(queries.seats_visible_to(request.actor), key=key)
    policies.may_appoint(request.actor, seat).enforce()
    form = forms.AppointToSeatForm(request.actor, sent(request), initial={"starts": today()})
    if carried_out(form, partial(seating.appoint, request.actor, seat=seat)):
        return done(request, "The appointment is made.", seat.body)
    return asked(request, form, back=seat.body.get_absolute_url(), caption=str(seat))


@shown_or_sent
def appoint_to_post(request: Request, key: str) -> HttpResponse:
    """Appoint a person to a post."""
    post = get_object_or_404(queries.posts_visible_to(request.actor), key=key)
    policies.may_appoint(request.actor).enforce()
    form = forms.AppointForm(request.actor, sent(request), initial={"starts": today()})
    if carried_out(form, partial(seating.appoint, request.actor, post=post)):
        return done(request, "The appointment is made.", post.organisation)
    caption = f"{post.title}, {post.organisation}"
    return asked(request, form, back=post.organisation.get_absolute_url(), caption=caption)


@shown_or_sent
def end_appointment(request: Request, key: str) -> HttpResponse:
    """Say which day is the last of an appointment."""
    appointment = get_object_or_404(queries.appointments_visible_to(request.actor), key=key)
    policies.may_end(request.actor, appointment, today=today()).enforce()
    form = forms.EndForm(sent(request), initial={"on": today()})
    act = partial(seating.end_appointment, request.actor, appointment=appointment)
    seat, post = appointment.seat, appointment.post
    home: Any = seat.body if seat else post and post.organisation
    if carried_out(form, act):
        return done(request, "The appointment ends.", home)
    caption = f"{appointment.person}: {seat or post}"
    ends = account_queries.what_ends(request.actor, [appointment], day=today())
    return asked(request, form, back=home.get_absolute_url(), caption=caption, ends=ends)


@shown_or_sent
def seat_end(request: Request, key: str) -> HttpResponse:
    """Say which day is the last of a seat."""
    actor = request.actor
    seat = get_object_or_404(queries.seats_visible_to(actor), key=key)
    filled_by = queries.people_in(seat, day=today())
    policies.may_end_seat(actor, seat, today=today(), filled_by=filled_by).enforce()
    form = forms.SeatEndForm(sent(request), initial={"on": today()})
    if carried_out(form, partial(seating.end_seat, actor, seat=seat)):
        return done(request, "The seat ends.", seat.body)
    held = list(queries.appointments_visible_to(actor).filter(seat=seat))
    ends = account_queries.what_ends(actor, held, day=today())
    return asked(request, form, back=seat.body.get_absolute_url(), caption=str(seat), ends=ends)


@require_safe
def organisations(request: Request) -> HttpResponse:
    """Every organisation, with its statutory standing."""
    page = {
        "lines": queries.organisation_lines(request.actor, day=today()),
        "may_add": policies.may_add_organisation(request.actor),
    }
    return render(request, "people/organisations.html", page)


@require_safe
def organisation(request: Request, key: str) -> HttpResponse:
    """An organisation: its standing over time, its posts, the seats it holds."""
    actor, found = request.actor, _organisation(request, key)
    page = {
        "organisation": found,
        "names": queries.names_learned(actor).of(found),
        "standings": queries.standings_visible_to(actor).filter(organisation=found),
        "posts": queries.posts_of(actor, found, day=today()),
        "seats": queries.seats_held_by(actor, found, day=today()),
        "may_change": policies.may_add_organisation(actor),
        "may_add_post": policies.may_add_post(actor),
        "may_appoint": policies.may_appoint(actor),
        "may_stop": policies.may_stop(actor, found),
        "may_let_in": policies.may_let_in(actor, found),
        "may_name_confirmer": policies.may_name_confirmer(actor),
    }
    return render(request, "people/organisation.html", page)


@shown_or_sent
def organisation_add(request: Request) -> HttpResponse:
    """Add an organisation."""
    policies.may_add_organisation(request.actor).enforce()
    form = forms.OrganisationForm(sent(request), initial={"standing": ""})
    if made := carried_out(form, partial(services.add_organisation, request.actor)):
        return done(request, "The organisation is added.", made)
    return asked(request, form, back=reverse("people:organisations"))


@shown_or_sent
def organisation_change(request: Request, key: str) -> HttpResponse:
    """Change what an organisation is called."""
    found = _organisation(request, key)
    policies.may_add_organisation(request.actor).enforce()
    form = forms.OrganisationChangeForm(request.actor, found, sent(request))
    act = partial(services.change_organisation, request.actor, organisation=found)
    if carried_out(form, act):
        return done(request, "The changes are saved.", found)
    return asked(request, form, back=found.get_absolute_url(), caption=found.name)


@shown_or_sent
def standing_change(request: Request, key: str) -> HttpResponse:
    """Give an organisation another statutory standing."""
    found = _organisation(request, key)
    policies.may_add_organisation(request.actor).enforce()
    form = forms.StandingForm(sent(request))
    act = partial(services.change_standing, request.actor, organisation=found)
    if carried_out(form, act):
        return done(request, "The new standing is saved.", found)
    return asked(request, form, back=found.get_absolute_url(), caption=found.name)


@shown_or_sent
def post_add(request: Request) -> HttpResponse:
    """Add a post; only the manager is offered the support posts."""
    policies.may_add_post(request.actor).enforce()
    form = forms.PostForm(
        request.actor,
        sent(request),
        support=bool(policies.may_appoint(request.actor)),
        initial={"organisation": request.GET.get("organisation"), "support": ""},
    )
    if made := carried_out(form, partial(services.add_post, request.actor)):
        return done(request, "The post is added.", made.organisation)
    return asked(request, form, back=reverse("people:organisations"))


@require_safe
def persons(request: Request) -> HttpResponse:
    """Everybody the partnership knows, and what they hold."""
    page = {
        "lines": queries.person_lines(request.actor, day=today()),
        "may_add": policies.may_add_person(request.actor),
        "may_join": policies.may_join(request.actor),
        "may_keep_accounts": policies.may_keep_accounts(request.actor),
    }
    return render(request, "people/persons.html", page)


@shown_or_sent
def person_add(request: Request) -> HttpResponse:
    """Add a person by name."""
    policies.may_add_person(request.actor).enforce()
    form = forms.PersonForm(sent(request))
    back = reverse("people:persons")
    if carried_out(form, partial(services.add_person, request.actor)):
        return done(request, "The person is added. Appoint them from a seat or a post.", back)
    return asked(request, form, back=back)


@shown_or_sent
def join(request: Request) -> HttpResponse:
    """Say that two records are one person: choose them, see what moves, then do it."""
    actor = request.actor
    policies.may_join(actor).enforce()
    form = forms.JoinForm(actor, sent(request))
    back = reverse("people:persons")
    if form.is_valid():
        stays, other = form.cleaned_data["stays"], form.cleaned_data["other"]
        verdict = joining.may(actor, stays=stays, other=other)
        if not verdict:
            form.add_error(None, verdict.why_not)
        elif request.POST.get("do") != "join":
            moving = joining.what_moves(actor, other)
            page = {"stays": stays, "other": other, "moving": moving, "back": back}
            return render(request, "people/join.html", page)
        elif carried_out(form, partial(joining.join, actor)):
            return done(request, f"{other.name} and {stays.name} are one person now.", back)
    return asked(request, form, back=back)


@require_safe
def kinds(request: Request) -> HttpResponse:
    """The kinds of body."""
    page = {
        "kinds": queries.kinds_visible_to(request.actor),
        "may_change": policies.may_change_kinds(request.actor),
    }
    return render(request, "people/kinds.html", page)


@shown_or_sent
def kind_add(request: Request) -> HttpResponse:
    """Add a kind of body."""
    policies.may_change_kinds(request.actor).enforce()
    form = forms.KindForm(sent(request))
    back = reverse("people:kinds")
    if carried_out(form, partial(services.add_kind, request.actor)):
        return done(request, "The kind is added.", back)
    return asked(request, form, back=back)


@shown_or_sent
def kind_rename(request: Request) -> HttpResponse:
    """Rename a kind of body."""
    policies.may_change_kinds(request.actor).enforce()
    form = forms.RenameKindForm(request.actor, sent(request))
    back = reverse("people:kinds")
    if carried_out(form, partial(services.rename_kind, request.actor)):
        return done(request, "The kind is renamed.", back)
    return asked(request, form, back=back)


@require_safe
def areas(request: Request) -> HttpResponse:
    """The partnership’s own areas."""
    page = {
        "areas": queries.areas_visible_to(request.actor),
        "districts": queries.districts_visible_to(request.actor),
        "may_define": policies.may_define_area(request.actor),
        "may_add_district": policies.may_add_district(request.actor),
    }
    return render(request, "people/areas.html", page)


@shown_or_sent
def district_add(request: Request) -> HttpResponse:
    """Add a district."""
    policies.may_add_district(request.actor).enforce()
    form = forms.DistrictForm(sent(request))
    if carried_out(form, partial(services.add_district, request.actor)):
        return done(request, "The district is added.", reverse("people:areas"))
    return asked(request, form, back=reverse("people:areas"))


@require_safe
def area(request: Request, key: str) -> HttpResponse:
    """An area with each of its versions, the newest first."""
    page = {
        "area": get_object_or_404(queries.areas_visible_to(request.actor), key=key),
        "may_define": policies.may_define_area(request.actor),
    }
    return render(request, "people/area.html", page)


@shown_or_sent
def area_add(request: Request) -> HttpResponse:
    """Define an area."""
    policies.may_define_area(request.actor).enforce()
    form = forms.AreaForm(request.actor, sent(request))
    if made := carried_out(form, partial(services.define_area, request.actor)):
        return done(request, "The area is defined.", reverse("people:area", args=[made.area.key]))
    return asked(request, form, back=reverse("people:areas"))


@shown_or_sent
def area_define(request: Request, key: str) -> HttpResponse:
    """Define an area anew, from a day on."""
    found = get_object_or_404(queries.areas_visible_to(request.actor), key=key)
    policies.may_define_area(request.actor).enforce()
    form = forms.AreaPartsForm(sent(request), version=next(iter(found.versions.all()), None))
    back = reverse("people:area", args=[key])
    act = partial(services.define_area, request.actor, name=found.name, area=found)
    if carried_out(form, act):
        return done(request, "The new version is saved.", back)
    return asked(request, form, back=back, caption=found.name)


@require_safe
def access(request: Request) -> HttpResponse:
    """What each role may do, the reader's own roles first."""
    page = {"lines": queries.role_lines(request.actor, day=today())}
    return render(request, "people/access.html", page)
