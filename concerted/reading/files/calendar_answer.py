"""What a calendar program answered to an invitation, in an e-mail that somebody saved.

A REPLY of RFC 5546 in an .eml; in a .msg the class and the global object id of a meeting response
([MS-OXOCAL] 2.2.1.27, which keeps the identifier of an invitation that came by e-mail).
"""

import email
import re
from dataclasses import dataclass
from email import policy
from typing import Literal

from concerted.reading.files.mail import is_mail
from concerted.reading.files.outlook import response_of_outlook
from concerted.reading.files.refusals import NotReadable

Said = Literal["accepted", "declined", "tentative"]
NO_ANSWER = (
    "This e-mail is not an answer of a calendar program to an invitation. Read it, and note the "
    "answer by hand."
)
_DAMAGED = "The answer in this e-mail is damaged. Read it, and note the answer by hand."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAID: dict[str, Said] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
}
_CLASSES: dict[str, Said] = {"pos": "accepted", "neg": "declined", "tent": "tentative"}
_RESPONSE = re.compile(r"ipm\.schedule\.meeting\.resp\.(pos|neg|tent)", re.IGNORECASE)
_LONGEST = 255


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """`said` to the invitation `uid`, from the mailbox `address`.

    Nobody has shown that it comes from there: a person decides whether it is noted.
    """

    uid: str
    address: str
    said: Said

    def __post_init__(self) -> None:
        if max(len(self.uid), len(self.address)) > _LONGEST or self.said not in _SAID.values():
            raise ValueError("a shorter answer was expected")


def calendar_answer_of(data: bytes) -> CalendarAnswer:
    """The answer in an .eml or .msg. Raises NotReadable."""
    try:
        found = _of_outlook(data) if data.startswith(_OLE) else _of_mail(data)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # hostile mails and calendars raise nearly anything
        raise NotReadable(_DAMAGED) from error
    if found is None:
        raise NotReadable(NO_ANSWER)
    return found


def _of_outlook(data: bytes) -> CalendarAnswer | None:
    response = response_of_outlook(data)
    kind = _RESPONSE.fullmatch(response.kind)
    if kind is None or not response.uid or "@" not in response.sender:
        return None
    return CalendarAnswer(response.uid, response.sender.lower(), _CLASSES[kind[1].lower()])


def _of_mail(data: bytes) -> CalendarAnswer | None:
    if not is_mail(data):
        return None
    for part in email.message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            held = part.get_payload(decode=True)
            if isinstance(held, bytes):
                return _of_calendar(held)
    return None


def _of_calendar(held: bytes) -> CalendarAnswer | None:
    """Line by line: what a time zone is called is looked up nowhere, for nothing here needs it."""
    # Loaded by the one process that reads answers, not by each that reads minutes.
    from icalendar.parser import Contentlines  # noqa: PLC0415

    method, uid, answers = "", "", list[tuple[str, Said]]()
    lines = Contentlines.from_ical(held.decode("utf-8", "replace"))  # type: ignore[no-untyped-call]
    for line in lines:
        if not line:
            continue
        name, params, value = line.parts()
        match name.upper():
            case "METHOD":
                method = value.upper()
            case "UID":
                uid = uid or value.strip()
            case "ATTENDEE":
                said = _SAID.get(str(params.get("PARTSTAT", "")).upper())
                address = re.sub("^mailto:", "", value.strip(), flags=re.IGNORECASE).lower()
                if said and "@" in address:
                    answers.append((address, said))
    if method != "REPLY" or not uid or len(answers) != 1:
        return None
    return CalendarAnswer(uid, *answers[0])
