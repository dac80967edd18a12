"""E-mails (.eml): the words of the message and its attachments."""

import datetime
import email
import re
from dataclasses import dataclass
from email import policy
from email.message import Message

from concerted.reading.files.characters import decoded
from concerted.reading.files.page import text_of_page
from concerted.reading.files.refusals import NotReadable

# What the letters of a message may be named; any other name is taken for the usual guess.
CHARSETS = frozenset(
    {"us-ascii", "utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-7", "macintosh"}
    | {f"iso-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)}
    | {f"windows-125{page}" for page in (0, 1, 3, 4, 5, 6, 7, 8)}
    | {"koi8-r", "koi8-u", "gb2312", "gbk", "gb18030", "big5", "euc-kr", "euc-jp", "shift_jis"}
    | {"iso-2022-jp"}
)
_DAMAGED = (
    "This e-mail is damaged and cannot be opened. Open it in your e-mail program, save it again, "
    "or copy its text into a new document and choose that."
)
_NO_WORDS = (
    "This e-mail has no words of its own. Save its attachments as files of their own and choose "
    "those."
)
_ATTACHED = (
    "This e-mail has attachments. Only its own words were read here: save the attachments as files "
    "and hand them over too."
)
_HEADER = re.compile(rb"([!-9;-~]{1,80}):[^\r\n]*\r?\n?")
_OF_MAIL = frozenset(
    {b"mime-version", b"message-id", b"received", b"return-path", b"dkim-signature", b"x-mailer"}
    | {b"x-received", b"delivered-to", b"x-ms-has-attach", b"thread-topic", b"x-unsent"}
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """What hangs on a message: a file, or a message in its turn."""

    name: str
    content: "bytes | Mail"


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as its reader sees it; no address of anybody is kept."""

    subject: str
    sender: str
    sent: datetime.date | None
    words: str
    attachments: tuple[Attachment, ...] = ()

    def text(self) -> str:
        """A short head and the words; empty for a message without words."""
        if not self.words.strip():
            return ""
        # “Sent”, not “Date”: the day of the message is not the day of the meeting.
        sent = f"{self.sent.day} {self.sent:%B %Y}" if self.sent else ""
        head = (("Subject", self.subject), ("From", self.sender), ("Sent", sent))
        lines = [f"{label}: {value}" for label, value in head if value]
        return "\n".join([*lines, "", self.words]) if lines else self.words


def is_mail(data: bytes) -> bool:
    """Whether a file begins with the headers of an e-mail, and one that only e-mails have.

    Minutes and memos may begin with “To:”, “From:”, “Date:” and “Subject:” too.
    """
    start = re.sub(rb"\AFrom [^\r\n]*\r?\n", b"", data[:65_536])
    names: set[bytes] = set()
    at = 0
    while at < len(start) and start[at : at + 1] not in b"\r\n":
        if start[at : at + 1] in b" \t" and names:  # the line before goes on
            end = start.find(b"\n", at)
            at = len(start) if end < 0 else end + 1
            continue
        found = _HEADER.match(start, at)
        if found is None:
            return False
        names.add(found[1].lower())
        at = found.end()
    return len(names) >= 2 and not names.isdisjoint(_OF_MAIL)


def text_of_mail(mail: Mail) -> tuple[str, list[str]]:
    """The text of a message and a note on its attachments; raises NotReadable without words."""
    text = mail.text()
    if not text and mail.attachments:
        raise NotReadable(_NO_WORDS)
    return text, [_ATTACHED] if mail.attachments else []


def mail_of(data: bytes) -> Mail:
    """The message in an .eml; raises NotReadable."""
    try:
        return _mail(email.message_from_bytes(data, policy=policy.default))
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # hostile headers raise nearly anything in the library
        raise NotReadable(_DAMAGED) from error


def without_addresses(name: str) -> str:
    """The name of a sender, if it is one; an address instead of a name is left out."""
    name = re.sub(r"<[^>]*>|\([^)]*@[^)]*\)", " ", name)
    name = " ".join(name.replace('"', " ").split()).strip(" '")
    return "" if "@" in name or re.search(r"\d{3}", name) else name[:100]


def _mail(message: Message) -> Mail:
    words: list[str] = []
    attachments: list[Attachment] = []
    _walk(message, words, attachments)
    return Mail(
        " ".join(_header(message, "subject").split())[:300],
        without_addresses(_header(message, "from")),
        _sent(message),
        "\n\n".join(words),
        tuple(attachments),
    )


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except Exception:  # one broken header does not cost the message
        return ""


def _sent(message: Message) -> datetime.date | None:
    try:
        found = getattr(message.get("date"), "datetime", None)
    except Exception:
        return None
    return found.date() if isinstance(found, datetime.datetime) else None


def _walk(part: Message, words: list[str], attachments: list[Attachment]) -> None:
    kind = part.get_content_type()
    name = part.get_filename()
    if kind == "message/rfc822":
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            mail = _mail(inner[0])
            attachments.append(Attachment(name or mail.subject or "message", mail))
    elif part.is_multipart():
        parts = [one for one in part.get_payload() if isinstance(one, Message)]
        for one in _best(parts) if kind == "multipart/alternative" else parts:
            _walk(one, words, attachments)
    elif name or part.get_content_disposition() == "attachment":
        if part.get_content_maintype() != "image" or part.get("content-id") is None:
            attachments.append(Attachment(name or "attachment", _bytes(part)))
    elif kind in ("text/plain", "text/html"):
        text = _text(part)
        if text.strip():
            words.append(text)


def _best(parts: list[Message]) -> list[Message]:
    """Of the same words in several forms: the plain one if it has words, else the richest."""
    for part in parts:
        if part.get_content_type() == "text/plain" and _text(part).strip():
            return [part]
    return parts[-1:]


def _text(part: Message) -> str:
    declared = (part.get_content_charset() or "").lower()
    text, _ = decoded(_bytes(part), declared if declared in CHARSETS else None)
    if part.get_content_type() == "text/html":
        return text_of_page(text)
    if part.get_param("format") == "flowed":
        # RFC 3676: a line that ends in a blank goes on in the next, except before the signature.
        text = re.sub(r"(?m)(?<!^--) \n(?![ >\n])", " ", text)
    return text.strip("\n")


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
