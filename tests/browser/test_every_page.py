"""Every page, as the secretary and as a member: no barrier, no sideways scroll, no complaint."""

import datetime
from dataclasses import replace
from decimal import Decimal
from inspect import getclosurevars
from types import FunctionType

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from concerted.access.models import Account
from concerted.actions import services as actions
from concerted.actions.links import ask_owners
from concerted.actions.models import Proposal
from concerted.actions.queries import visible_to
from concerted.actions.services import Owners
from concerted.actions.states import Said
from concerted.agendas import public as agendas
from concerted.attending import inviting
from concerted.attending.models import Invited
from concerted.crime_reports import public as crime_reports
from concerted.crime_reports.computing import computed_anew as crime_figures_of
from concerted.crime_reports.tasks import make as lay_out_report
from concerted.demonstration.crime_reports import report_crime
from concerted.demonstration.crimes import record_crimes
from concerted.editions import public as editions
from concerted.editions.content import closed
from concerted.editions.freezing import fingerprint, frozen, meeting_of
from concerted.editions.links import APPROVING, LASTS
from concerted.editions.models import LeakHit, PublicText
from concerted.forward_plan import public as forward_plan
from concerted.imports.models import Batch, BatchLine, File
from concerted.interests import rules
from concerted.interests import services as interests
from concerted.interests.declaring import declare
from concerted.interests.models import Entry, Kind, Rule
from concerted.interests.policies import NewDeclaration, NewEntry, NewGift
from concerted.jobs import services as jobs
from concerted.kernel.clock import now, today
from concerted.meetings import public as meetings
from concerted.meetings.models import Item, Meeting
from concerted.meetings.paragraphs import mark_of, placed
from concerted.meetings.services import choose_paragraph
from concerted.minuting import public as minuting
from concerted.notices.models import Event, Mail, OneTimeLink
from concerted.notices.public import make_link
from concerted.notices.queries import hash_of
from concerted.notifying.composing import token_of
from concerted.notifying.models import Letter, News
from concerted.packs import services as packs
from concerted.paper_calls import services as paper_calls
from concerted.paper_calls.models import Delivery
from concerted.papers import public as papers
from concerted.papers.public import NewPut
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people import accounts
from concerted.people.models import Recovery
from concerted.people.public import (
    organisations_visible_to,
    people_visible_to,
    posts_visible_to,
)
from concerted.people.seating import appoint
from concerted.people.services import add_person, add_post, define_area
from concerted.raising import public as raising
from concerted.reports_back import public as reports_back
from concerted.retention import services as retention
from concerted.subject_access import services as requests
from concerted.subject_access.collecting import asked_for, collected, others_than
from concerted.subject_access.policies import Answer, Erase, Wanted
from concerted.subject_access.sources import sources
from concerted.subject_access.states import AskedBy, Decided, ErasureGround, Shown, StepKind
from tests.browser import texts
from tests.entrance import DIRECTORY, comes_in_through

pytestmark = pytest.mark.browser
EARLIER = datetime.date(2013, 7, 9)
TO_COME = datetime.date(2013, 12, 10)

# Answered with a file, not with a page.
FILES = {
    "crime:explore_csv",
    "crime:report_csv",
    "crime_reports:pdf",
    "crime_reports:xlsx",
    "desk:trail_csv",
    "attending:attendance_csv",
    "documents:download",
    "meetings:decisions_csv",
    "packs:action_list",
    "packs:attendance_sheet",
    "packs:take",
    "packs:take_large",
    "subject_access:download",
    "word_files:record",
    "word_files:skeleton",
}
# Parts of signing in that are no page: a picture, a text file, words for a script, ways elsewhere.
NO_PAGES = {
    "account_app_picture",
    "account_codes_file",
    "account_directory",
    "account_directory_answer",
    "account_passkey",
    "attending:feed",
    "packs:page",
}
# A link sent by mail; without its one-time key it is the page that says so.
KEYS = {"account_reset_password_from_key": {"uidb36": "1", "key": "used-up"}}

# Pages that are not for the secretary; another of the cast sees them.
OFFICE = {
    "actions:answer": "tobias",
    "actions:send_link": "tobias",
    "desk:anchors": "maud",
    "desk:trail": "maud",
    "desk:trail_csv": "maud",
    "people:appoint": "maud",
    "people:appoint_to_post": "maud",
    "interests:add": "tobias",
    "interests:change": "tobias",
    "interests:end": "tobias",
    "interests:gift_add": "tobias",
    "interests:gift_correct": "tobias",
    "interests:kind_add": "maud",
    "interests:kind_stop": "maud",
    "interests:mine": "tobias",
    "interests:rule_set": "maud",
    "interests:withhold": "tobias",
    "people:account_close": "maud",
    "erasure:detail": "maud",
    "erasure:finding": "maud",
    "erasure:findings": "maud",
    "erasure:keep": "maud",
    "erasure:new": "maud",
    "erasure:send_back": "maud",
    "people:accounts": "maud",
    "people:directory_offer": "maud",
    "people:directory_take_away": "maud",
    "people:invite": "maud",
    "people:no_appointment": "nell",
    "people:organisation_confirmer": "maud",
    "people:organisation_stop": "maud",
    "people:seat_end": "maud",
    "people:vouch": "maud",
    "people:ways_in": "maud",
    "restrictions:reason_add": "maud",
    "restrictions:reason_stop": "maud",
    "restrictions:reasons": "maud",
    "subject_access:answered": "maud",
    "subject_access:clarify": "maud",
    "subject_access:detail": "maud",
    "subject_access:download": "maud",
    "subject_access:extend": "maud",
    "subject_access:finding": "maud",
    "subject_access:findings": "maud",
    "subject_access:identity": "maud",
    "subject_access:list": "maud",
    "crime_reports:clear": "gareth",
    "minuting:send_back": "rowena",
    "subject_access:new": "maud",
    "subject_access:preview": "maud",
    "subject_access:refuse": "maud",
    "subject_access:withdraw": "maud",
}


def methods(view):
    """What a view says it answers; a button's address answers POST alone."""
    said = getclosurevars(view).nonlocals if isinstance(view, FunctionType) else {}
    return said.get("request_method_list", ["GET"])


def routes(resolver=None, namespace=""):
    """Every named route: its name, and the arguments it takes."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inside = ":".join(filter(None, (namespace, one.namespace)))
            yield from routes(one, inside)
        elif isinstance(one, URLPattern) and one.name and "GET" in methods(one.callback):
            name = ":".join(filter(None, (namespace, one.name)))
            yield name, tuple(one.pattern.regex.groupindex)


def is_page(name):
    return not name.startswith("ui:gallery") and name not in FILES | NO_PAGES


ROUTES = [one for one in routes() if is_page(one[0])]


@pytest.fixture(scope="session")
def examples(town):
    """One example of each thing that has a page of its own, by the start of its route."""
    day = datetime.date(2013, 9, 10)
    record_crimes(town.home / "lake", today=datetime.date(2026, 8, 20), say=lambda _: None)
    for each in (EARLIER, day):
        town.imports(f"{each}.txt", texts.minutes(each), accept=True)
    town.works(lambda: _reports_crime(town.cast))
    town.does("maud", _defines_an_area)
    town.does("maud", _has_somebody_at_the_door)
    town.does("maud", lambda maud: comes_in_through(town.cast, "homes", "agnes"))
    town.does("dilys", _agrees(town.cast))
    town.does("tobias", _says_done)
    town.imports("report.txt", texts.report(day), accept=True)
    town.imports("to-check.txt", texts.minutes(datetime.date(2013, 11, 12)), accept=False)
    board, seat = town.cast.bodies["board"], town.cast.seats["tobias"]

    def newest(table, more=""):
        return town.value(f"SELECT key FROM {table} {more} ORDER BY id DESC LIMIT 1")

    file = newest("imports_file", "WHERE state = 'read' AND name = 'to-check.txt'")
    town.does("dilys", _begins_a_batch(file))
    _has_an_agenda(town)
    town.does("dilys", _invites_the_board(board))
    town.does("dilys", _plans_ahead(board))
    town.does("dilys", _puts_forward(board))
    area = town.cast.bodies["area"]
    town.does("dilys", _keeps_a_standing_item(area))
    minuted = _has_minutes(town)
    coming = newest("meetings_meeting", f"WHERE held_on = '{TO_COME}'")
    town.does("dilys", _is_reported_to(town.cast, day))
    town.does("dilys", _asks_for_papers(town.cast))
    town.does("dilys", _raises_what_is_urgent(board))
    found = {
        "actions:": {
            "key": newest("actions_action", "WHERE text LIKE '%%town centre%%'"),
            "update_key": "bcdfgh",
        },
        "actions:accept": {"key": newest("actions_action", "WHERE text LIKE 'Write%%'")},
        "actions:answer": {"key": newest("actions_action", "WHERE text LIKE 'Name%%'")},
        "actions:send_link": {"key": newest("actions_action", "WHERE text LIKE 'Write%%'")},
        "imports:": {"key": file, "number": 1},
        "imports:handover": {"key": newest("imports_handover")},
        "imports:batch": {"key": newest("imports_batch")},
        "agendas:": {"key": newest("meetings_meeting", f"WHERE held_on = '{TO_COME}'")},
        "agendas:change": {"key": newest("meetings_item", "WHERE title = 'Street lighting'")},
        "agendas:standing": {"key": area.key},
        "agendas:standing_add": {"key": area.key},
        "agendas:standing_change": {"key": newest("agendas_standingitem")},
        "minuting:": {"key": minuted["writing"]},
        "word_files:": {"key": minuted["writing"]},
        "word_files:corrections": {"key": minuted["recorded"]},
        "minuting:action": {"key": newest("minuting_draft", "WHERE text <> ''"), "place": 0},
        "minuting:correct": {"key": newest("meetings_item", "WHERE title = 'Lamps recorded'")},
        "minuting:send_back": {"key": minuted["recorded"]},
        "minuting:unlock": {"key": minuted["cleared"]},
        "jobs:": {"key": newest("jobs_job")},
        "meetings:": {"key": newest("meetings_meeting", "WHERE held_on = '2013-09-10'")},
        "meetings:move": {"key": newest("meetings_meeting", "WHERE state = 'planned'")},
        "meetings:cancel": {"key": newest("meetings_meeting", "WHERE state = 'planned'")},
        "series:": {"key": board.key},
        "attending:": {
            "key": newest("meetings_meeting", "WHERE state = 'planned' AND held_on > now()")
        },
        "attending:quorum": {"key": board.key},
        "attending:attendance": {"key": board.key},
        "attending:attendance_csv": {"key": board.key},
        "attending:reply_link": {"token": "reply-link-token"},
        "forward_plan:": {"key": newest("forward_plan_entry")},
        "forward_plan:year": {"key": board.key},
        "forward_plan:add": {"key": board.key},
        "forward_plan:from_decision": {"key": newest("meetings_decision")},
        "raising:": {"key": newest("raising_itemrequest", "WHERE NOT urgent")},
        "raising:of_body": {"key": board.key},
        "raising:add": {"key": board.key},
        "raising:urgent": {"key": newest("meetings_meeting", "WHERE held_on > now() + '90 days'")},
        "raising:rule": {"key": newest("raising_itemrequest", "WHERE urgent")},
        "reports_back:": {"key": board.key},
        "reports_back:end": {"key": newest("reports_back_link")},
        "reports_back:meeting": {"key": coming},
        "reports_back:give": {"key": coming, "link": newest("reports_back_link")},
        "reports_back:share": {
            "key": newest("meetings_meeting", "WHERE held_on = '2013-09-10'"),
        },
        "reports_back:attached": {"key": newest("reports_back_sharedminutes")},
        "reports_back:refer": {"key": newest("meetings_decision")},
        "reports_back:referral": {"key": newest("reports_back_asked")},
        "reports_back:answer": {"key": newest("reports_back_asked")},
        "arising:": {"key": coming},
        "crime:snapshot": {"number": 1},
        "crime_reports:": {"key": newest("crime_reports_report", "WHERE state = 'issued'")},
        "crime_reports:clear": {"key": newest("crime_reports_report", "WHERE state = 'to_clear'")},
        "crime_reports:issue": {"key": newest("crime_reports_report", "WHERE state = 'cleared'")},
        "crime_reports:section": {"key": newest("crime_reports_section")},
        "packs:": {"key": coming},
        "packs:note": {"key": newest("papers_paper", "WHERE published_at IS NOT NULL")},
        "packs:section": {"key": coming, "mark": "agenda:1"},
        "briefs:": {"key": coming},
        "papers:": {"key": newest("papers_paper")},
        "paper_calls:": {"key": newest("paper_calls_call")},
        "paper_calls:of_meeting": {"key": newest("meetings_meeting", "WHERE state = 'planned'")},
        "paper_calls:ask": {"key": newest("meetings_meeting", "WHERE state = 'planned'")},
        "paper_calls:comments": {"key": newest("papers_paper")},
        "paper_calls:ask_for_comments": {"key": newest("papers_paper")},
        "paper_calls:put": {"key": newest("papers_paper")},
        "paper_calls:withdraw_paper": {"key": newest("papers_paper")},
        "paper_calls:minuted": {"key": newest("papers_presentation", "WHERE meeting_key <> ''")},
        "paper_calls:comment_mail": {"key": newest("paper_calls_commentcall")},
        "paper_calls:comment": {"key": newest("paper_calls_commentcall")},
        "paper_calls:answer": {"key": newest("paper_calls_comment")},
        "paper_calls:send_back": {"key": newest("paper_calls_delivery", "WHERE number = 2")},
        "paper_calls:approve": {"key": newest("paper_calls_delivery", "WHERE number = 1")},
        "people:": {"key": board.key},
        "people:appoint": {"key": seat.key},
        "people:seat_confirm": {"key": seat.key},
        "people:appoint_to_post": {"key": newest("people_post")},
        "people:end_appointment": {"key": newest("people_appointment")},
        "people:organisation": {"key": town.cast.organisations["police"].key},
        "people:standing_change": {"key": town.cast.organisations["police"].key},
        "people:area": {"key": newest("people_area")},
        "people:account_close": {"key": town.cast.people["agnes"].key},
        "people:again": {"token": "again-token"},
        "people:directory_": {"key": town.cast.people["agnes"].key, "name": DIRECTORY},
        "people:organisation_confirmer": {"key": town.cast.organisations["police"].key},
        "people:organisation_stop": {"key": town.cast.organisations["police"].key},
        "people:seat_end": {"key": seat.key},
        "people:vouch": {"key": newest("people_recovery", "WHERE second_by_id IS NULL")},
        "people:ways_in": {"key": town.cast.people["agnes"].key},
        "people:welcome": {"token": "welcome-token"},
    }
    town.does("dilys", _publishes)
    town.does("dilys", _asks_the_chair(town.cast.accounts["rowena"]))
    town.does("dilys", _chooses)
    found |= {
        "editions:": {
            "key": newest("editions_release", "WHERE state = 'draft'"),
            "number": 1,
        },
        "editions:send_link": {"key": newest("editions_release", "WHERE state = 'asked'")},
        "editions:by_link": {"token": "by-link-token"},
        "editions:withdraw": {"key": newest("editions_release", "WHERE state = 'pushed'")},
        "editions:of_meeting": found["meetings:"],
        "meetings:paragraphs": {
            "key": newest("meetings_item", "WHERE id IN (SELECT item_id FROM meetings_paragraph)")
        },
        "editions:of_paper": found["papers:"],
        "editions:hit": {"key": newest("editions_leakhit")},
    }
    town.does("dilys", _holds(town.cast))
    town.does("maud", lambda maud: retention.propose())
    found |= {
        "retention:hold": {"key": newest("retention_hold")},
        "retention:lift": {"key": newest("retention_hold")},
        "retention:kind": {"name": "received-files"},
        "retention:run": {"key": newest("retention_run")},
    }
    town.does("maud", _has_a_warden)
    town.does("dilys", _has_mail_and_an_answer)
    found |= {
        "notifying:": {"key": newest("notifying_letter")},
        "notifying:stop": {"token": token_of(town.cast.accounts["tobias"])},
        "actions:owner_link": {"token": "owner-link-token"},
        "actions:settle": {"key": newest("actions_proposal", "WHERE at IS NOT NULL")},
    }
    town.does("maud", _sets_the_rule_on_interests)
    town.does("tobias", _registers_interests)
    town.does("dilys", _asks_and_records_a_declaration)
    entry = {"key": newest("interests_entry", "WHERE nothing = false")}
    found |= {
        "interests:entry": entry,
        "interests:change": entry,
        "interests:end": entry,
        "interests:withhold": entry,
        "interests:decide": {"key": newest("interests_sensitivity")},
        "interests:register": {"key": board.key},
        "interests:gift_correct": {"key": newest("interests_gift")},
        "interests:kind_stop": {"key": newest("interests_kind")},
        "interests:meeting": found["meetings:"],
        "interests:declare": {"key": newest("meetings_item")},
        "interests:correct": {"key": newest("interests_declaration")},
    }
    town.does("maud", _answers_who_asks)
    found |= {
        "subject_access:": {"key": newest("subject_access_accessrequest")},
        "subject_access:findings": {"key": newest("subject_access_accessrequest")},
        "subject_access:finding": {"key": newest("subject_access_finding")},
        "subject_access:download": {
            "key": newest("subject_access_accessrequest", "WHERE ended_at IS NOT NULL")
        },
    }
    town.does("maud", _asks_for_erasure)
    asked = """WHERE "right" = 'erasure'"""
    found |= {
        "erasure:": {"key": newest("subject_access_accessrequest", asked)},
        "erasure:findings": {"key": newest("subject_access_accessrequest", asked)},
        "erasure:finding": {"key": newest("subject_access_finding")},
    }
    restricted = {
        "meeting": found["meetings:"],
        "item": {"key": newest("meetings_item")},
        "paragraph": {"key": newest("meetings_paragraph")},
        "paper": found["papers:"],
        "appendix": {"key": newest("papers_appendix")},
        "action": found["actions:"],
        "body": {"key": board.key},
        "seat": {"key": seat.key},
        "file": {
            "key": newest(
                "documents_document",
                "WHERE id IN (SELECT document_id FROM meetings_meeting)",
            )
        },
    }
    found["restrictions:reason_stop"] = {"key": newest("restrictions_ground")}
    for kind, example in restricted.items():
        found |= {f"restrictions:see_{kind}": example, f"restrictions:change_{kind}": example}
        found[f"desk:read_by_{kind}"] = example
    return found | KEYS


def _is_reported_to(cast, day):
    """The area board reports to the board, has minutes of it, and is asked a question."""
    board, area = cast.bodies["board"], cast.bodies["area"]

    def reports(dilys):
        new = reports_back.NewLink(area, day, organisation=cast.organisations["probation"])
        reports_back.add_link(dilys, body=board, new=new)
        met = meetings.visible_to(dilys).get(held_on=day)
        reports_back.share(dilys, meeting=met, body=area)
        decision = meetings.decisions_visible_to(dilys).filter(body=board).first()
        question = "Which streets first?"
        reports_back.refer(dilys, decision=decision, body=area, question=question, due_on=TO_COME)

    return reports


def _invites_the_board(board):
    """Invitations to the next meeting; the link in one of them is known to the test."""

    def invites(dilys):
        meeting = meetings.plan(dilys, body=board, held_on=today() + datetime.timedelta(days=90))
        due = inviting.due(dilys, meeting)
        inviting.send(dilys, meeting=meeting, looked_at=due.looked_at)
        # One of its own: that of the mail gets another token when the worker sends it.
        link = make_link(
            purpose=inviting.PURPOSE,
            reference=meeting.key,
            lasts=datetime.timedelta(days=90),
            opens=meeting.audience_id,
        )
        link.token_hash = hash_of("reply-link-token")
        link.save()
        asked = Invited.objects.filter(invitation__meeting=meeting).latest("pk")
        Invited.objects.filter(pk=asked.pk).update(link=link)

    return invites


def _asks_for_papers(cast):
    """A paper that is asked for and came twice; another that is commented on and put elsewhere."""

    def act(dilys):
        paper = papers_visible_to(dilys).filter(body=cast.bodies["board"]).first()
        meeting = meetings.visible_to(dilys).filter(state="planned").order_by("-pk").first()
        organisation = cast.organisations["probation"]
        call = paper_calls.call(
            dilys,
            meeting=meeting,
            wanted=paper_calls.Wanted("The bill", meeting.held_on, organisation),
        )
        for number in (1, 2):
            Delivery.objects.create(
                call=call,
                number=number,
                name="bill.docx",
                received_by=cast.people["tobias"],
                paper=paper,
                audience_id=call.audience_id,
            )
        to = paper_calls.Addressee(mailbox="The officer who keeps the strategy")
        [asked] = paper_calls.call_for_comments(dilys, paper=paper, of=[to])
        said = paper_calls.Said("Lamps are cheap.", "The officer", "mail")
        paper_calls.comment(dilys, call=asked, said=said)
        note = NewPut("To note the report.")
        paper_calls.put(dilys, paper=paper, meeting=meeting, item=None, puts=[note])

    return act


def _plans_ahead(board):
    wanted = forward_plan.Wanted("The strategic assessment", cycle="yearly")
    return lambda dilys: forward_plan.add(dilys, body=board, wanted=wanted)


def _raises_what_is_urgent(board):
    """At a meeting whose agenda is published, as far as its number says."""

    def raises(dilys):
        day = today() + datetime.timedelta(days=91)
        meeting = meetings.plan(dilys, body=board, held_on=day)
        Meeting.objects.filter(pk=meeting.pk).update(agenda_issue=1)
        meeting.agenda_issue = 1
        wanted = raising.Wanted("The fire at the mill", "Families wait.", why_urgent="It burnt")
        raising.raise_urgent(dilys, meeting=meeting, wanted=wanted)

    return raises


def _puts_forward(board):
    wanted = raising.Wanted("Lamps on the towpath", "Three are out.")
    return lambda dilys: raising.ask(dilys, body=board, wanted=wanted)


def _keeps_a_standing_item(area):
    """Not on the board: an agenda there begins from the last one in the stories of others."""
    entry = agendas.Entry("Declarations of interest", kind="declarations")
    return lambda dilys: agendas.add_standing_item(dilys, body=area, entry=entry, starts=TO_COME)


def _has_an_agenda(town):
    """A meeting to come with a published agenda, and a supplement that is being drafted."""
    board = town.cast.bodies["board"]

    def drafts(title, **step):
        def draft(dilys):
            meeting = meetings.visible_to(dilys).get(held_on=TO_COME)
            issue = agendas.begin(dilys, meeting=meeting, **step)
            entry = agendas.Entry(title, kind="decision", minutes_allowed=20)
            agendas.add(dilys, issue=issue, token=str(issue.version), entry=entry)

        return draft

    def approves(rowena):
        meeting = meetings.visible_to(rowena).get(held_on=TO_COME)
        agendas.approve(rowena, meeting=meeting, token="2")

    def publishes(dilys):
        issue = agendas.draft_of(dilys, meetings.visible_to(dilys).get(held_on=TO_COME))
        agendas.publish(dilys, issue=issue, token="2")

    town.does("dilys", lambda dilys: meetings.plan(dilys, body=board, held_on=TO_COME))
    town.does("dilys", drafts("Night buses", from_last=True))
    town.does("rowena", approves)
    town.does("dilys", publishes)

    def packs_it(dilys):
        meeting = meetings.visible_to(dilys).get(held_on=TO_COME)
        packs.build(dilys, meeting=meeting, audience_id=meeting.audience_id)

    town.does("dilys", packs_it)
    town.does("dilys", drafts("Street lighting", from_last=False))


def _has_minutes(town):
    """Three meetings by how far their minutes are: the key of each."""
    board, keys = town.cast.bodies["board"], {}
    for number, how_far in enumerate(("recorded", "cleared", "writing"), start=20):
        day = datetime.date(2013, 7, number)

        def writes(dilys, day=day, how_far=how_far):
            item = meetings.NewItem(ref="1", title=f"Lamps {how_far}", text="")
            meeting = meetings.plan(dilys, body=board, held_on=day, items=[item])
            minutes = minuting.begin(dilys, meeting=meeting)
            draft = minuting.drafts_visible_to(dilys).get(minutes=minutes)
            text = "ACTION: Wyleshire Police to count lamps by 1 August 2013"
            minuting.save_draft(dilys, key=draft.key, token="1", text=text)
            if how_far == "writing":
                return
            laid_out = minuting.check(dilys, minutes)
            data = {"a0_follow": "on", "a0_text": "count lamps", "a0_owner": "none"}
            form = minuting.RecordForm(laid_out.review, known=laid_out.known, data=data)
            assert form.is_valid(), form.errors
            minuting.put_on_record(
                dilys, minutes=minutes, token=laid_out.mark, answers=form.cleaned_data
            )

        town.does("dilys", writes)
        keys[how_far] = town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", day)

    def clears(rowena):
        meeting = meetings.visible_to(rowena).get(key=keys["cleared"])
        with minuting.as_chair(rowena, meeting.body) as chair:
            minutes = minuting.minutes_of(chair, meeting)
        minuting.clear(rowena, minutes=minutes)

    town.does("rowena", clears)
    return keys


def _chooses(dilys):
    """A paragraph of minutes, to say who may see it."""
    items = Item.objects.filter(meeting__held_on="2013-09-10").exclude(text="")
    item = items.select_related("meeting__body").earliest("position")
    first = placed(item.text, item.pieces)[0][1]
    choose_paragraph(dilys, item=item, number="0", mark=mark_of(first.strip()))


def _has_a_warden(maud):
    """Somebody without an account, in a post with a mailbox."""
    council = organisations_visible_to(maud).get(name="Marlbeck Borough Council")
    post = add_post(
        maud, title="Head of wardens", organisation=council, role_mailbox="wardens@example.org"
    )
    warden = add_person(maud, name="Ada Pike")
    appoint(maud, person=warden, post=post, starts=EARLIER)


def _has_mail_and_an_answer(dilys):
    """A mail to the board that waits, an owner who is asked by a link and one who answered."""
    late = visible_to(dilys).filter(state="open", due__lt="2020-01-01", all_seats=False)[0]
    letter, _ = Letter.objects.get_or_create(
        body=late.body,
        organisation=None,
        audience_id=late.body.office_audience_id,
        constant=False,
        state="waiting",
    )
    News.objects.create(
        letter=letter,
        kind="action.long_overdue",
        reference=late.key,
        about=str(late.due),
        audience_id=letter.audience_id,
    )
    post = posts_visible_to(dilys).get(title="Head of wardens")
    for text in ("Clear the underpass", "Count the lamps"):
        action = actions.agree(
            dilys, body=late.body, text=text, agreed_on=today(), owners=Owners(posts=[post])
        )
        ask_owners(dilys, action=action, about="asked")
        # The worker would ask once more because the action is new, and end these links.
        Event.objects.filter(reference=action.key).delete()
    asked, answered = Proposal.objects.order_by("-pk")[:2]
    # The worker would draw another token for it.
    Mail.objects.filter(link=asked.link_id).update(state="cancelled")
    OneTimeLink.objects.filter(pk=asked.link_id).update(token_hash=hash_of("owner-link-token"))
    answered.said, answered.note, answered.at = "late", "In a week", now()
    answered.save()


def _begins_a_batch(file_key):
    """Meetings accepted together: one of them left for a person."""

    def begin(dilys):
        job = jobs.begin(
            dilys, title="Making records", total=1, unit="meeting", leads_to="imports:queue "
        )
        batch = Batch.objects.create(
            by_id=dilys.person_id, job=job, personal="keep", audience_id=dilys.own_audience_id
        )
        BatchLine.objects.create(
            batch=batch,
            position=0,
            file=File.objects.get(key=file_key),
            number=1,
            state="left",
            sentence="It is not sure any more. Check it yourself.",
            audience_id=dilys.own_audience_id,
        )

    return begin


def _holds(cast):
    """Something on hold."""

    def hold(dilys):
        retention.hold(
            dilys,
            reach="body",
            body=cast.bodies["board"],
            ground="inquiry",
            reason="The inquiry into the fire",
            review_on=today() + datetime.timedelta(days=90),
        )

    return hold


def _reports_crime(people):
    """Four reports: issued, waiting to be cleared, cleared, and being written."""
    board, police = people.bodies["board"], people.organisations["police"]
    report_crime(people.accounts, board, police)
    with people.acting("dilys") as dilys:
        cleared = crime_reports.visible_to(dilys).get(state="issued")
        begun = [
            crime_reports.prepare(
                dilys, body=board, owner=police, title=title, new=crime_figures_of(cleared)
            )
            for title in ("Crime in spring", "Crime in summer")
        ]
    with people.acting("dilys") as dilys:
        crime_reports.ask_to_clear(dilys, report=begun[0])
    with people.acting("gareth") as gareth:
        crime_reports.clear(gareth, report=crime_reports.visible_to(gareth).get(key=begun[0].key))
    lay_out_report(begun[0].key, people.accounts["gareth"].pk)


def _agrees(cast):
    """Two actions more: one to be accepted as done, one asked of every organisation."""

    def agree(dilys):
        for text, who in (
            ("Write to the shops", {"owners": Owners(people=[cast.people["tobias"]])}),
            ("Name a contact", {"all_seats": True}),
        ):
            agreed = datetime.date(2013, 9, 10)
            actions.agree(dilys, body=cast.bodies["board"], text=text, agreed_on=agreed, **who)

    return agree


def _sets_the_rule_on_interests(maud):
    if not Rule.objects.exists():
        periods = {"days_after_appointment": 28, "days_after_change": 28, "gift_days": 28}
        rules.set_rule(
            maud,
            starts=today(),
            confirm_months=12,
            remind_days=28,
            gift_pounds=Decimal(25),
            **periods,
        )
        rules.add_kind(maud, words="Land", covers="Owned or let", starts=today())


def _registers_interests(tobias):
    """An entry of which the details are to be withheld, and one that all on the board read."""
    for because in ("I was threatened there.", ""):
        new = NewEntry(Kind.objects.get(), "A house on Tern Walk", "own", today())
        interests.add(tobias, new=new, because=because)
    dinner = NewGift("received", today(), "A dinner", Decimal(30), False, None, "A firm")
    interests.register_gift(tobias, new=dinner)


def _asks_and_records_a_declaration(dilys):
    """A question about the entry that all read, and what was declared at an item."""
    entry = Entry.objects.latest("id")
    interests.remark(dilys, entry=entry, said="question", text="Is it let?")
    new = NewDeclaration(Kind.objects.get(), "He owns a house there.", "left")
    item = meetings.items_visible_to(dilys).latest("id")
    declare(dilys, item=item, person=entry.register.person, new=new)


def _publishes(dilys):
    """Public versions: a meeting's draft, a paper's that is out, and something that was found."""
    meeting = meetings.visible_to(dilys).get(held_on="2013-09-10")
    paper = papers.visible_to(dilys).order_by("-id")[0]
    draft = editions.start(dilys, source=editions.source_of(dilys, meeting))
    PublicText.objects.filter(pk=draft.text_id).update(
        content=editions.text_of(dilys, draft).content | {"closed": [closed("C1")]}
    )
    out = editions.start(dilys, source=editions.source_of(dilys, paper))
    out.state, out.pushed_at = "pushed", datetime.datetime(2013, 9, 12, tzinfo=datetime.UTC)
    out.save()
    LeakHit.objects.create(
        release=draft,
        kind="meetings.item",
        words="Lighting of the yard behind the station",
        digest="0" * 64,
        paths=["/meetings/"],
        around="Then the lighting of the yard behind the station was put off.",
        audience_id=draft.audience_id,
    )


def _asks_the_chair(chair):
    """A public version that waits for the chair, who has a link to approve it."""

    def ask(dilys):
        meeting = meetings.visible_to(dilys).get(held_on=EARLIER)
        waiting = editions.start(dilys, source=editions.source_of(dilys, meeting))
        content = editions.text_of(dilys, waiting).content
        waiting.frozen = frozen([meeting_of(content)])
        waiting.sha256 = fingerprint(waiting.frozen)
        waiting.state, waiting.asked_by_id, waiting.asked_at = "asked", dilys.person_id, now()
        waiting.checked_at, waiting.audience_id = now(), meeting.audience_id
        waiting.save()
        OneTimeLink.objects.create(
            purpose=APPROVING,
            reference=waiting.key,
            account=chair,
            expires_at=now() + LASTS,
            token_hash=hash_of("by-link-token"),
        )

    return ask


def _asks_for_erasure(maud):
    """Agnes asks for erasure; what was found of her waits for a decision."""
    erase = Erase(AskedBy.SELF, ErasureGround.OBJECTS, "Everything about me")
    _drafted(maud, "Agnes Fold", erase=erase)


def _answers_who_asks(maud):
    """Two ask what is held of them; one is answered, the other's findings wait."""
    for name in ("Agnes Fold", "Tobias Wren"):
        request, draft = _drafted(maud, name)
        if name == "Agnes Fold":
            for one in draft.findings.all():
                requests.decide(
                    maud, finding=one, answer=Answer(Decided.DISCLOSE, reason="They agreed.")
                )
            requests.release(maud, request=request)


def _drafted(maud, name, **more):
    """A request of somebody with a whole draft, made here and not by the worker."""
    request = requests.register(
        maud,
        person=people_visible_to(maud).get(name=name),
        name="",
        spellings=["T. Wren"],
        asked_on=datetime.date(2013, 9, 10),
        **more,
    )
    known = Wanted(StepKind.IDENTITY, request.asked_on, shown=Shown.KNOWN)
    requests.note(maud, request=request, wanted=known)
    draft = requests.begin_draft(maud, request=request)
    asked = asked_for(maud, request.person_id, draft.names)
    for source in sources():
        some = list(collected(maud, source, asked, others_than(maud, asked)))
        requests.add_findings(maud, draft=draft, source=source.label, found=some)
    requests.finish_draft(maud, draft=draft)
    # Not to be collected once more by the worker.
    jobs.cancel(maud, job=draft.job)
    return request, draft


def _says_done(tobias):
    action = visible_to(tobias).get(text="Write to the shops")
    actions.say(tobias, action=action, said=Said.DONE, note="")


def _has_somebody_at_the_door(maud):
    """One is invited, one asks to be let in again, and for one more two have vouched."""
    newcomer = add_person(maud, name="Ines Gale")
    invitation = accounts.invite(maud, person=newcomer, address="ines@example.org")
    for name in ("agnes", "owen"):
        accounts.ask_for_recovery(email=f"{name}@example.org")
    settled = Recovery.objects.get(account__email="owen@example.org")
    accounts.vouch(
        replace(maud, account_id=Account.objects.get(email="sid@example.org").pk), recovery=settled
    )
    accounts.vouch(maud, recovery=settled)
    settled.refresh_from_db()
    for token, link in (("welcome-token", invitation.link), ("again-token", settled.link)):
        # The worker sends their mails; what these bring is not known here.
        Mail.objects.filter(link=link).update(state="cancelled")
        link.token_hash = hash_of(token)
        link.save()


def _defines_an_area(maud):
    define_area(maud, name="Fenside", parts=[("ward", "E05000001", "Fenside East", False)])


def path_of(name, wanted, examples):
    if not wanted:
        return reverse(name)
    start = max((key for key in examples if name.startswith(key)), key=len)
    return reverse(name, kwargs={one: examples[start][one] for one in wanted})


@pytest.mark.parametrize("who", ["the office", "a member"])
@pytest.mark.parametrize(("name", "wanted"), ROUTES, ids=[name for name, _ in ROUTES])
def test_a_page_has_no_barrier_wide_and_narrow(
    regulars, examples, refused, drawn, name, wanted, who
):
    reader = regulars(OFFICE.get(name, "dilys") if who == "the office" else "tobias")
    reader.complaints.clear()
    reader.page.set_viewport_size({"width": 1280, "height": 900})
    answer = reader.goes_to(path_of(name, wanted, examples))
    assert answer.status == 200 or (who == "a member" and answer.status in (403, 404))
    new = answer.status == 200 or answer.status not in refused
    refused.add(answer.status)
    # What a template was handed and drew as code would: {'text': 5}.
    assert "{'" not in reader.page.inner_text("main")
    if new:
        reader.finds_no_barrier(drawn["wide"] if who == "a member" else None)
        drawn["wide"] |= reader.draws()
    reader.page.set_viewport_size({"width": 320, "height": 800})
    reader.fits(320)
    # Members see fewer of the same parts: those of the office are looked at in a narrow window.
    if new and who == "the office":
        reader.finds_no_barrier(drawn["narrow"])
    reader.unfolds_as_without_script()
    reader.fits(320)
    reader.has_nothing_against_it()


@pytest.fixture(scope="module")
def drawn():
    """The kinds of element of which the colours were looked at so far, by how wide the window is.

    Wide, the colours of every page are looked at for the office.
    """
    return {"wide": set(), "narrow": set()}


@pytest.fixture(scope="module")
def refused():
    """How pages were refused so far: those pages are all alike, and looked at once."""
    return set()


@pytest.mark.parametrize("name", sorted(FILES))
def test_files_are_given_to_those_who_may_have_them(regulars, examples, town, name):
    reader = regulars(OFFICE.get(name, "dilys"))
    version = town.value(
        "SELECT key FROM documents_version WHERE name NOT LIKE '%%.zip' ORDER BY id DESC LIMIT 1"
    )
    answered = examples["subject_access:download"]["key"]
    coming = examples["packs:"]["key"]
    part = town.value("SELECT key FROM packs_pack ORDER BY id DESC LIMIT 1")
    wanted = {
        "attending:attendance_csv": [town.cast.bodies["board"].key],
        "crime_reports:pdf": [examples["crime_reports:"]["key"]],
        "crime_reports:xlsx": [examples["crime_reports:"]["key"]],
        "documents:download": [version],
        "packs:action_list": [coming],
        "packs:attendance_sheet": [coming],
        "packs:take": [part],
        "packs:take_large": [part],
        "subject_access:download": [answered],
        "word_files:record": [examples["word_files:corrections"]["key"]],
        "word_files:skeleton": [examples["word_files:"]["key"]],
    }
    path = reverse(name, args=wanted.get(name, []))
    answer = reader.page.request.get(path)
    assert answer.status == 200
    assert "attachment" in answer.headers["content-disposition"]
