"""E-mails: their own words under a short head, without anybody’s address; and their attachments."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.reading import read
from concerted.reading.files import FileText, NotReadable, text_of
from concerted.reading.files.mail import is_mail, mail_of
from concerted.reading.files.outlook import mail_of_outlook
from concerted.reading.tests.ole_files import attached, message, msg, ole
from concerted.reading.tests.whatever import words_or_sentence

# 11 March 2014 as Windows counts: tenths of microseconds since 1601.
MARCH = (datetime(2014, 3, 11, 9, 30) - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10


def mail(words: str = "Agreed.", html: str = "", subject: str = "Minutes") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ann Bell <ann@example.org>"
    made["To"] = "Bob <bob@example.org>"
    made["Subject"] = subject
    made["Date"] = "Tue, 11 Mar 2014 09:30:00 +0000"
    made["Message-ID"] = "<1@example.org>"
    if words:
        made.set_content(words)
    if html:
        made.add_alternative(html, subtype="html") if words else made.set_content(
            html, subtype="html"
        )
    return made


def refused(data: bytes) -> str:
    with pytest.raises(NotReadable) as refusal:
        text_of(data, "minutes.eml")
    return refusal.value.sentence


# --- .eml ---------------------------------------------------------------------------------------


def test_the_words_of_an_e_mail_are_read_under_a_short_head_without_addresses():
    assert text_of(bytes(mail()), "a.eml") == FileText(
        "Subject: Minutes\nFrom: Ann Bell\nSent: 11 March 2014\n\nAgreed.", "eml"
    )


@pytest.mark.parametrize(
    "sender", ["ann@example.org", '"ann@example.org" <ann@example.org>', "01234 567890 <a@b.c>", ""]
)
def test_a_sender_who_has_no_name_is_left_out(sender: str):
    source = f"From: {sender}\nMIME-Version: 1.0\n\nAgreed.\n".encode()

    assert text_of(source, "a.eml").text == "Agreed."


def test_the_plain_words_are_preferred_and_the_page_is_read_where_there_are_none():
    page = "<p>Name</p><table><tr><td>Ann<td>Police</table><script>no</script>"

    assert mail_of(bytes(mail("plain", page))).words == "plain"
    assert mail_of(bytes(mail("", page))).words == "Name\n\nAnn | Police"
    assert mail_of(bytes(mail("  ", page))).words == "Name\n\nAnn | Police"


def test_letters_are_read_in_the_way_the_message_names():
    made = mail("")
    made.set_content("Łódź agreed", charset="iso-8859-2")
    odd = b"MIME-Version: 1.0\nContent-Type: text/plain; charset=x-odd\nX-Mailer: a\n\ncaf\xe9"

    assert mail_of(bytes(made)).words.startswith("Łódź")
    assert mail_of(odd).words == "café"


def test_flowed_lines_are_one_paragraph():
    source = (
        b"MIME-Version: 1.0\nX-Mailer: a\nContent-Type: text/plain; format=flowed\n\n"
        b"The Board \nagreed.\n1. Apologies\n-- \nAnn"
    )

    assert mail_of(source).words == "The Board agreed.\n1. Apologies\n-- \nAnn"


def test_attachments_are_named_and_pictures_in_the_words_are_none():
    made = mail()
    made.add_attachment(b"PK", maintype="application", subtype="zip", filename="März.zip")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="l.gif", cid="<x>")
    made.add_attachment(mail("inner", subject="Earlier"))

    held = mail_of(bytes(made)).attachments

    assert [one.name for one in held] == ["März.zip", "Earlier"]
    assert held[0].content == b"PK"
    assert held[1].content.words == "inner"
    assert "has attachments" in text_of(bytes(made), "a.eml").notes[0]


def test_an_e_mail_of_attachments_only_is_refused_with_the_way_out():
    made = mail("")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")

    assert refused(bytes(made)).startswith("This e-mail has no words of its own.")


def test_the_day_of_the_message_is_not_taken_for_the_day_of_the_meeting():
    words = (
        "Safer Stokewood Board\nMinutes of the meeting held on 4 March 2014\n1. Apologies\nNone."
    )
    (meeting,) = read(text_of(bytes(mail(words)), "a.eml").text).meetings

    assert str(meeting.date.value) == "2014-03-04"


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        (b"From: A\nSubject: B\nMIME-Version: 1.0\n\nwords", True),
        (b"From - Tue Mar 11\nReceived: from x\n\tby y\nFrom: A\n\nwords", True),
        (b"Return-Path: <>\r\nFrom: A\r\n\r\nwords", True),
        (b"To: The Board\nFrom: Ann\nDate: 4 March 2014\nSubject: Minutes\n\nwords", False),
        (b"Minutes\nMessage-ID: x\nReceived: y\n", False),
        (b"Received: with thanks\n1. Apologies\n", False),
        (b"", False),
    ],
)
def test_an_e_mail_is_told_from_a_memo_by_its_headers(start: bytes, answer: bool):
    assert is_mail(start) is answer


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain",
        'Content-Type: text/plain; charset="\udce9"',
        "Content-Type: ;;;=",
        "Date: Tue, 99 Mar 99999 99:99",
        "From: =?utf-8?b?!!?= <",
        "From: =?cp037?q?=C1?=",
        "Subject: =?x-unknown?q?x?=",
        "Content-Disposition: attachment; filename*=utf-8''%ff%",
        "Content-Transfer-Encoding: base64",
    ],
)
def test_hostile_headers_are_text_or_a_sentence(header: str):
    source = f"MIME-Version: 1.0\nX-Mailer: a\n{header}\n\nAgreed.\n"
    assert words_or_sentence(source.encode("utf-8", "surrogateescape"), "a.eml")


@pytest.mark.slow
def test_a_thousand_parts_inside_parts_are_a_sentence():
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000)
    )

    assert "e-mail" in refused(f"MIME-Version: 1.0\nX-Mailer: a\n{nested}".encode())


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.integers(0, 500))
def test_any_bytes_in_an_e_mail_are_text_or_a_sentence(junk: bytes, at: int):
    made = mail("plain", "<p>page")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    good = bytes(made)
    for data in (good[:at] + junk + good[at:], b"MIME-Version: 1.0\nX-Mailer: a\n" + junk):
        assert words_or_sentence(data, "a.eml")


# --- .msg ---------------------------------------------------------------------------------------


def test_an_outlook_message_is_read_like_any_other():
    data = msg(message(subject="Minutes", sender="Ann Bell", words="Agreed.\r\nNoted.", sent=MARCH))

    assert text_of(data, "a.msg") == FileText(
        "Subject: Minutes\nFrom: Ann Bell\nSent: 11 March 2014\n\nAgreed.\nNoted.", "msg"
    )


def test_an_outlook_message_of_a_page_only_and_one_in_windows_letters():
    page = msg(message(html=b"<p>caf\xe9</p><p>Agreed.</p>"))
    narrow = msg({"__substg1.0_1000001E": "Łódź".encode("cp1250")}, message())
    narrow_named = msg(
        {"__substg1.0_1000001E": "Łódź".encode("cp1250")},
        {"__properties_version1.0": bytes(32) + b"\x03\0\xfd\x3f\0\0\0\0\xe2\x04\0\0\0\0\0\0"},
    )

    assert mail_of_outlook(page).words == "café\n\nAgreed."
    assert mail_of_outlook(narrow).words == "£ódŸ"
    assert mail_of_outlook(narrow_named).words == "Łódź"


def test_attachments_of_an_outlook_message_and_a_message_inside():
    data = msg(
        message(words="Please find attached."),
        attached(0, "Minutes March.docx", b"PK" * 4_000),
        attached(1, "logo.png", b"\x89PNG\r\n", inline=True),
        attached(2, "", message(header=24, subject="Earlier", words="Agreed.", sent=MARCH)),
    )

    held = mail_of_outlook(data).attachments

    assert [(one.name, one.content) for one in held[:1]] == [("Minutes March.docx", b"PK" * 4_000)]
    assert [one.name for one in held] == ["Minutes March.docx", "Earlier"]
    assert held[1].content.text() == "Subject: Earlier\nSent: 11 March 2014\n\nAgreed."


def test_messages_inside_messages_without_end_are_refused():
    inner = message(header=24, words="x")
    for _ in range(5):
        inner = message(header=24, words="x") | attached(0, "x", inner)

    with pytest.raises(NotReadable, match="made to do harm"):
        mail_of_outlook(msg(inner))


def test_streams_that_lie_in_the_same_place_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("concerted.reading.files.outlook.MAX_UNPACKED", 10_000)

    with pytest.raises(NotReadable, match="made to do harm"):
        mail_of_outlook(msg(message(words="x"), attached(0, "a", b"x" * 20_000)))


def test_a_protected_file_and_other_old_files_are_named():
    assert "protected by a password" in refused(ole({"EncryptedPackage": b"x"}))
    assert "a spreadsheet" in refused(ole({"Workbook": b"x"}))
    assert "an old Office file" in refused(ole({"Other": b"x"}))


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200), st.integers(0, 6_000))
def test_any_bytes_in_an_outlook_message_are_text_or_a_sentence(junk: bytes, at: int):
    good = msg(message(subject="Minutes", words="Agreed."), attached(0, "a.txt", b"x" * 5_000))
    for data in (good[:at] + junk + good[at + len(junk) :], good[:76] + junk, good[:at]):
        assert words_or_sentence(data, "a.msg")
