"""Invented minutes and agendas for the stories."""

import datetime
import html

from concerted.reading.tests import word_files

MINUTES = """Safer Marlbeck Board

A meeting of the Safer Marlbeck Board was held on {day}.

Present:   Rowena Thackley (Chairman - Marlbeck Borough Council); Karl Yates (Wyleshire Police); \
Tobias Wren (Probation Service); Tom Birch (HMP Fenside);

Officers:  Joy Hallam, Neil Pask (MBC).

Apologies:   were received from Hugh Sallow, Vera Moss.


1

Minutes of the Previous Meeting

The minutes of the meeting of {before} were agreed as a correct record.

2

Recorded Crime & Disorder

Members were provided with a report that set out the recorded crime figures.

AGREED that the report be noted.

3

Shop Theft

Members were asked to send views on the draft plan to Joy Hallam on 01632 960123 or \
joy.hallam@marlbeck.example no later than 28th March.

It was proposed that the Violence Reduction Group compile a response and that this be presented \
to the next meeting.

ACTION: Tobias Wren to bring figures for the town centre by {due}.

AGREED that the report be noted and that a further report be presented to a future meeting.
"""

AGENDA = """Safer Marlbeck Board

AGENDA

A meeting of the Safer Marlbeck Board will be held on {day} at 10.00 am in the Committee Room, \
Town Hall.

1. Apologies for absence

2. Minutes of the previous meeting

3. Recorded crime

4. Shop theft

5. Any other business
"""


def spoken(day: datetime.date) -> str:
    return f"{day:%A}, {day.day} {day:%B, %Y}"


def written(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def minutes(day: datetime.date, due: datetime.date | None = None) -> bytes:
    """Minutes of the board on a day; what is due is due six weeks later unless said."""
    text = MINUTES.format(
        day=spoken(day),
        before=written(day - datetime.timedelta(days=56)),
        due=written(due or day + datetime.timedelta(days=42)),
    )
    return text.encode()


def agenda(day: datetime.date) -> bytes:
    return AGENDA.format(day=spoken(day)).encode()


def draft(day: datetime.date) -> bytes:
    """The minutes in Word, with a decision changed and a comment in its margin."""
    written_out = []
    for line in html.escape(minutes(day).decode(), quote=False).split("\n"):
        if line == "AGREED that the report be noted.":
            change = word_files.deleted("noted") + word_files.ins("approved")
            before = word_files.commented("the report", 0)
            runs = (word_files.run("AGREED that "), before, word_files.run(" be "), change)
            written_out.append(word_files.paragraph(*runs, word_files.run(".")))
        elif line:
            written_out.append(word_files.paragraph(word_files.run(line)))
    said = word_files.comments((word_files.run("Was it not approved?"), "A"))
    return word_files.word("".join(written_out), comments=said)


FURTHER = """Safer Marlbeck Board

A meeting of the Safer Marlbeck Board was held on {day}.

Present:   Rowena Thackley (Chairman - Marlbeck Borough Council); Tobias Wren (Probation Service);


1

Minutes of the Previous Meeting

The minutes of the meeting of {before} were agreed as a correct record.

2

Shop Theft (Minute 3 of {before} refers)

ACTION: Tobias Wren to bring figures for the town centre (COMPLETED)

AGREED that the report be noted.
"""


def further(day: datetime.date, before: datetime.date) -> bytes:
    """Minutes that take up a minute of an earlier meeting, and say that its action is done."""
    return FURTHER.format(day=spoken(day), before=written(before)).encode()


REPORT = """Agenda Item 7

Marlbeck Borough Council

REPORT TO SAFER MARLBECK BOARD

{day}

REPORT OF PARTNERSHIP SECRETARY

{title}

SUMMARY

Graffiti on railway land stays for months, and nobody answers letters about it.

RECOMMENDATIONS

It is recommended that:

1. The Board writes to the railway company.

2. The Board agrees to a count in May and a report in July.

BACKGROUND

3. Residents expect graffiti to be gone in ten days. Janet Wilmot asked about it in 2013.

4. The count of last year is at Appendix A.

FINANCIAL IMPLICATIONS

5. None.

APPENDICES

Appendix A – Count by street (exempt)

Name of Contact Officer: Karl Yates
Post Title: Street care manager
Telephone No: 01632 960123
"""


def report(day: datetime.date, title: str = "GRAFFITI ON RAILWAY LAND", marking: str = "") -> bytes:
    """An invented report to the board, marked at its head where a marking is given."""
    text = REPORT.format(day=written(day).upper(), title=title)
    return (f"{marking}\n\n{text}" if marking else text).encode()


def letter(sender: str, words: str) -> dict[str, object]:
    """An e-mail as it is dragged out of a mail program, for `set_input_files`."""
    lines = [
        f"From: {sender} <{sender.split()[0].lower()}@example.org>",
        "Date: Tue, 3 Nov 2026 09:15:00 +0000",
        "Subject: RE: what was asked",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        words,
        "",
        "> What was written before that.",
    ]
    body = "\r\n".join(lines).encode()
    return {"name": "RE what was asked.eml", "mimeType": "message/rfc822", "buffer": body}
