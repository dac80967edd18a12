"""From the request to the file that is released, as the data protection officer's pages tell it."""

import datetime
import io
import json
import re
import zipfile

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.access.roles import SUPPORT_ROLES, Permission
from concerted.audit.models import Line
from concerted.documents.models import Version
from concerted.jobs.models import Job
from concerted.kernel.clock import as_of, now, today
from concerted.people import services as people
from concerted.people.models import AudienceMember, Post
from concerted.people.states import Support
from concerted.subject_access import expiring, queries, services, tasks
from concerted.subject_access.models import (
    AccessRequest,
    Finding,
    Handlers,
    Release,
    Step,
)
from concerted.subject_access.policies import Answer
from concerted.subject_access.states import Decided, Exemption

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each walks through every table

LIST = reverse("subject_access:list")
ONE = ("detail", "identity", "clarify", "answered", "extend", "refuse", "withdraw")
OF_REQUEST = (*ONE, "findings", "preview", "download")
SENT = ("draft", "release")


def at(name, request):
    return reverse(f"subject_access:{name}", args=[request.key])


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def lines_of(reference):
    return list(Line.objects.filter(reference=reference).order_by("id").values_list("what", "verb"))


def day(on):
    return f"{on.day} {on:%B %Y}"


def test_from_the_request_to_the_released_file(cast, act, signed_in, monkeypatch):
    act("Gareth Pellow to ask Tobias Wren about the flat on Fen Row")
    act("Bring the list of streets", owner="tobias")
    maud = signed_in("maud")

    # Registered, and it is established who asks.
    new = maud.post(
        reverse("subject_access:new"),
        {
            "person": cast.people["tobias"].key,
            "name": "",
            "spellings": "T. Wren\nToby Wren",
            "asked_on": day(today()),
            "regime": "general",
        },
    )
    with cast.acting("maud"):
        request = AccessRequest.objects.get()
    assert new["Location"] == at("detail", request)
    assert "clock has not started" in words(maud.get(at("detail", request)))
    maud.post(at("identity", request), {"shown": "passport", "on": day(today())})
    page = words(maud.get(at("detail", request)))
    assert "days left" in page
    assert "Passport" in page

    # The program drafts.
    begun = maud.post(at("draft", request))
    with cast.acting("maud"):
        job = Job.objects.get()
        draft = request.drafts.get()
    assert begun["Location"] == job.get_absolute_url()
    assert "Wren" not in job.title
    tasks.draft(**job.arguments)
    page = words(maud.get(at("detail", request)))
    assert "still to be decided" in page

    # A person decides.
    with cast.acting("maud"):
        found = {one.source: one for one in draft.findings.all()}
        rest = [one for one in draft.findings.all() if one.source != "actions.Action"]
    action = found["actions.Action"]
    refused = maud.post(action.get_absolute_url(), {"decided": "disclose"})
    assert "Say why their names may go out" in words(refused)
    missing = maud.post(action.get_absolute_url(), {"decided": "redact", "words": "the moon"})
    assert "“the moon” does not stand in this record" in words(missing)
    assert "Not every finding is decided" in words(maud.get(at("preview", request)))
    assert maud.post(at("release", request)).status_code == 403
    maud.post(
        action.get_absolute_url(),
        {"decided": "redact", "replaced": ["0"], "words": "the flat on Fen Row"},
    )
    shown = words(maud.get(action.get_absolute_url()))
    assert "[somebody of Wyleshire Police] to ask Tobias Wren about [taken out]" in shown
    withheld, *others = rest
    maud.post(
        withheld.get_absolute_url(),
        {"decided": "withhold", "exemption": "privilege", "reason": "Advice of counsel"},
    )
    for one in others:
        maud.post(one.get_absolute_url(), {"decided": "disclose", "reason": "They agreed"})

    # A second look, and out.
    preview = words(maud.get(at("preview", request)))
    assert "Release the answer" in preview
    assert "Fen Row" not in preview
    maud.post(at("release", request))
    page = words(maud.get(at("detail", request)))
    assert f"{len(others)} disclosed, 1 with words taken out, 1 withheld" in page
    file = maud.get(at("download", request))
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert sorted(archive.namelist()) == ["answer.html", "answer.json"]
    html = archive.read("answer.html").decode()
    data = json.loads(archive.read("answer.json"))
    assert "<script" not in html
    assert "Fen Row" not in html + json.dumps(data)
    assert "Gareth" not in html + json.dumps(data)
    assert "Advice of counsel" not in html + json.dumps(data)
    assert "legal professional privilege" in html
    assert "Information Commissioner" in html
    assert "Who does what by when" in html
    assert data["withheld_under"] == [Exemption.PRIVILEGE.label]
    assert len(data["records"]) == len(others) + 1

    # The trail has each step, and nobody's name.
    assert lines_of(request.key) == [
        ("request.registered", "collect"),
        ("request.identified", "alter"),
        ("request.draft_begun", "consult"),
        ("request.drafted", "alter"),
        ("request.released", "disclose"),
        ("request.downloaded", "disclose"),
    ]
    assert lines_of(action.key) == [("finding.decided", "alter")]


@pytest.fixture
def released(cast, asked, drafted, decided):
    def release(who="maud"):
        request = asked(who)
        decided(drafted(request, who), who)
        with cast.acting(who) as actor:
            return request, services.release(actor, request=request)

    return release


def test_only_whoever_released_downloads_the_file(released, signed_in):
    request, _ = released()

    assert signed_in("maud").get(at("download", request)).status_code == 200
    other = signed_in("owen").get(at("download", request))
    assert other.status_code == 403
    assert "Only whoever released one" in words(other)


def test_after_30_days_the_texts_and_the_file_are_gone_and_the_decisions_stay(
    cast, released, signed_in, django_capture_on_commit_callbacks
):
    request, given = released()
    assert expiring.expire() == 0
    with as_of(now() + datetime.timedelta(days=31)):
        late = signed_in("maud").get(at("download", request))
        assert "kept for 30 days" in words(late)
        with django_capture_on_commit_callbacks(execute=True):
            assert expiring.expire() == 1
        assert expiring.expire() == 0

    with cast.acting("maud") as maud:
        given = Release.objects.get(pk=given.pk)
        assert given.version is None
        assert Version.objects.count() == 0
        draft = queries.draft_of(maud, request)
        assert {(tuple(one.parts), tuple(one.others)) for one in draft.findings.all()} == {((), ())}
        assert len(queries.newest_rulings(maud, draft)) == draft.findings.count() > 0
    assert lines_of(request.key)[-1] == ("request.emptied", "erase")


def test_a_withdrawn_request_is_emptied_too_for_each_who_drafted(cast, asked, drafted, signed_in):
    request = asked()
    drafted(request)
    drafted(request, "owen")
    signed_in("owen").post(at("withdraw", request), {"on": day(today())})
    with as_of(now() + datetime.timedelta(days=31)):
        assert expiring.expire() == 1

    for who in ("maud", "owen"):
        with cast.acting(who) as actor:
            draft = queries.draft_of(actor, request)
            assert [one.parts for one in draft.findings.all() if one.parts] == []


@pytest.mark.parametrize("who", ["dilys", "rowena", "tobias", "priti", "sid"])
def test_who_does_not_handle_requests_is_refused_and_learns_of_none(cast, asked, signed_in, who):
    request = asked()
    client = signed_in(who)

    for address in (LIST, reverse("subject_access:new")):
        refused = client.get(address)
        assert refused.status_code == 403
        assert "data protection officer and the partnership manager" in words(refused)
    assert {client.get(at(name, request)).status_code for name in OF_REQUEST} == {404}
    assert {client.post(at(name, request)).status_code for name in (*ONE[1:], *SENT)} == {404}
    with cast.acting(who):
        assert (AccessRequest.objects.count(), Step.objects.count()) == (0, 0)


def test_a_handler_without_the_permission_is_refused_in_a_sentence(asked, signed_in, monkeypatch):
    request = asked()
    without = SUPPORT_ROLES["auditor"].permissions - {Permission.REQUEST_HANDLE}
    monkeypatch.setitem(
        SUPPORT_ROLES,
        "auditor",
        type(SUPPORT_ROLES["auditor"])("Data protection officer", "", without),
    )
    owen = signed_in("owen")

    answers = [owen.get(at(name, request)) for name in OF_REQUEST]
    answers += [owen.post(at(name, request)) for name in SENT]

    assert {one.status_code for one in answers} == {403}
    assert all("handle requests of people" in words(one) for one in answers)


def test_other_methods_are_refused(asked, drafted, signed_in):
    request = asked()
    [one, *_] = drafted(request)
    maud = signed_in("maud")

    assert {maud.get(at(name, request)).status_code for name in SENT} == {405}
    for name in ("detail", "findings", "preview", "download"):
        assert maud.post(at(name, request)).status_code == 405
    assert maud.delete(at("identity", request)).status_code == 405
    assert maud.delete(one.get_absolute_url()).status_code == 405
    assert maud.post(LIST).status_code == 405


def test_the_wrong_state_is_explained(asked, drafted, signed_in):
    request = asked()
    maud = signed_in("maud")

    again = maud.post(at("identity", request), {"shown": "card", "on": day(today())})
    assert "Identity was established already" in words(again)
    none = maud.post(at("answered", request), {"on": day(today())})
    assert "No clarification was asked for" in words(none)
    assert "no finished draft" in words(maud.post(at("release", request)))
    [one, *_] = drafted(request)
    maud.post(
        at("refuse", request),
        {"unfit": "excessive", "note": "The ninth this week", "on": day(today())},
    )
    for answer in (
        maud.post(at("draft", request)),
        maud.post(at("clarify", request), {"note": "Which?", "on": day(today())}),
        maud.post(one.get_absolute_url(), {"decided": "disclose"}),
    ):
        assert "This request has ended" in words(answer)


def test_clarification_stops_the_clock_and_its_answer_lets_it_run(asked, signed_in):
    request = asked()
    maud = signed_in("maud")

    maud.post(at("clarify", request), {"note": "Which years?", "on": day(today())})
    assert "The clock stands since" in words(maud.get(LIST))
    maud.post(at("answered", request), {"note": "The last two", "on": day(today())})
    assert "days left" in words(maud.get(LIST))
    maud.post(at("extend", request), {"note": "It is complex", "on": day(today())})
    assert "with the two further months" in words(maud.get(at("detail", request)))
    assert lines_of(request.key)[-3:] == [
        ("request.clarification_asked", "alter"),
        ("request.clarified", "alter"),
        ("request.extended", "alter"),
    ]


def test_what_is_restricted_after_the_draft_is_not_shown_and_does_not_go_out(
    cast, act, asked, drafted, decided, signed_in
):
    action = act("Ask Tobias Wren for the ledger")
    request = asked()
    found = drafted(request)
    decided(found)
    [one] = [one for one in found if one.source == "actions.Action"]
    with cast.acting("dilys"):
        silver = cast.bodies["silver"].papers_audience_id
        type(action).objects.filter(pk=action.pk).update(audience_id=silver)
    maud = signed_in("maud")

    assert "ledger" not in words(maud.get(at("findings", request)))
    assert "ledger" not in words(maud.get(at("preview", request)))
    assert "Changed or restricted since" in words(maud.get(one.get_absolute_url()))
    refused = maud.post(at("release", request))
    assert "Make a new draft" in words(refused)


def test_what_would_tell_of_an_investigation_is_not_said_at_all(cast, asked, drafted, decided):
    request = asked()
    first, *rest = drafted(request)
    decided(rest)
    with cast.acting("maud") as maud:
        answer = Answer(Decided.WITHHOLD, Exemption.CRIME, "It would warn him.")
        services.decide(maud, finding=first, answer=answer)
        out = services.compiled(maud, request, queries.draft_of(maud, request))

    assert out.count(Decided.WITHHOLD) == 1
    assert out.withheld == []


@pytest.mark.parametrize("page", ["list", "findings"])
def test_more_rows_cost_no_more_queries(cast, act, asked, drafted, signed_in, page):
    request = asked()
    drafted(request)
    maud = signed_in("maud")
    address = LIST if page == "list" else at("findings", request)

    def cost():
        maud.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            assert maud.get(address).status_code == 200
        return len(asked_for)

    few = cost()
    for number in range(4):
        act(f"Ask Tobias Wren for figure {number}")
        asked()
    drafted(request)

    assert cost() == few


def test_posts_that_handle_requests_belong_to_their_audience_and_no_others(cast):
    with cast.acting("maud") as maud:
        officer = people.add_post(
            maud,
            title="Second data protection officer",
            organisation=cast.organisations["council"],
            support=Support.AUDITOR,
        )
        listed = AudienceMember.objects.filter(audience=Handlers.objects.get().audience)
        handle = {
            name
            for name, role in SUPPORT_ROLES.items()
            if Permission.REQUEST_HANDLE in role.permissions
        }
        assert {one.post.support for one in listed.select_related("post")} == handle
        assert officer.pk in {one.post_id for one in listed}
        Post.objects.filter(pk=officer.pk).update(support=Support.ANALYST)
        assert officer.pk not in {one.post_id for one in listed.all()}


@pytest.mark.parametrize("change", ["UPDATE {} SET at = now()", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["subject_access_step", "subject_access_ruling"])
def test_what_was_noted_and_decided_is_never_altered(cast, asked, drafted, decided, table, change):
    decided(drafted(asked()))
    with (
        cast.acting("maud"),
        pytest.raises(DatabaseError, match="stays as it was"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))
    with cast.acting("maud"):
        assert Finding.objects.exists()
