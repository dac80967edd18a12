"""Comments on a paper: asked for, given, put down from e-mails, answered."""

import datetime
import io

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import as_of, now, today
from concerted.notices.models import Event
from concerted.paper_calls import services
from concerted.paper_calls.models import Comment, CommentCall
from concerted.paper_calls.services import Addressee, Said
from concerted.paper_calls.tests.test_papers import at, words
from concerted.people.public import entries_to_pick
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground
from concerted.restrictions.services import restrict

MAILBOX = "The officer at strategy@example.org"


class Comments:
    def __init__(self, work):
        self.cast = work.cast
        work.asks()
        self.paper = work.all_the_way()

    def asks(self, *of, days=7, who="dilys"):
        until = today() + datetime.timedelta(days=days) if days is not None else None
        with self.cast.acting(who) as actor:
            return services.call_for_comments(actor, paper=self.paper, of=of, until=until)[0]

    def says(self, call, text="The figures are old.", who="tobias", **more):
        with self.cast.acting(who) as actor:
            return services.comment(actor, call=call, said=Said(text, **more))


@pytest.fixture
def comments(work):
    return Comments(work)


@pytest.mark.slow
def test_everybody_of_a_body_is_asked_answers_and_is_answered(comments, signed_in):
    dilys, tobias = signed_in("dilys"), signed_in("tobias")
    board = comments.cast.bodies["board"].key
    assert "Say who is asked" in words(dilys.post(at("ask_for_comments", comments.paper), {}))
    given = {"bodies": [board], "until": "1 March 2030", "wanted": "Is the plan right?"}
    dilys.post(at("ask_for_comments", comments.paper), given)
    page = words(tobias.get(at("comments", comments.paper)))
    assert "Everybody who sits on Safer Marlbeck Board (0) Open Asked on" in page
    assert "by 1 March 2030. Nothing was received yet." in page

    with comments.cast.acting("tobias"):
        call = CommentCall.objects.get()
    assert "Write the comment." in words(tobias.post(at("comment", call), {"text": ""}))
    tobias.post(at("comment", call), {"text": "The figures are old."})
    with comments.cast.acting("tobias"):
        comment = Comment.objects.get()
    dilys.post(at("answer", comment), {"text": "New ones come in May."})

    page = words(tobias.get(at("comments", comments.paper)))
    assert "The figures are old. Tobias Wren," in page
    assert "Answer: New ones come in May. Dilys Ambrey," in page
    for what in ("comments.called", "comment.received", "comment.answered"):
        assert TrailLine.objects.filter(what=what).count() == 1
    assert Event.objects.filter(kind="comments.called_widely").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("days", [7, None])
def test_a_call_by_e_mail_is_held_with_and_without_a_day(comments, signed_in, days):
    call = comments.asks(Addressee(mailbox=MAILBOX), days=days)
    dilys = signed_in("dilys")
    page = words(dilys.get(at("comments", comments.paper)))
    assert f"{MAILBOX}, by e-mail" in page
    assert ("without a last day" in page) is (days is None)
    given = {"text": "We agree.", "source": "mail", "came_on": "1 February 2026", "whose": ""}

    assert "Say whose comment it is." in words(dilys.post(at("comment", call), given))
    dilys.post(at("comment", call), given | {"whose": "Head of Strategy"})

    page = words(signed_in("gareth").get(at("comments", comments.paper)))
    assert "We agree. Head of Strategy, by e-mail on 1 February 2026. Put down by Dilys" in page
    assert not Event.objects.filter(kind__startswith="comments.").exists()


@pytest.mark.slow
def test_after_the_last_day_only_the_office_puts_comments_down(comments, signed_in):
    call = comments.asks(Addressee(body=comments.cast.bodies["board"]), days=1)

    with as_of(now() + datetime.timedelta(days=3)):
        page = signed_in("tobias").get(at("comment", call))
        assert page.status_code == 403
        assert "The last day for comments has passed." in words(page)
        assert signed_in("dilys").get(at("comment", call)).status_code == 200


@pytest.mark.slow
def test_whoever_is_not_asked_does_not_comment_and_nobody_else_answers(comments, signed_in):
    call = comments.asks(Addressee(organisation=comments.cast.organisations["probation"]))
    comment = comments.says(call)
    gareth = signed_in("gareth")

    page = gareth.get(at("comment", call))
    assert page.status_code == 403
    assert "Others are asked for comments here." in words(page)
    page = gareth.get(at("answer", comment))
    assert page.status_code == 403
    assert "Only the author of this paper" in words(page)
    page = gareth.get(at("ask_for_comments", comments.paper))
    assert page.status_code == 403
    assert "Only this body’s secretary can call for comments" in words(page)


@pytest.mark.slow
def test_outsiders_find_neither_calls_nor_comments(comments, signed_in):
    call = comments.asks(Addressee(body=comments.cast.bodies["board"]))
    comment = comments.says(call)
    agnes = signed_in("agnes")

    for name, thing in (
        ("comments", comments.paper),
        ("ask_for_comments", comments.paper),
        ("comment", call),
        ("answer", comment),
    ):
        assert agnes.get(at(name, thing)).status_code == 404


@pytest.mark.slow
def test_comments_go_with_their_paper(comments, signed_in):
    call = comments.asks(Addressee(body=comments.cast.bodies["board"]))
    comment = comments.says(call)
    close(comments)

    tobias = signed_in("tobias")
    assert tobias.get(at("comment", call)).status_code == 404
    assert tobias.get(at("answer", comment)).status_code == 404
    assert signed_in("dilys").get(at("answer", comment)).status_code == 200


def close(comments):
    """Keep the paper to the secretary’s own post."""
    with comments.cast.acting("dilys") as dilys:
        mine = [one for one in entries_to_pick(dilys) if one.post_id in dilys.post_ids]
        wanted = restrictions.Wanted(
            level="closed",
            tier="sensitive",
            owner=comments.cast.organisations["council"],
            ground=Ground.objects.first(),
            public_interest="A live matter.",
            review_on=today() + datetime.timedelta(days=90),
            whom_to_ask="The secretary",
            entries=mine,
        )
        kind = restrictions.by_label("papers.paper")
        restrict(dilys, kind=kind, key=comments.paper.key, wanted=wanted, token="")


@pytest.mark.slow
def test_what_was_said_is_never_altered_and_answered_once(comments, signed_in):
    comment = comments.says(comments.asks(Addressee(body=comments.cast.bodies["board"])))
    dilys = signed_in("dilys")
    dilys.post(at("answer", comment), {"text": "Yes."})

    page = dilys.post(at("answer", comment), {"text": "No."})

    assert page.status_code == 403
    assert "answered already" in words(page)
    with (
        comments.cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        Comment.objects.update(text="The figures are new.")


@pytest.mark.slow
def test_pages_take_no_other_method(comments, signed_in):
    call = comments.asks(Addressee(body=comments.cast.bodies["board"]))
    comment, dilys = comments.says(call), signed_in("dilys")

    assert dilys.post(at("comments", comments.paper)).status_code == 405
    for name, thing in (
        ("ask_for_comments", comments.paper),
        ("comment", call),
        ("answer", comment),
    ):
        assert dilys.put(at(name, thing)).status_code == 405


@pytest.mark.slow
def test_the_page_asks_the_same_for_1_comment_and_30(comments, signed_in):
    client, counts = signed_in("dilys"), []
    for number in (1, 6):
        for _ in range(number):
            call = comments.asks(Addressee(body=comments.cast.bodies["board"]))
            for each in range(number):
                comments.says(call, f"Comment {each}")
        client.get(at("comments", comments.paper))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("comments", comments.paper))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_email_becomes_a_comment_that_the_office_reads_first(comments, signed_in):
    call = comments.asks(Addressee(mailbox=MAILBOX), days=None)
    dilys = signed_in("dilys")
    letter = (
        b"From: Una Sedge <una@example.org>\nDate: Tue, 16 Jun 2026 09:30:00 +0000\n"
        b"Subject: Re: Plan\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThe figures are old.\n"
    )
    held = io.BytesIO(letter)
    held.name = "plan.eml"

    page = dilys.post(at("comment_mail", call), {"file": held})

    assert "The figures are old.</textarea>" in page.content.decode()
    assert "nothing is kept yet" in words(page)
    assert f'action="{at("comment", call)}"' in page.content.decode()
    with comments.cast.acting("dilys"):
        assert not Comment.objects.exists()
    held = io.BytesIO(b"hello")
    held.name = "plan.eml"
    wrong = dilys.post(at("comment_mail", call), {"file": held})
    assert "This is not an e-mail" in words(wrong)
    assert dilys.put(at("comment_mail", call)).status_code == 405
