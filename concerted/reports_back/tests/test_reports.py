"""Links, returns, minutes that are shared, and questions: the steps and who sees what."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.agendas import services as agendas
from concerted.agendas.heading import heads_of
from concerted.agendas.queries import draft_of
from concerted.agendas.tests.test_services import restricted
from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import as_of
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.meetings.services import NewItem
from concerted.notices.models import Event
from concerted.notifying.kinds import tells
from concerted.reports_back import queries, services
from concerted.reports_back.models import Asked, Link, Referral, Return, SharedMinutes, Sharing
from concerted.reports_back.services import NewLink
from concerted.reports_back.tests.conftest import APRIL, AUGUST, JUNE, MAY, NOW, words

SECRET = NewItem("2", "Informants", "What was said of informants.")
OPEN = NewItem("1", "Lamps", "Lamps are out in Quay Street.")


def lines(what):
    return TrailLine.objects.filter(what=what).count()


def at(name, *things):
    return reverse(f"reports_back:{name}", args=[one.key for one in things])


# Reports


@pytest.mark.slow
def test_silence_is_counted_and_a_nil_return_is_an_answer(reports):
    april, _, june = (reports.met(day) for day in (APRIL, MAY, JUNE))
    link = reports.link()
    reports.gives(link, april, "nil")

    assert reports.line().reckoned.rate == "1 of 3"
    assert (reports.line().reckoned.silence, reports.line().reckoned.silent) == (2, 2)

    reports.gives(link, june, "not_received", who="dilys")
    assert reports.line().reckoned.rate == "1 of 3"
    assert reports.line().reckoned.last_heard == APRIL
    assert lines("return.given") == 2


def test_a_cancelled_meeting_does_not_count(reports):
    reports.met(APRIL)
    with as_of(NOW - datetime.timedelta(days=60)):
        planned = reports.plans(MAY)
        with reports.cast.acting("dilys") as dilys:
            planned = Meeting.objects.select_related("body").get(pk=planned.pk)
            meetings.cancel(dilys, meeting=planned, seen=planned.standing, reason="Snow.")
    reports.link()

    assert reports.line().reckoned.expected == 1


@pytest.mark.slow
def test_six_reports_back_and_a_nil_return_can_be_held(reports):
    """As minutes of 2009 have them: six standing bodies, one of them with nothing to say."""
    meeting = reports.met(JUNE)
    kind = reports.area.kind
    with reports.cast.acting("maud") as maud:
        from concerted.people import services as people  # noqa: PLC0415

        others = [
            people.add_body(maud, name=f"Group {number}", kind=kind) for number in range(1, 6)
        ]
    links = [reports.link(one) for one in [reports.area, *others]]
    for link in links[:-1]:
        reports.gives(link, meeting, "oral", summary=f"{link.reporting} met twice.")
    reports.gives(links[-1], meeting, "nil")

    with reports.cast.acting("tobias") as tobias:
        found = queries.reports_at(tobias, meeting)
    assert len(found) == 6
    assert all(one.heard for one in found)
    assert [one.standing for one in found].count("Nil return") == 1


@pytest.mark.parametrize(
    ("who", "kind", "sentence"),
    [
        ("gareth", "nil", "Only whoever represents that body here, or the secretary"),
        ("tobias", "not_received", "Only this body’s secretary can record that no report"),
        ("tobias", "attached", "only if the office of that body has shared them"),
    ],
)
def test_who_may_not_say_what(reports, who, kind, sentence):
    meeting, link = reports.met(JUNE), reports.link()

    with pytest.raises(NotAllowed, match=sentence):
        reports.gives(link, meeting, kind, who=who)


def test_nothing_is_said_to_be_missing_before_the_meeting(reports):
    meeting, link = reports.plans(AUGUST), reports.link()

    with pytest.raises(NotAllowed, match="still to come"):
        reports.gives(link, meeting, "not_received", who="dilys")
    assert reports.gives(link, meeting, "oral", summary="All well.").kind == "oral"


def test_the_holder_of_the_seat_or_post_reports(reports):
    meeting = reports.met(JUNE)
    seat = reports.link(organisation=None, seat=reports.cast.seats["gareth"])
    post = reports.link(organisation=None, post=reports.cast.posts["secretary"])

    assert reports.gives(seat, meeting, who="gareth")
    assert reports.gives(post, meeting, who="dilys")
    with pytest.raises(NotAllowed, match="Only whoever represents"):
        reports.gives(seat, meeting, who="tobias")


def test_of_two_who_report_at_once_the_second_is_told(reports):
    meeting, link = reports.met(JUNE), reports.link()
    first = reports.gives(link, meeting, token="")

    with pytest.raises(agendas.Overtaken):
        reports.gives(link, meeting, "oral", who="dilys", token="", summary="Other.")

    again = reports.gives(link, meeting, "oral", who="dilys", token=first.key, summary="Other.")
    assert again.replaces == first
    with reports.cast.acting("tobias") as tobias:
        [stands] = queries.standing_returns(tobias)
        assert stands == again
        assert queries.returns_visible_to(tobias).count() == 2


def test_what_was_agreed_stays(reports):
    meeting, link = reports.met(JUNE, state="subject"), reports.link()
    with reports.cast.acting("dilys") as dilys:
        meetings.confirm(dilys, meeting=meeting)

    with pytest.raises(NotAllowed, match="minutes of this meeting are agreed"):
        reports.gives(link, meeting)


def test_an_ended_link_expects_nothing_more(reports):
    link = reports.link()
    august = reports.plans(AUGUST)
    with reports.cast.acting("dilys") as dilys:
        services.end_link(dilys, link=link, on=JUNE)
        assert queries.reports_at(dilys, august) == []
        with pytest.raises(NotAllowed, match="has ended already"):
            services.end_link(dilys, link=link, on=JUNE)
    assert lines("report_link.ended") == 1


def test_a_link_to_a_hidden_body_is_known_to_those_who_know_that_body(reports):
    reports.link(reports.cast.bodies["silver"])

    with reports.cast.acting("tobias") as tobias:
        assert queries.lines_of(tobias, reports.board) == []
        assert not Link.objects.exists()
    with reports.cast.acting("gareth") as gareth:
        assert len(queries.lines_of(gareth, reports.board)) == 1


# Minutes that are shared


def shares(reports, meeting, who="dilys"):
    with reports.cast.acting(who) as actor:
        return services.share(actor, meeting=meeting, body=reports.board)


def shared_with(reports, who="tobias"):
    with reports.cast.acting(who) as actor:
        return list(queries.shared_visible_to(actor))


@pytest.mark.slow
def test_shared_minutes_are_read_word_for_word_and_open_nothing_else(reports, signed_in):
    area = reports.met(MAY, OPEN, SECRET, body=reports.area)
    restricted(reports.cast, None, "Informants")
    sharing = shares(reports, area)
    meeting, link = reports.met(JUNE), reports.link()
    [shared] = shared_with(reports)
    reports.gives(link, meeting, "attached", attached=shared)
    client = signed_in("tobias")

    page = words(client.get(at("attached", shared)))

    assert "Lamps are out in Quay Street." in page
    assert "nformants" not in page
    assert client.get(area.get_absolute_url()).status_code == 404
    assert shared_with(reports, "agnes") == []
    with reports.cast.acting("tobias"):
        assert not Sharing.objects.exists()
        assert not Item.objects.filter(title="Lamps").exists()
    assert lines("minutes.shared") == 1
    assert sharing.with_body == reports.board


def test_what_was_not_shared_is_not_attached(reports):
    meeting, link = reports.met(JUNE), reports.link()
    reports.met(MAY, OPEN, body=reports.area)

    with pytest.raises(NotAllowed, match="only if the office of that body has shared them"):
        reports.gives(link, meeting, "attached", who="dilys")


def revoked(reports, sharing):
    with reports.cast.acting("dilys") as dilys:
        return services.revoke(dilys, sharing=sharing)


def test_taken_back_it_is_read_no_more(reports, signed_in):
    sharing = shares(reports, reports.met(MAY, OPEN, body=reports.area))
    meeting, link = reports.plans(AUGUST), reports.link()
    [shared] = shared_with(reports)
    reports.gives(link, meeting, "attached", attached=shared)
    revoked(reports, sharing)

    assert signed_in("tobias").get(at("attached", shared)).status_code == 404
    with pytest.raises(NotAllowed, match="only if the office of that body has shared them"):
        reports.gives(link, meeting, "attached", who="dilys", attached=shared)
    assert lines("minutes.taken_back") == 1


@pytest.mark.slow
def test_but_what_was_issued_before_stays_readable(reports, signed_in):
    sharing = shares(reports, reports.met(MAY, OPEN, body=reports.area))
    meeting, link = reports.plans(AUGUST), reports.link()
    [shared] = shared_with(reports)
    reports.gives(link, meeting, "attached", attached=shared)
    _published(reports, meeting)
    with as_of(NOW + datetime.timedelta(days=1)):
        revoked(reports, sharing)

        page = words(signed_in("tobias").get(at("attached", shared)))

    assert "they were issued with an agenda before that" in page
    assert "Lamps are out" in page


def _published(reports, meeting):
    with reports.cast.acting("dilys") as dilys:
        held = Meeting.objects.select_related("body").get(pk=meeting.pk)
        agendas.begin(dilys, meeting=held, from_last=True)
        token = str(draft_of(dilys, held).version)
    with reports.cast.acting("rowena") as rowena:
        agendas.approve(rowena, meeting=held, token=token)
    with reports.cast.acting("dilys") as dilys:
        agendas.publish(dilys, issue=draft_of(dilys, held), token=token)


def test_what_is_closed_later_is_out_of_reach_in_what_was_shared(reports):
    shares(reports, reports.met(MAY, OPEN, SECRET, body=reports.area))
    assert len(shared_with(reports)) == 1

    restricted(reports.cast, None, "Informants")

    assert shared_with(reports) == []


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("agnes", "Only the secretary of the body that met"), ("tobias", "")],
)
def test_who_may_not_share(reports, signed_in, who, sentence):
    meeting = reports.met(MAY, OPEN, body=reports.area)

    response = signed_in(who).get(at("share", meeting))

    assert response.status_code == (403 if sentence else 404)
    assert sentence in response.text


def test_a_meeting_still_to_come_has_nothing_to_share(reports):
    with pytest.raises(NotAllowed, match="no minutes of this meeting yet"):
        shares(reports, reports.plans(AUGUST, reports.area))


def test_a_hidden_body_shares_nothing(reports):
    with pytest.raises(NotAllowed, match="This body is hidden"):
        shares(reports, reports.met(MAY, OPEN, body=reports.cast.bodies["silver"]))


# Questions


def test_those_asked_read_the_question_and_not_the_decision(reports, signed_in):
    referral = reports.refers()

    asked = words(signed_in("agnes").get(at("referral", referral)))
    asker = words(signed_in("tobias").get(at("referral", referral)))

    assert "Who pays for the lamps?" in asked
    assert "Safer Marlbeck Board" in asked
    assert "that the area board be asked" not in asked
    assert "that the area board be asked" in asker
    with reports.cast.acting("agnes"):
        assert (Asked.objects.count(), Referral.objects.count()) == (1, 0)
    with reports.cast.acting("tobias"):
        assert (Asked.objects.count(), Referral.objects.count()) == (0, 1)
    assert lines("referral.made") == 1


@pytest.mark.slow
def test_a_question_of_a_closed_decision_is_not_seen_by_others_who_ask(reports, signed_in):
    referral = reports.refers()
    restricted(reports.cast, None, "Patrols")

    assert signed_in("tobias").get(at("referral", referral)).status_code == 404
    assert signed_in("agnes").get(at("referral", referral)).status_code == 200


@pytest.mark.slow
def test_an_answer_is_read_on_both_sides(reports, signed_in):
    referral = reports.refers()
    with as_of(NOW + datetime.timedelta(days=60)):
        reports.met(AUGUST, NewItem("4", "Lamps", "The council pays."), body=reports.area)
        item = item_at(reports, AUGUST)
        client = signed_in("dilys")
        client.post(
            at("answer", referral), {"item": item.key, "words": "The council."}, follow=True
        )
        for who, sees in (("tobias", False), ("agnes", True)):
            page = words(signed_in(who).get(at("referral", referral)))
            assert "Answer The council." in page
            assert ("4 Lamps, 9 August 2027" in page) == sees
        again = client.get(at("answer", referral))
    assert again.status_code == 403
    assert "answered already" in again.text
    assert lines("referral.answered") == 1


def item_at(reports, day):
    with reports.cast.acting("dilys"):
        return Item.objects.get(meeting__held_on=day)


def test_unanswered_for_more_than_two_meetings_is_said(reports):
    with as_of(datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC)):
        decision = reports.decides(day=datetime.date(2027, 2, 9))
        reports.refers(decision, due_on=datetime.date(2027, 12, 1))
    for day in (APRIL, MAY):
        reports.met(day, body=reports.area)
    with reports.cast.acting("agnes") as agnes:
        [one] = queries.questions_of(agnes, reports.area)
        assert (one.waited, one.standing) == (2, "Open")
    reports.met(JUNE, body=reports.area)

    with reports.cast.acting("agnes") as agnes:
        [one] = queries.questions_of(agnes, reports.area)
        assert one.standing == "Unanswered for 3 meetings"
    with reports.cast.acting("tobias") as tobias:
        [one] = queries.questions_of(tobias, reports.board)
        assert (one.waited, one.standing) == (None, "Open")


@pytest.mark.slow
def test_a_question_heads_the_builder_until_it_is_on_the_agenda(reports, signed_in):
    referral = reports.refers()
    meeting = reports.plans(AUGUST, reports.area)
    with reports.cast.acting("dilys") as dilys:
        issue = agendas.begin(dilys, meeting=meeting, from_last=False)
        assert [one.title for one in heads_of(dilys, meeting)] == ["Who pays for the lamps?"]

    response = signed_in("dilys").post(
        at("put", referral), {"token": issue.version, "meeting": meeting.key}, follow=True
    )

    assert "Question from Safer Marlbeck Board: Who pays for the lamps?" in response.text
    with reports.cast.acting("dilys") as dilys:
        assert heads_of(dilys, meeting) == []
    assert lines("referral.listed") == 1


def test_a_hidden_body_asks_nobody_by_name(reports):
    decision = reports.decides(body=reports.cast.bodies["silver"])

    with pytest.raises(NotAllowed, match="This body is hidden"):
        reports.refers(decision)


# The pages


@pytest.mark.slow
def test_a_body_is_said_to_report_and_enters_a_nil_return(reports, signed_in):
    meeting = reports.plans(AUGUST)
    secretary = signed_in("dilys")
    secretary.post(
        at("add", reports.board),
        {
            "reporting": reports.area.key,
            "organisation": reports.cast.organisations["probation"].key,
            "frequency": "every",
            "starts": "1 January 2027",
        },
    )
    with reports.cast.acting("dilys"):
        link = Link.objects.get()
    client = signed_in("tobias")
    assert "Nothing said yet" in words(client.get(at("meeting", meeting)))

    client.post(at("give", meeting, link), {"kind": "nil", "token": ""}, follow=True)

    page = words(client.get(at("meeting", meeting)))
    assert "1 report expected, 1 heard, of which 1 nil return." in page
    assert "none expected yet" in words(client.get(at("body", reports.board)))
    assert lines("report_link.added") == 1
    with reports.cast.acting("dilys") as dilys:
        [head] = heads_of(dilys, meeting)
    assert head.title == "Report back: Fenside area board"
    assert head.words == "Expected at this meeting, through Probation Service. Nil return."


def test_a_second_return_at_once_is_told_and_keeps_what_was_typed(reports, signed_in):
    meeting, link = reports.plans(AUGUST), reports.link()
    reports.gives(link, meeting, "nil")

    response = signed_in("dilys").post(
        at("give", meeting, link), {"kind": "oral", "summary": "They met.", "token": ""}
    )

    assert response.status_code == 409
    assert "nothing was changed by you" in response.text
    assert "They met." in response.text


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"kind": "written", "summary": ""}, "Say in short what was reported"),
        ({"kind": "nil", "for_decision": "Lamps"}, "What is to be decided needs a report."),
        ({"summary": "They met."}, "Choose what was reported."),
    ],
)
def test_a_return_that_is_not_whole_is_not_saved(reports, signed_in, more, sentence):
    meeting, link = reports.plans(AUGUST), reports.link()

    assert sentence in signed_in("tobias").post(at("give", meeting, link), more).text
    assert lines("return.given") == 0


def test_who_gets_to_which_page(reports, signed_in):
    meeting, link, referral = reports.met(JUNE), reports.link(), reports.refers()
    outside = signed_in("agnes")
    for name, *things in (("meeting", meeting), ("give", meeting, link), ("end", link)):
        assert outside.get(at(name, *things)).status_code == 404
    member = signed_in("gareth")
    for name, thing in (("add", reports.board), ("end", link), ("answer", referral)):
        response = member.get(at(name, thing))
        assert response.status_code == 403
        assert "ecretary" in response.text
    assert member.get(at("give", meeting, link)).status_code == 403
    secretary = signed_in("dilys")
    for name, thing in (("body", reports.board), ("meeting", meeting), ("referral", referral)):
        assert secretary.post(at(name, thing)).status_code == 405
    for name in ("put", "revoke"):
        assert secretary.get(at(name, referral)).status_code == 405


def test_each_form_opens_for_the_secretary(reports, signed_in):
    met, link = reports.met(JUNE, OPEN), reports.link()
    client = signed_in("dilys")
    for name, thing, says in (
        ("add", reports.board, "Say that another body reports here"),
        ("end", link, "End the reports of Fenside area board"),
        ("share", met, "Lamps are out in Quay Street."),
        ("answer", reports.refers(), "Record the answer"),
    ):
        assert says in words(client.get(at(name, thing)))


@pytest.mark.slow
def test_a_question_is_referred_from_the_page_of_its_decision(reports, signed_in):
    decision = reports.decides()
    client = signed_in("dilys")
    address = at("refer", decision)
    assert address in client.get(decision.item.meeting.get_absolute_url()).text
    assert "that the area board be asked" in words(client.get(address))

    more = {"body": reports.area.key, "question": "When?"}
    neither = client.post(address, more)
    assert "Give a day, or choose a meeting" in neither.text
    client.post(address, more | {"due_on": "1 September 2027"})

    assert lines("referral.made") == 1


# Never altered


def test_what_was_said_is_never_altered(reports):
    area = reports.met(MAY, OPEN, body=reports.area)
    shares(reports, area)
    meeting, link = reports.met(JUNE), reports.link()
    reports.gives(link, meeting, "oral", summary="They met.")
    reports.refers(reports.decides(day=APRIL))

    for model, change in (
        (Link, {"every_meetings": 3}),
        (Return, {"summary": "Other"}),
        (SharedMinutes, {"text": "Other"}),
        (Sharing, {"at": NOW - datetime.timedelta(days=1)}),
        (Referral, {"question": "Other"}),
        (Asked, {"question": "Other"}),
    ):
        with (
            reports.cast.acting("dilys"),
            pytest.raises(DatabaseError, match="never altered"),
            transaction.atomic(),
        ):
            model.objects.update(**change)


# How much it asks


@pytest.mark.slow
@pytest.mark.parametrize("page", ["body", "meeting"])
def test_a_page_costs_the_same_for_one_link_and_for_thirty(reports, signed_in, page):
    meeting = reports.plans(AUGUST)
    reports.met(JUNE)
    thing = reports.board if page == "body" else meeting
    client = signed_in("tobias")
    link = reports.link()
    reports.gives(link, meeting)

    def cost():
        client.get(at(page, thing))
        with CaptureQueriesContext(connection) as asked:
            client.get(at(page, thing))
        return len(asked)

    one = cost()
    with reports.cast.acting("dilys") as dilys:
        new = NewLink(
            reports.area,
            datetime.date(2027, 1, 1),
            organisation=reports.cast.organisations["probation"],
        )
        for _ in range(29):
            more = services.add_link(dilys, body=reports.board, new=new)
            services.give(dilys, meeting=meeting, link=more, token="", kind="nil")
    assert cost() == one


# Who hears of it


@pytest.mark.slow
def test_the_office_and_the_chair_of_a_body_hear_of_a_question_and_of_its_answer(reports):
    referral = reports.refers()
    cast = reports.cast

    def hears(who, kind):
        with cast.acting(who) as actor:
            told = tells(actor, kind, referral.key)
            return told.words if told else None

    assert hears("dilys", "question.asked") == (
        "Safer Marlbeck Board asks Fenside area board: Who pays for the lamps?"
    )
    assert hears("agnes", "question.asked") is None
    assert hears("rowena", "question.answered") is None
    meeting = reports.met(NOW.date(), NewItem("1", "Lamps", "Said."), body=reports.area)
    with cast.acting("dilys") as dilys:
        asked = queries.asked_visible_to(dilys).get(key=referral.key)
        item = Item.objects.select_related("meeting__body").get(meeting=meeting)
        services.answer(dilys, asked=asked, item=item, words="The council pays.")
    assert hears("dilys", "question.asked") is None
    assert hears("rowena", "question.answered") == (
        "Fenside area board answered a question of Safer Marlbeck Board: Who pays for the lamps?"
    )
    assert hears("tobias", "question.answered") is None
    assert Event.objects.filter(kind__startswith="question.").count() == 2


@pytest.mark.slow
def test_whoever_represents_a_body_hears_that_no_report_came_until_one_does(reports):
    link = reports.link()
    meeting = reports.met(MAY, NewItem("1", "Patrols", "Said."))
    given = reports.gives(link, meeting, kind="not_received", who="dilys")
    with reports.cast.acting("tobias") as tobias:
        told = tells(tobias, "return.not_received", given.key)
        assert told.words == (
            "No report back was received from Fenside area board at the meeting of Safer Marlbeck "
            "Board on 9 May 2027."
        )
    with reports.cast.acting("gareth") as gareth:
        assert tells(gareth, "return.not_received", given.key) is None
    reports.gives(link, meeting, kind="nil")
    with reports.cast.acting("tobias") as tobias:
        assert tells(tobias, "return.not_received", given.key) is None
