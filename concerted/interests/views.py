"""Pages of the register of interests: one's own, a body's, the rule, and a meeting's."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.audit.consulting import consulted
from concerted.interests import declaring, policies, queries, rules, services
from concerted.interests.forms import (
    AddForm,
    BecauseForm,
    DecideForm,
    DeclareForm,
    DismissForm,
    EndForm,
    EntryForm,
    GiftForm,
    KindForm,
    RemarkForm,
    RuleForm,
    StopKindForm,
)
from concerted.interests.models import Entry
from concerted.interests.prompting import prompts_at
from concerted.interests.states import Said
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import items_visible_to
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import (
    bodies_visible_to,
    organisations_visible_to,
    people_visible_to,
)
from concerted.ui.submitted import done

EITHER = ["GET", "HEAD", "POST"]


def _entry(request: Request, key: str) -> Entry:
    return get_object_or_404(queries.entries_visible_to(request.actor), key=key)


def _form(request: Request, title: str, text: str, form: Form, back: str) -> HttpResponse:
    context = {"title": title, "text": text, "form": form, "back": back}
    return render(request, "interests/form.html", context)


@require_safe
def mine(request: Request) -> HttpResponse:
    """One's own interests: what is registered, until when to confirm, and what is asked."""
    actor, day = request.actor, today()
    own = queries.entries_visible_to(actor).filter(register__person=actor.person_id)
    current = list(queries.current_entries(actor).filter(register__person=actor.person_id))
    rule, due = queries.rule_on(day), queries.own_due_on(actor, day=day)
    context = {
        "day": day,
        "rule": rule,
        "due": due,
        "confirmed": queries.confirmed_on(actor, [actor.person_id]).get(actor.person_id),
        "current": current,
        "gifts": queries.current_gifts(actor).filter(register__person=actor.person_id),
        "ended": own.filter(ends__isnull=False, followed_by=None),
        "questions": {one.entry_id for one in queries.open_questions(actor)},
        "bodies": list(bodies_visible_to(actor).filter(pk__in=actor.seated_body_ids)),
        "may_register": policies.may_register(
            actor, seated=bool(due or (rule is None and actor.seated_body_ids)), rule=rule
        ),
        "may_set_rule": policies.may_set_rule(actor),
    }
    return render(request, "interests/mine.html", context)


@require_http_methods(EITHER)
def add(request: Request) -> HttpResponse:
    form = AddForm(
        request.POST or None,
        kinds=queries.kinds_on(today()),
        organisations=organisations_visible_to(request.actor),
    )
    if done(
        form,
        lambda: services.add(request.actor, new=form.new(), because=form.cleaned_data["because"]),
    ):
        messages.success(request, "Registered. Confirm your register once it is complete.")
        return redirect("interests:mine")
    return _form(
        request,
        "Add an interest",
        "Those who sit on a body with you read it. It stays as you write it: a change is a new "
        "record.",
        form,
        "interests:mine",
    )


@require_POST
def nothing(request: Request) -> HttpResponse:
    services.say_nothing(request.actor)
    messages.success(request, "Registered: you have nothing to declare.")
    return redirect("interests:mine")


@require_POST
def confirm(request: Request) -> HttpResponse:
    services.confirm(request.actor)
    messages.success(request, "Your register is confirmed as complete.")
    return redirect("interests:mine")


@require_safe
def entry(request: Request, key: str) -> HttpResponse:
    """One entry with its earlier records, and what was asked about it."""
    actor, one = request.actor, _entry(request, key)
    person = one.register.person
    bodies = queries.bodies_of(actor, person, day=today())
    own = person.pk == actor.person_id
    hidden = one.audience_id == one.register.keepers_id
    if hidden and not own:
        consulted(actor, [("interests.entry", one.key)])
    remarks = list(queries.remarks_visible_to(actor).filter(entry=one))
    talk = [each for each in remarks if each.said != Said.SEEN]
    may_answer = policies.may_remark(
        actor,
        one,
        Said.ANSWER,
        bodies,
        open_question=bool(talk) and talk[-1].said == Said.QUESTION,
    )
    asked = queries.requests_visible_to(actor).filter(entry=one).last()
    followed = queries.entries_visible_to(actor).filter(follows=one).exists()
    waits = asked is not None and asked.agreed is None
    context = {
        "entry": one,
        "person": person,
        "own": own,
        "hidden": hidden,
        "remarks": remarks,
        "asked": asked,
        "earlier": queries.earlier_records(actor, one),
        "may_answer": may_answer,
        "may_keep": policies.may_keep(actor, person.pk, bodies),
        "may_change": policies.may_change(actor, one, followed=followed, waits=waits),
        "may_ask": policies.may_ask(actor, one, followed=followed, asked=asked),
        "may_decide": asked is not None and policies.may_decide(actor, asked, bodies),
        "answer": RemarkForm(initial={"said": Said.ANSWER}),
        "question": RemarkForm(initial={"said": Said.QUESTION}),
    }
    return render(request, "interests/entry.html", context)


@require_http_methods(EITHER)
def change(request: Request, key: str) -> HttpResponse:
    one = _entry(request, key)
    initial = {
        "kind": one.kind and one.kind.key,
        "organisation": one.organisation and one.organisation.key,
        "organisation_name": one.organisation_name,
        "what": one.what,
        "whose": one.whose,
        "starts": one.starts,
    }
    form = EntryForm(
        request.POST or None,
        initial=initial,
        kinds=queries.kinds_on(today()),
        organisations=organisations_visible_to(request.actor),
    )
    _own(request, one)
    if done(form, lambda: services.change(request.actor, entry=one, new=form.new())):
        messages.success(request, "Registered. The record before it stays.")
        return redirect("interests:mine")
    return _form(
        request,
        "Change an interest",
        "The record before it stays, and this one stands instead of it.",
        form,
        "interests:mine",
    )


@require_http_methods(EITHER)
def end(request: Request, key: str) -> HttpResponse:
    one = _entry(request, key)
    _own(request, one)
    form = EndForm(request.POST or None, initial={"on": today()})
    if done(form, lambda: services.end(request.actor, entry=one, on=form.cleaned_data["on"])):
        messages.success(request, "Registered: this interest is over.")
        return redirect("interests:mine")
    return _form(
        request,
        "End an interest",
        "It stays on record with its last day, and stands in the register until then.",
        form,
        "interests:mine",
    )


@require_http_methods(EITHER)
def withhold(request: Request, key: str) -> HttpResponse:
    one = _entry(request, key)
    _own(request, one)
    form = BecauseForm(request.POST or None)
    if done(
        form,
        lambda: services.ask_to_withhold(
            request.actor, entry=one, because=form.cleaned_data["because"]
        ),
    ):
        messages.success(request, "Its details are withheld until it is decided.")
        return redirect("interests:mine")
    return _form(
        request,
        "Ask that details are withheld",
        "Others then read that there is an entry, and no more. Whoever keeps the register decides.",
        form,
        "interests:mine",
    )


@require_http_methods(EITHER)
def gift_add(request: Request) -> HttpResponse:
    form = GiftForm(request.POST or None, organisations=organisations_visible_to(request.actor))
    if done(form, lambda: services.register_gift(request.actor, new=form.new())):
        messages.success(request, "Registered.")
        return redirect("interests:mine")
    return _form(
        request,
        "Register a gift or hospitality",
        "Those who sit on a body with you read it. What you declined is registered too.",
        form,
        "interests:mine",
    )


@require_http_methods(EITHER)
def gift_correct(request: Request, key: str) -> HttpResponse:
    """How a gift was meant; the record before it stays."""
    actor = request.actor
    one = get_object_or_404(queries.gifts_visible_to(actor), key=key)
    policies.may_correct_gift(actor, one, corrected=False).enforce()
    initial = {
        "direction": one.direction,
        "on": one.on,
        "what": one.what,
        "pounds": one.pounds,
        "organisation": one.organisation and one.organisation.key,
        "other_side": one.other_side,
        "accepted": "yes" if one.accepted else "no",
    }
    form = GiftForm(
        request.POST or None, initial=initial, organisations=organisations_visible_to(actor)
    )
    if done(form, lambda: services.register_gift(actor, new=form.new(), corrects=one)):
        messages.success(request, "Registered. The record before it stays.")
        return redirect("interests:mine")
    return _form(
        request,
        "Correct a gift or hospitality",
        "The record before it stays, and this one stands instead of it.",
        form,
        "interests:mine",
    )


def _own(request: Request, one: Entry) -> None:
    """Of an entry that others read, only the member gets to the forms."""
    if one.register.person_id != request.actor.person_id:
        raise NotAllowed("Only the member whose interest it is can change this entry.")


@require_http_methods(EITHER)
def decide(request: Request, key: str) -> HttpResponse:
    """Decide whether the details of an entry stay withheld."""
    actor = request.actor
    asked = get_object_or_404(queries.requests_visible_to(actor), key=key)
    bodies = queries.bodies_of(actor, asked.entry.register.person, day=today())
    policies.may_decide(actor, asked, bodies).enforce()
    consulted(actor, [("interests.entry", asked.entry.key)])
    form = DecideForm(request.POST or None)
    if done(form, lambda: services.decide(actor, asked=asked, **form.cleaned_data)):
        messages.success(request, "Decided. The member reads your answer beside the entry.")
        return redirect("interests:entry", asked.entry.key)
    return render(request, "interests/decide.html", {"asked": asked, "form": form})


@require_POST
def remark(request: Request, key: str) -> HttpResponse:
    """Note an entry as seen, ask about it, or answer."""
    one = _entry(request, key)
    form = RemarkForm(request.POST)
    if form.is_valid():
        services.remark(request.actor, entry=one, **form.cleaned_data)
        messages.success(request, "Recorded.")
    else:
        messages.error(request, "Nothing was recorded. Write the question or the answer.")
    return redirect("interests:entry", key)


@require_safe
def register(request: Request, key: str) -> HttpResponse:
    """The register of a body: its members, what they registered, and who has confirmed."""
    actor, day = request.actor, today()
    body = get_object_or_404(bodies_visible_to(actor), key=key)
    policies.may_read(actor, body).enforce()
    members = queries.members_of(actor, body, day=day)
    others = {line.person.pk for line in members} - {actor.person_id}
    context = {
        "body": body,
        "day": day,
        "rule": queries.rule_on(day),
        "members": members,
        "asked": [
            one
            for one in queries.requests_visible_to(actor).filter(agreed=None)
            if one.entry.register.person_id in others
        ]
        if policies.keeps(actor, [body.pk])
        else [],
    }
    return render(request, "interests/register.html", context)


@require_safe
def rule(request: Request) -> HttpResponse:
    """The partnership's rule: its periods and the kinds of interest, for everybody."""
    context = {
        "rules": list(queries.all_rules()),
        "now": queries.rule_on(today()),
        "kinds": list(queries.all_kinds()),
        "day": today(),
        "may_set": policies.may_set_rule(request.actor),
    }
    return render(request, "interests/rule.html", context)


@require_http_methods(EITHER)
def rule_set(request: Request) -> HttpResponse:
    policies.may_set_rule(request.actor).enforce()
    form = RuleForm(request.POST or None)
    if done(form, lambda: rules.set_rule(request.actor, **form.cleaned_data)):
        messages.success(request, "The rule is set.")
        return redirect("interests:rule")
    return _form(
        request,
        "Set the rule on interests",
        "It holds from a day on until a later one. Rules that held before stay on record.",
        form,
        "interests:rule",
    )


@require_http_methods(EITHER)
def kind_add(request: Request) -> HttpResponse:
    policies.may_set_rule(request.actor).enforce()
    form = KindForm(request.POST or None, initial={"starts": today()})
    if done(form, lambda: rules.add_kind(request.actor, **form.cleaned_data)):
        messages.success(request, "The kind is on the list.")
        return redirect("interests:rule")
    return _form(
        request,
        "Add a kind of interest",
        "Its words are never changed, so read them once more before you add it.",
        form,
        "interests:rule",
    )


@require_http_methods(EITHER)
def kind_stop(request: Request, key: str) -> HttpResponse:
    kind = get_object_or_404(queries.all_kinds(), key=key)
    policies.may_set_rule(request.actor).enforce()
    form = StopKindForm(request.POST or None)
    if done(form, lambda: rules.stop_kind(request.actor, kind=kind, **form.cleaned_data)):
        messages.success(request, "From that day on, nobody registers this kind.")
        return redirect("interests:rule")
    return _form(
        request,
        f"Stop registering: {kind.words}",
        "What was registered under it until then stays.",
        form,
        "interests:rule",
    )


@require_safe
def meeting(request: Request, key: str) -> HttpResponse:
    """What was declared at a meeting, item by item, with the records that were corrected."""
    actor = request.actor
    one = get_object_or_404(meetings_visible_to(actor), key=key)
    declared: dict[int, list[object]] = {}
    for each in queries.declared_at(actor, one):
        declared.setdefault(each.item_id, []).append(each)
    context = {
        "meeting": one,
        "items": list(items_visible_to(actor).filter(meeting=one)),
        "declared": declared,
        "prompts": prompts_at(actor, one),
        "may_declare": policies.may_declare(actor, one),
    }
    return render(request, "interests/meeting.html", context)


@require_http_methods(EITHER)
def declare(request: Request, key: str) -> HttpResponse:
    """Record what somebody declared at an item."""
    actor = request.actor
    item = get_object_or_404(items_visible_to(actor), key=key)
    policies.may_declare(actor, item.meeting).enforce()
    form = DeclareForm(
        request.POST or None,
        kinds=queries.kinds_on(item.meeting.held_on),
        people=people_visible_to(actor),
    )
    if done(
        form,
        lambda: declaring.declare(
            actor, item=item, person=form.cleaned_data["person"], new=form.new()
        ),
    ):
        messages.success(request, "The declaration is on record.")
        return redirect("interests:meeting", item.meeting.key)
    context = {"item": item, "form": form, "title": "Record a declaration of interest"}
    return render(request, "interests/declare.html", context)


@require_POST
def dismiss(request: Request, key: str) -> HttpResponse:
    """Put aside that an item may meet a registered interest, with a reason."""
    item = get_object_or_404(items_visible_to(request.actor), key=key)
    form = DismissForm(request.POST)
    if form.is_valid():
        declaring.dismiss(
            request.actor,
            item=item,
            entry_key=form.cleaned_data["entry"],
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "Put aside. The reason is on record.")
    else:
        messages.error(request, "Nothing was put aside. Say why it does not touch the interest.")
    return redirect("interests:meeting", item.meeting.key)


@require_http_methods(EITHER)
def correct(request: Request, key: str) -> HttpResponse:
    """Record how a declaration was meant; the one before stays."""
    actor = request.actor
    before = get_object_or_404(queries.declarations_visible_to(actor), key=key)
    item = before.item
    policies.may_declare(actor, item.meeting).enforce()
    form = DeclareForm(
        request.POST or None,
        initial={
            "person": before.person.key,
            "kind": before.kind.key,
            "words": before.words,
            "did": before.did,
            "dispensation": before.dispensation,
        },
        kinds=queries.kinds_on(item.meeting.held_on),
        people=people_visible_to(actor),
    )
    if done(
        form,
        lambda: declaring.correct(
            actor, before=before, person=form.cleaned_data["person"], new=form.new()
        ),
    ):
        messages.success(request, "The correction is on record, beside what it corrects.")
        return redirect("interests:meeting", item.meeting.key)
    context = {
        "item": item,
        "form": form,
        "before": before,
        "title": "Correct a declaration of interest",
    }
    return render(request, "interests/declare.html", context)
