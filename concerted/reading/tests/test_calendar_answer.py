"""What a calendar program answered to an invitation, as Outlook and others send it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.reading import sandbox
from concerted.reading.files import NotReadable
from concerted.reading.files.calendar_answer import CalendarAnswer, calendar_answer_of
from concerted.reading.tests.ole_files import message, msg

UID = "mtgkey22222222-partner2222222"
HEAD = (
    "From: Una Sedge <una@example.org>\r\nDate: Tue, 16 Jun 2026 09:30:00 +0000\r\n"
    "Subject: Accepted: Board\r\nMIME-Version: 1.0\r\n"
)
GUEST = "ATTENDEE;PARTSTAT={said};CN=Una Sedge:mailto:Una.Sedge@Example.org"


def calendar(*lines, method="REPLY", uid=UID):
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
            f"METHOD:{method}",
            "BEGIN:VTIMEZONE",
            "TZID:No Such Zone",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            *lines,
            f"UID:{uid}",
            "DTSTART;TZID=No Such Zone:20270302T140000",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def mail(inner, kind='text/calendar; charset="utf-8"; method=REPLY'):
    return (
        f'{HEAD}Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/plain\r\n\r\nUna Sedge has accepted.\r\n"
        f"--b\r\nContent-Type: {kind}\r\n\r\n{inner}\r\n--b--\r\n"
    ).encode()


def outlook(kind="IPM.Schedule.Meeting.Resp.Pos", uid=UID):
    identity = bytes(16) + b"\0" * 24 + b"vCal-Uid\x01\x00\x00\x00" + uid.encode() + b"\0"
    held = message(kind=kind, address="/O=EX/CN=UNA", mailbox="Una.Sedge@example.org")
    return msg(held, {"__substg1.0_80010102": b"something else", "__substg1.0_80020102": identity})


@pytest.mark.parametrize(
    ("said", "meant"),
    [("ACCEPTED", "accepted"), ("DECLINED", "declined"), ("TENTATIVE", "tentative")],
)
def test_an_answer_says_who_answers_what_and_how(said, meant):
    found = calendar_answer_of(mail(calendar(GUEST.format(said=said))))

    assert found == CalendarAnswer(UID, "una.sedge@example.org", meant)


@pytest.mark.parametrize(("end", "meant"), [("Pos", "accepted"), ("Neg", "declined")])
def test_a_message_of_outlook_says_the_same(end, meant):
    found = calendar_answer_of(outlook(f"IPM.Schedule.Meeting.Resp.{end}"))

    assert found == CalendarAnswer(UID, "una.sedge@example.org", meant)


def test_a_folded_line_is_one_line():
    guest = GUEST.format(said="DECLINED")
    folded = f"{guest[:30]}\r\n {guest[30:]}"

    assert calendar_answer_of(mail(calendar(folded))).said == "declined"


@pytest.mark.parametrize(
    "data",
    [
        mail(calendar(GUEST.format(said="ACCEPTED"), method="REQUEST")),
        mail(calendar(GUEST.format(said="NEEDS-ACTION"))),
        mail(calendar(GUEST.format(said="ACCEPTED"), GUEST.format(said="DECLINED"))),
        mail(calendar()),
        mail(calendar(GUEST.format(said="ACCEPTED")), kind="text/plain"),
        f"{HEAD}Content-Type: text/plain\r\n\r\nI come.\r\n".encode(),
        outlook("IPM.Note"),
        outlook(uid=""),
        b"Minutes of the board",
        b"",
    ],
)
def test_anything_else_is_a_sentence(data):
    with pytest.raises(NotReadable, match="is not an answer of a calendar program"):
        calendar_answer_of(data)


@pytest.mark.parametrize(
    "data",
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", mail(calendar("ATTENDEE;PARTSTAT=\x00;;=:x"))],
)
def test_what_is_damaged_is_a_sentence(data):
    with pytest.raises(NotReadable):
        calendar_answer_of(data)


@given(st.binary(max_size=400))
def test_no_calendar_raises_anything_but_a_sentence(noise):
    data = HEAD.encode() + b"Content-Type: text/calendar\r\n\r\n" + noise
    try:
        found = calendar_answer_of(data)
    except NotReadable:
        return
    assert "@" in found.address


def test_it_is_read_in_a_process_of_its_own():
    found = sandbox.read_calendar_answer(mail(calendar(GUEST.format(said="ACCEPTED"))), "a.eml")

    assert found == CalendarAnswer(UID, "una.sedge@example.org", "accepted")
    with pytest.raises(NotReadable, match="is not an answer"):
        sandbox.read_calendar_answer(b"Minutes", "a.eml")
