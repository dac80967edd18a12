"""The leak check: what it finds, who sees what it found, and how a coincidence is settled."""

import datetime

import pytest
from django.urls import reverse

from concerted.agendas import services as agendas
from concerted.audit.models import Line
from concerted.editions import outbox, releasing
from concerted.editions.checking import check
from concerted.editions.models import LeakHit
from concerted.editions.tests.conftest import fresh, text
from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.meetings.paragraphs import mark_of
from concerted.meetings.states import MeetingState
from concerted.people.public import entries_to_pick
from concerted.public_door.models import StoredPage
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "edition"])]

SECRET = "Operation Widgeon"


def page(release, name="release"):
    return reverse(f"editions:{name}", args=[release.key])


@pytest.fixture
def released_with(cast, signed_in, met, drafted):
    """Ask for a release whose public text somebody wrote these words into."""

    def make(words, **given):
        release = drafted(met(**given))
        dilys = signed_in("dilys")
        dilys.post(
            reverse("editions:part", args=[release.key, 2]),
            {"saves": 0, "f0": "Lamps", "f1": words, "f2": "Mended."},
        )
        saves = text(cast, release).saves
        assert dilys.post(page(release, "settle"), {"saves": saves}).status_code == 302
        dilys.post(page(release, "ask"))
        check(release.key)
        return fresh(cast, release)

    return make


def test_the_title_of_a_hidden_item_in_a_public_text_is_found(met, released_with):
    met(body="silver", items=[SECRET])

    release = released_with("Then operation  WIDGEON was put off.")

    assert (release.hits, release.hits_open) == (1, 1)


def test_the_name_of_a_hidden_body_is_found(released_with):
    assert released_with("As the silver GROUP said.").hits == 1


def _later():
    return datetime.date(2020, 6, 2)


def test_the_key_of_a_hidden_meeting_is_found(met, released_with):
    hidden = met(body="silver")

    assert released_with(f"See https://members.example.org/meetings/{hidden.key}/").hits == 1


def test_a_sentence_of_a_withheld_passage_is_found(released_with):
    release = released_with(
        "They said: he lives near the canal bridge, in short.",
        withheld=["He lives near the canal bridge. Yes."],
    )

    assert release.hits == 1


def test_a_sentence_of_a_restricted_paragraph_is_found(cast, released_with):
    """The item and its meeting are open to all who read the papers of the board."""
    words = "He lives near the canal bridge."
    with cast.acting("dilys") as dilys:
        _, [item] = meetings.record(
            dilys,
            minutes=meetings.NewMeeting(
                body=cast.bodies["board"],
                held_on=_later(),
                state=MeetingState.RECEIVED,
                items=[meetings.NewItem("1", "Lamps", f"Lamps were lit.\n\n{words}")],
            ),
        )
        chosen = meetings.choose_paragraph(dilys, item=item, number="1", mark=mark_of(words))
        restrictions.restrict(
            dilys,
            kind=restrictions.by_label("meetings.paragraph"),
            key=chosen.key,
            wanted=restrictions.Wanted(
                level=restrictions.Level.CLOSED,
                tier=restrictions.Tier.SENSITIVE,
                owner=cast.organisations["council"],
                ground=Ground.objects.first(),
                public_interest="It is about one person.",
                review_on=today() + datetime.timedelta(days=90),
                whom_to_ask="Partnership secretary",
                entries=tuple(
                    one for one in entries_to_pick(dilys) if one.holder_id == dilys.person_id
                ),
            ),
            token="",
        )

    assert released_with("They said: he lives near the canal bridge, in short.").hits == 1


def test_an_item_of_the_confidential_part_is_found(released_with, met):
    met(confidential=["Closing the Fen Street yard"], on=_later())

    assert released_with("We spoke of closing the Fen Street yard.").hits == 1


def test_titles_that_many_open_meetings_bear_tell_nothing(met, released_with):
    for month in (4, 5, 6):
        met(items=["Minutes of the previous meeting"], on=datetime.date(2020, month, 7))
    met(body="silver", items=["Minutes of the previous meeting"])

    assert released_with("The minutes of the previous meeting were read.").hits == 0


def test_the_releaser_sees_the_number_and_the_audience_sees_the_words(
    cast, signed_in, met, released_with
):
    met(body="silver", items=[SECRET])
    release = released_with("Operation Widgeon was put off.")

    shown = signed_in("rowena").get(page(release))
    assert "1 hit, 1 not settled" in shown.text
    assert SECRET not in shown.text.replace("Operation Widgeon was put off.", "")
    refused = signed_in("rowena").post(page(release, "approve"), {"looked_at": release.sha256})
    assert refused.status_code == 403
    assert "Somebody who may see those things has to look first" in refused.text
    with cast.acting("gareth"):
        [hit] = LeakHit.objects.all()
    assert signed_in("rowena").get(reverse("editions:hit", args=[hit.key])).status_code == 404
    gareth = signed_in("gareth")
    assert "Waiting for you" in gareth.get(reverse("editions:list")).text
    seen = gareth.get(reverse("editions:hit", args=[hit.key])).text
    assert SECRET in seen
    assert "was put off" in seen


def test_a_coincidence_is_accepted_with_a_reason_on_the_trail(cast, signed_in, met, released_with):
    met(body="silver", items=[SECRET])
    release = released_with("Operation Widgeon was put off.")
    with cast.acting("gareth"):
        [hit] = LeakHit.objects.all()
    address = reverse("editions:hit", args=[hit.key])
    gareth = signed_in("gareth")

    assert "Say why." in gareth.post(address, {"reason": ""}).text
    sent = gareth.post(address, {"reason": "It was in the newspaper that week."})
    assert sent.status_code == 302
    again = gareth.post(address, {"reason": "Once more."})
    assert again.status_code == 403
    assert "coincidence already" in again.text

    assert fresh(cast, release).hits_open == 0
    assert Line.objects.filter(what="hit.accepted", reference=hit.key).count() == 1
    with cast.acting("rowena") as rowena:
        releasing.approve(rowena, release=release, looked_at=release.sha256)
    outbox.carry_all()
    assert fresh(cast, release).state == "pushed"


def test_what_became_restricted_after_approval_is_found_before_it_goes(cast, met, released_with):
    release = released_with("Operation Widgeon was put off.")
    with cast.acting("rowena") as rowena:
        releasing.approve(rowena, release=release, looked_at=release.sha256)
    met(body="silver", items=[SECRET])

    outbox.carry_all()

    stopped = fresh(cast, release)
    assert stopped.state == "stopped"
    assert "found words of restricted things" in stopped.reason
    assert not StoredPage.objects.filter(path__startswith="/meetings/").exists()


def test_the_title_of_a_public_paper_that_came_from_a_restricted_one_is_no_leak(
    cast, reported, asked
):
    release = asked(reported())

    assert release.hits == 0


def test_an_open_agenda_item_is_no_leak(met, released_with):
    met(items=["Street parties of the summer"], on=_later())

    assert released_with("Street parties of the summer were allowed.").hits == 0


@pytest.fixture
def drafted_agenda(cast):
    """Put titles on the agenda of the board's next meeting, which is not published."""

    def make(*titles):
        with cast.acting("dilys") as dilys:
            meeting = meetings.plan(
                dilys,
                body=cast.bodies["board"],
                held_on=today() + datetime.timedelta(days=30),
            )
            issue = agendas.begin(dilys, meeting=meeting, from_last=False)
            for number, title in enumerate(titles, start=issue.version):
                entry = agendas.Entry(title=title)
                agendas.add(dilys, issue=issue, token=str(number), entry=entry)

    return make


def test_what_is_drafted_for_the_next_agenda_is_found(drafted_agenda, released_with):
    drafted_agenda("Closing the Fen Street yard")

    assert released_with("We spoke of closing the Fen Street yard.").hits == 1


def test_what_was_minuted_in_the_open_can_be_drafted_again(drafted_agenda, met, released_with):
    met(items=["Street parties of the summer"], on=_later())
    drafted_agenda("Street parties of the summer")

    assert released_with("Street parties of the summer were allowed.").hits == 0


def test_what_an_open_title_holds_among_others_can_be_drafted_again(
    drafted_agenda, met, released_with
):
    met(items=["Street parties of the summer, a report"], on=_later())
    drafted_agenda("Street parties of the summer")

    assert released_with("Street parties of the summer were allowed.").hits == 0


def test_a_meeting_that_is_planned_can_be_announced(cast, signed_in, asked):
    with cast.acting("dilys") as dilys:
        planned = meetings.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=_later(),
            items=[meetings.NewItem("1", "Lighting", "")],
        )
    assert planned.state == MeetingState.PLANNED

    assert asked(planned).hits == 0
