"""What a draft finds, with whose eyes, and what it leaves alone."""

import json

import pytest
from django.db import models
from django.urls import reverse

from concerted.jobs import services as jobs
from concerted.jobs.models import Job
from concerted.people.public import Person
from concerted.subject_access import queries, services, sources, tasks
from concerted.subject_access.models import Draft, Finding
from concerted.subject_access.states import Why
from tests.databases import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each walks through every table


def said(findings):
    return "\n".join(words for one in findings for _, words in one.parts)


def by_source(findings):
    return {one.source for one in findings}


def test_records_that_name_the_person_and_texts_with_the_name_are_found(cast, act, asked, drafted):
    act("Ask TOBIAS  wren for the figures")
    act("Bring the list of streets", owner="tobias")
    act("Ask the Wrens of the choir")

    found = drafted(asked())

    assert {"people.person", "people.appointment", "actions.owner", "actions.action"} <= {
        one.lower() for one in by_source(found)
    }
    assert "Ask TOBIAS  wren for the figures" in said(found)
    assert "Bring the list of streets" in said(found)
    assert "choir" not in said(found)
    by_name = [one for one in found if one.source == "actions.Action"]
    assert [(one.why, one.through) for one in by_name] == [(Why.NAME, ["text"])]
    [owner] = [one for one in found if one.source == "actions.Owner"]
    assert (owner.why, owner.through) == (Why.LINK, ["person"])
    assert owner.href.startswith("/actions/")


def test_a_name_without_a_record_is_looked_for_in_texts(act, asked, drafted):
    act("Write to Ursula Penhale at once")
    request = asked(person=None, name="Ursula Penhale", spellings=["Ursi Penhale"])

    found = drafted(request)

    assert said(found) == "Write to Ursula Penhale at once"


def test_other_spellings_are_looked_for(act, asked, drafted):
    act("Ring Toby Wren-Halse")

    assert "Toby Wren-Halse" in said(drafted(asked(spellings=["Toby Wren-Halse"])))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["Jo O'Dell-Smith", "Zoë Ash", "A. Penhale (Jr.)", "Wren & Sons", "R2*D2", "Ann #4"]
)
def test_the_database_finds_the_same_names_as_the_reader_of_its_rows(act, asked, drafted, name):
    text = f"Write to\n{name.upper().replace(' ', '  ')}, at once"
    act(text)
    act(f"Write to X{name}X")

    assert said(drafted(asked(person=None, name=name))) == text


def test_a_person_whom_the_handler_cannot_see_is_looked_for_by_name_alone(
    cast, act, asked, drafted
):
    act("Ask Tobias Wren for the figures")
    request = asked()
    with cast.acting("dilys"):
        silver = cast.bodies["silver"].papers_audience_id
        Person.objects.filter(pk=cast.people["tobias"].pk).update(audience_id=silver)

    found = drafted(request)

    assert "figures" in said(found)
    assert {one.why for one in found} == {Why.NAME}


def test_other_people_on_record_are_marked_with_what_may_stand_instead(act, asked, drafted):
    act("Gareth Pellow to meet Tobias Wren")

    [one] = [one for one in drafted(asked()) if one.source == "actions.Action"]

    assert one.others == [["Gareth Pellow", "[somebody of Wyleshire Police]"]]


def test_what_is_hidden_from_the_handler_neither_appears_nor_changes_a_count(
    cast, act, asked, drafted, signed_in
):
    """The same with and without a hidden thing, to the last finding and the last byte."""
    act("Ask Tobias Wren for the figures")
    before = drafted(asked())
    act("Watch Tobias Wren closely", body="silver", owner="tobias", who="dilys")
    request = asked()

    after = drafted(request)

    shape = [(one.source, one.why, one.parts, one.others) for one in after]
    assert shape == [(one.source, one.why, one.parts, one.others) for one in before]
    assert "closely" not in said(after)
    page = signed_in("maud").get(reverse("subject_access:findings", args=[request.key])).text
    assert f"({len(before)})" in page
    assert "Watch" not in page


def test_whoever_sees_the_hidden_thing_would_have_found_it(cast, act, asked, drafted, monkeypatch):
    """The test above could not fail if nothing of a hidden body were ever found."""
    act("Watch Tobias Wren closely", body="silver", owner="tobias", who="dilys")
    with cast.acting("dilys") as dilys:
        [action] = [one for one in sources.sources() if one.label == "actions.Action"]
        wanted = tasks.asked_for(dilys, cast.people["tobias"].pk, [])
        others = tasks.others_than(dilys, wanted)
        found = list(tasks.collected(dilys, action, wanted, others))

    assert "closely" in said(found)


def test_a_seat_on_a_hidden_body_is_not_told_by_the_table_without_a_wall(cast, asked, drafted):
    found = drafted(asked(person="gareth"))

    seats = [dict(one.parts).get("Seat") for one in found if one.source == "people.Appointment"]
    assert len(seats) == 1
    assert "Silver" not in said(found)
    assert not any(
        dict(one.parts).get("Body") for one in found if one.source == "people.AudienceMember"
    )


def test_two_handlers_find_with_their_own_eyes_and_do_not_see_each_others(
    cast, act, asked, drafted, signed_in
):
    act("Ask Tobias Wren for the figures")
    request = asked()
    mine = drafted(request)

    theirs = drafted(request, who="owen")

    assert "figures" in said(mine)
    assert "figures" not in said(theirs)
    with cast.acting("owen") as owen:
        assert not queries.findings_visible_to(owen).filter(pk__in=[m.pk for m in mine]).exists()
        assert Finding.objects.filter(pk__in=[one.pk for one in mine]).count() == 0
    assert signed_in("owen").get(mine[0].get_absolute_url()).status_code == 404


def test_what_lets_somebody_in_is_never_written_out(cast, asked, drafted, signed_in):
    signed_in("tobias")
    account = cast.accounts["tobias"]

    found = drafted(asked())

    assert {"access.Account", "access.Session"} <= by_source(found)
    assert account.email in said(found)
    whole = json.dumps([one.parts for one in found])
    assert account.password not in whole
    assert not any(session.session_key in whole for session in account.sessions.all())


def test_every_secret_that_is_named_is_a_field_and_none_other_sounds_like_one():
    for label, names in sources.SECRETS.items():
        assert names <= set(sources.records()[label].classes())
    sounding = {
        f"{one.label}.{name}"
        for one in sources.sources()
        for name in one.fields
        if any(word in name for word in ("password", "secret", "token", "session_"))
    }
    assert sounding == set()


def test_every_table_classed_with_something_of_people_is_searched():
    searched = {one.label: one for one in sources.sources()}
    held = {
        label
        for label, record in sources.records().items()
        if set(record.classes().values()) & sources.OF_PEOPLE
    }

    assert set(searched) == held
    assert {"meetings.Attendance", "papers.Paragraph", "imports.File"} <= held
    assert "subject_access.Finding" not in held


def test_free_text_of_any_type_can_hold_a_name():
    types = {
        type(one.model._meta.get_field(name)) for one in sources.sources() for name in one.texts
    }

    assert {models.CharField, models.TextField, models.JSONField} <= types


def test_an_interrupted_run_begins_again_without_finding_twice(cast, act, asked):
    act("Ask Tobias Wren for the figures")
    request = asked()
    with cast.acting("maud") as maud:
        made = services.begin_draft(maud, request=request)
        [source] = [one for one in sources.sources() if one.label == "actions.Action"]
        wanted = tasks.asked_for(maud, request.person_id, made.names)
        found = list(tasks.collected(maud, source, wanted, tasks.others_than(maud, wanted)))
        services.add_findings(maud, draft=made, source=source.label, found=found)

    tasks.draft(draft_key=made.key, account_id=cast.accounts["maud"].pk)

    with cast.acting("maud"):
        assert made.findings.filter(source="actions.Action").count() == 1
        job = Job.objects.get(pk=made.job_id)
    assert (job.state, job.done) == ("done", len(sources.sources()))


def test_a_cancelled_draft_is_not_whole(cast, asked):
    request = asked()
    with cast.acting("maud") as maud:
        made = services.begin_draft(maud, request=request)
        jobs.cancel(maud, job=made.job)

    tasks.draft(draft_key=made.key, account_id=cast.accounts["maud"].pk)

    with cast.acting("maud") as maud:
        made = Draft.objects.get(pk=made.pk)
        assert made.finished_at is None
        assert made.findings.count() == 0
        assert "no finished draft" in _why_not(maud, request)


def _why_not(actor, request):
    ready = queries.ready_of(actor, queries.draft_of(actor, request))
    return services.policies.may_release(actor, request, ready).why_not


def test_whoever_lost_the_role_collects_nothing(cast, asked, monkeypatch):
    request = asked()
    with cast.acting("maud") as maud:
        made = services.begin_draft(maud, request=request)
    monkeypatch.setattr(tasks.policies, "may_handle", lambda actor: services.policies.no("No."))

    tasks.draft(draft_key=made.key, account_id=cast.accounts["maud"].pk)

    with cast.acting("maud"):
        job = Job.objects.get(pk=made.job_id)
        assert (job.state, job.note) == ("failed", tasks.NO_LONGER)
        assert made.findings.count() == 0


def test_what_was_decided_is_carried_over_where_a_new_draft_finds_the_very_same(
    cast, act, asked, drafted, decided, signed_in
):
    same, changed = act("Ask Tobias Wren for the figures"), act("Bring Tobias Wren the list")
    request = asked()
    decided(drafted(request))
    with cast.acting("dilys"), unguarded():
        type(changed).objects.filter(pk=changed.pk).update(text="Bring Tobias Wren the keys")

    found = {(one.source, one.source_id): one for one in drafted(request)}

    one, other = (found["actions.Action", action.pk] for action in (same, changed))
    assert (one.decided, one.carried) == ("disclose", True)
    assert (other.decided, other.carried) == (None, None)
    page = signed_in("maud").get(one.get_absolute_url()).text
    assert "carried over from your draft before" in page
    assert "They agreed." in page


def test_nothing_is_carried_over_from_another_handler(cast, act, asked, drafted, decided):
    request = asked()
    decided(drafted(request))

    assert {one.decided for one in drafted(request, "owen")} == {None}
