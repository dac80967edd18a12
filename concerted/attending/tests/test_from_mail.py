"""What Outlook sends when somebody accepts or declines, taken over as the answer for a seat."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concerted.access.models import Account
from concerted.attending import inviting
from concerted.attending.models import Reply
from concerted.attending.tests.test_calendars import (  # noqa: F401 - fixtures
    cancelled,
    event_of,
    sent,
    there,
)
from concerted.audit.models import Line
from concerted.kernel.verdict import NotAllowed
from concerted.people import seating
from concerted.people import services as people
from concerted.reading.files.calendar_answer import CalendarAnswer

HEAD = (
    "From: Somebody <somebody@example.org>\r\nDate: Tue, 2 Feb 2027 09:30:00 +0000\r\n"
    "Subject: Accepted: Board\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n"
)


def answered(mail, said="ACCEPTED", guest=""):
    """The mail that a calendar program sends back for this invitation."""
    _, event = event_of(mail)
    lines = [
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT={said}:{guest or event['attendee']}",
        f"UID:{event['uid']}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return SimpleUploadedFile("answer.eml", (HEAD + "\r\n".join(lines)).encode())


def page(meeting):
    return reverse("attending:from_mail", args=[meeting.key])


def test_what_is_accepted_is_in_the_form_and_recorded_when_it_is_saved(
    cast,
    meeting,
    sent,  # noqa: F811
    signed_in,
):
    mail = sent(meeting)["gareth@example.org"]
    dilys = signed_in("dilys")
    assert page(meeting) in dilys.get(reverse("attending:meeting", args=[meeting.key])).text

    shown = dilys.post(page(meeting), {"file": answered(mail)})

    assert shown.status_code == 200
    assert "Gareth Pellow accepted the invitation" in shown.text
    assert not Reply.objects.exists()
    seat = cast.seats["gareth"]
    assert f'value="{seat.key}" selected' in shown.text
    assert 'value="coming" checked' in shown.text
    saved = dilys.post(
        reverse("attending:reply", args=[meeting.key]), {"seat": seat.key, "answer": "coming"}
    )
    assert saved.status_code == 302
    found = Reply.objects.get()
    assert (found.seat, found.answer, found.noted) == (seat, "coming", True)
    assert Line.objects.filter(what="reply.noted").count() == 1


@pytest.mark.parametrize(
    ("said", "words", "chosen"),
    [
        ("DECLINED", "declined the invitation", 'value="apologies" checked'),
        ("TENTATIVE", "might come", ""),
    ],
)
def test_what_is_declined_is_apologies_and_maybe_is_nothing_yet(
    meeting,
    sent,  # noqa: F811
    signed_in,
    said,
    words,
    chosen,
):
    mail = sent(meeting)["tobias@example.org"]

    shown = signed_in("dilys").post(page(meeting), {"file": answered(mail, said)}).text

    assert f"Tobias Wren {words}" in shown
    assert shown.count(" checked") == bool(chosen)
    assert chosen in shown


@pytest.mark.slow
def test_an_answer_from_elsewhere_is_a_sentence(
    cast,
    meeting,
    planned,
    sent,  # noqa: F811
    signed_in,
):
    mail = sent(meeting)["tobias@example.org"]
    other = planned(ahead=60)
    dilys = signed_in("dilys")

    for where, file, sentence in (
        (other, answered(mail), inviting.OF_ANOTHER),
        (meeting, answered(mail, guest="mailto:agnes@example.org"), inviting.FROM_NOBODY),
        (meeting, SimpleUploadedFile("a.eml", b"Minutes"), "is not an answer of a calendar"),
        (meeting, None, "Choose the e-mail."),
    ):
        refused = dilys.post(page(where), {"file": file} if file else {})
        assert refused.status_code == 422
        assert sentence.split(".")[0] in refused.text

    assert not Reply.objects.exists()


def test_a_mailbox_that_two_share_does_not_say_for_whom_it_answers(
    cast,
    meeting,
    sent,  # noqa: F811
):
    mail = sent(meeting)["tobias@example.org"]
    uid = str(event_of(mail)[1]["uid"])
    answer = CalendarAnswer(uid, "duty@example.org", "accepted")
    with cast.acting("maud") as maud:
        for name in ("tobias", "gareth"):
            post = people.add_post(
                maud,
                title=f"Duty officer {name}",
                organisation=cast.organisations["probation"],
                role_mailbox="duty@example.org",
            )
            seating.appoint(maud, person=cast.people[name], post=post)

    with cast.acting("dilys") as dilys:
        with pytest.raises(NotAllowed, match="Nobody who was invited"):
            inviting.seat_of_answer(dilys, there(meeting), answer)
        # Without an account they are reached where their posts are.
        emails = ("tobias@example.org", "gareth@example.org")
        Account.objects.filter(email__in=emails).update(is_active=False)
        with pytest.raises(NotAllowed, match="Several seats"):
            inviting.seat_of_answer(dilys, there(meeting), answer)


def test_who_keeps_no_office_here_takes_nothing_over(
    meeting,
    sent,  # noqa: F811
    signed_in,
):
    mail = sent(meeting)["tobias@example.org"]
    tobias = signed_in("tobias")

    refused = tobias.post(page(meeting), {"file": answered(mail)})

    assert refused.status_code == 403
    assert "its secretary, can answer" in refused.text
    assert tobias.put(page(meeting)).status_code == 405
    assert tobias.get(reverse("attending:from_mail", args=["22222222222222"])).status_code == 404


def test_of_a_cancelled_meeting_no_answer_is_taken(
    cast,
    meeting,
    sent,  # noqa: F811
    signed_in,
):
    mail = sent(meeting)["tobias@example.org"]
    cancelled(cast, meeting)

    refused = signed_in("dilys").post(page(meeting), {"file": answered(mail)})

    assert refused.status_code == 403
    assert "cancelled" in refused.text
