"""The words that somebody wrote in an e-mail, without those that they answered."""

import datetime
import re
from dataclasses import dataclass

from concerted.reading.files.mail import Mail, is_mail, mail_of
from concerted.reading.files.outlook import mail_of_outlook
from concerted.reading.files.refusals import NotReadable

LONGEST = 20_000
NOT_MAIL = (
    "This is not an e-mail. Drag the message from your mail program to a folder, so that it "
    "becomes a file that ends in .eml or .msg, and choose that."
)
NO_WORDS = "This e-mail has no words of its own. Type what it says instead."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Where the message that was answered begins, as mail programs write it.
_ANSWERED = re.compile(
    r"(?m)^[ \t]*(?:"
    r"-{2,} ?(?:Original Message|Forwarded message|Original Appointment) ?-{2,}"
    r"|_{20,}[ \t]*$"
    r"|On .{4,200}\bwrote:[ \t]*$"
    r"|From: [^\n]{1,300}\n(?:[ \t]*\n)?[ \t]*(?:Sent|Date|To): "
    r")"
)
_QUOTED = re.compile(r"(?m)^[ \t]*>.*(?:\n|\Z)")
_SIGNATURE = re.compile(r"(?m)^-- ?$")


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as one takes it up: who wrote it and when, as its head says, and their own words.

    `cut` says that what it answered, or a signature, was left out. Nobody has shown that the sender
    is who they say: a person decides whose words these are.
    """

    subject: str
    sender: str
    sent: datetime.date | None
    words: str
    cut: bool = False

    def __post_init__(self) -> None:
        if max(len(self.words), len(self.subject), len(self.sender)) > LONGEST:
            raise ValueError("a shorter letter was expected")


def letter_of(data: bytes) -> Letter:
    """The letter in an .eml or .msg. Raises NotReadable."""
    if data.startswith(_OLE):
        mail = mail_of_outlook(data)
    elif is_mail(data):
        mail = mail_of(data)
    else:
        raise NotReadable(NOT_MAIL)
    words, cut = own_words(mail)
    if not words:
        raise NotReadable(NO_WORDS)
    subject = "".join(sign for sign in mail.subject if sign.isprintable())
    sender = "".join(sign for sign in mail.sender if sign.isprintable())
    return Letter(subject, sender, mail.sent, words, cut)


def own_words(mail: Mail) -> tuple[str, bool]:
    """The words above the message that was answered and the signature, and whether any went."""
    words = mail.words.replace("\r\n", "\n").replace("\r", "\n")
    words = "".join(sign for sign in words if sign in "\n\t" or sign.isprintable())
    whole = _tidy(words)
    if answered := _ANSWERED.search(words):
        words = words[: answered.start()]
    words = _QUOTED.sub("", words)
    if signed := _SIGNATURE.search(words):
        words = words[: signed.start()]
    own = _tidy(words)[:LONGEST]
    return own, own != whole


def _tidy(words: str) -> str:
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in words.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
