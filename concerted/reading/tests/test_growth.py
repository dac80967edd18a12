"""Hostile texts cost work in proportion to their length, and only up to a limit."""

import sys

import pytest

from concerted.reading import read
from concerted.reading.sandbox import read_file

MOST_CHARACTERS, MOST_LINES = 1_000_000, 20_000

HEAD = "Minutes of the Fell Board\n1 May 2020\nPresent: Ann Bell, Cal Dunn\n1. Welcome\n2. Theft\n"
APOLOGIES = "Minutes of the Fell Board\n1 May 2020\nPresent: Ann Bell, Cal Dunn\n1. Apologies\n"
REPORT = (
    "Report of the Head of Safety\n1. Purpose\n1.1 To tell of thefts.\n2. Recommendations\n2.1 "
    "That the Board notes the report.\n3. Financial implications\n3.1 None.\nAppendix A: figures\n"
)
HOSTILE = {
    "run-in headings": ("Minutes\nPresent: Ann Bell\n", "Police report - x\n"),
    "headings with colons": ("Minutes\nPresent: Ann Bell\n", "\nLamps:\nx\n"),
    "tables of people": ("Minutes\n", "Agenda\n| Name | Agency |\n"),
    "rows without a header": (HEAD, "1 / Lamps. It fell. / AB\n"),
    "glued rows": ("Minutes\nPresent:\n", "Ann BellHead; Fell Council\n"),
    "labels inside": ("Minutes\nPresent: Ann Bell", ". Also present: Cal Dunn"),
    "what had been": (HEAD, "It had been read and "),
    "names": ("Minutes\nPresent: ", "Ann Bell, "),
    "columns": (HEAD, "the 7 Fell Ward spoke and 8 Oak Ward, CS/9 Elm Ward and D/12 Ash\n"),
    "piped": (HEAD + "Item | Text | Action\n", "3. Theft | It fell | AB\n"),
    "open brackets": ("Minutes\nPresent: Ann Bell ", "(a "),
    "headings": (HEAD, "3. Title\n"),
    "put off": (HEAD, "it was deferred to the "),
    "others": (HEAD, "agreed by Ann Bell, which "),
    "stops": (HEAD + "Ann Bell spoke.\n", "The gate broke. AB\n"),
    "numbers": (HEAD + "RESOLVED 1. ", "That x. 2. "),
    "bare verdicts": (HEAD, "Bids approved "),
    "last blocks": (
        "Agenda and minutes\n\nVenue: Hall\n\nContact: AB\n\nNo. Item\n\n\n",
        "Next meeting\n\n\nThe day\n\n\n",
    ),
    "cell": ("Venue: Hall\n| No. | Item |\n| | |\n| 1. | Lamps Minutes: ", "Lit.   Decision The "),
    "agreed": (HEAD, "AGREED that "),
    "agreed lines": (HEAD, "AGREED that x be noted\n"),
    "enumeration": (HEAD + "RESOLVED that ", "(1) x "),
    "actions": (HEAD, "ACTION: AB to do it\n"),
    "would": (HEAD, "The Group would "),
    "dates": (HEAD, "12 May 2020 "),
    "apologies": (HEAD, "Apologies from "),
    "capitals": (HEAD, "Ann "),
    "apologies told below": ("Minutes\nApologies: Ann Bell\n", "The Chair presided\n"),
    "bodies run on": ("Minutes\nPresent:\n", "Ann Bell Fell Council\n"),
    "posts in lists": ("Minutes\nPresent: ", "the Clerk Mrs Bell and "),
    "colons in lists": ("Minutes\nPresent: ", "Fell Group: Ann Bell, "),
    "attending": ("Minutes\n", "Attending: Ann Bell\n"),
    "labels in a run": ("Minutes\nPresent: ", "Ann Bell Date: 3 May Venue: Oak Hall "),
    "cells below names": ("Minutes\nPresent:\n", "Ann Bell\nChair\nOak Homes\n"),
    "items on one line": (HEAD, "3. Minutes They were agreed by all who came.\n"),
    "beginnings again": (HEAD, HEAD + "Ann Bell spoke\n"),
    "actions in a run": (HEAD, "ACTION: AB to do it. The report was noted. "),
    "blank lines": (HEAD, "x\n\n"),
    "rows": (HEAD, "| 1. | Title Minutes: x |\n"),
    "issue": ("", "Meeting: 01/02/2020 - Board (Item 3)\nMinutes:\nx\n"),
    "spaces": (HEAD, "  \t "),
    "limbs": (HEAD + "RESOLVED that ", "(a) x; and "),
    "teams": (HEAD, "The council's team "),
    "its own": (HEAD, "Oak Homes proposed that its report "),
    "streets": (HEAD, "14 Hazel Mill "),
    "groves": (HEAD, "Hazel Grove "),
    "references": (HEAD, "Minutes 94/08, 7 and 8 of the minutes of the meeting "),
    "arising": (HEAD + "3. Matters arising\n", "item 4 \n"),
    "one word": (HEAD + "Ann Be", "A"),
    "semicolons": (APOLOGIES + "Apologies were received from Ede Fox-Gray.", ";"),
    "apologies cut in two": (APOLOGIES + "Apologies wer", "; "),
    "deadlines": (HEAD, "ACTION: AB to do it by 1 May 2021\n"),
    "echoes": (HEAD, "It was noted. \nNoted.\nTheft was noted.\n"),
    "cells": ("Minutes\nPresent:\n", "Ann Bell\tOak Homes\n"),
    "slashes": ("Minutes\nPresent:\n", "Ann Bell / "),
    "wraps": ("Minutes\nPresent: ", "Ann Bell, Ms Cal\n"),
    "wrapped lists": ("Minutes\nPresent: ", "Ann Bell, Eve Frost, Mrs Ida Jute, Gus Hall, Mr\n"),
    "gaps told": (HEAD + "Apologies were received from:\n", "\n\nInsp Rae attended."),
    "initials first": ("Minutes\nPresent:\n", "AB Ann Bell\n"),
    "labels bare": (HEAD, "Present Ann Bell, "),
    "sent": ("Minutes\nPresent:\nAnn Bell\n", "\nAnn Bell sent apologies.\n"),
    "turns": ("Minutes\nPresent:\n", "Ann Bell\nOak Homes\n"),
    "open lists": ("Minutes\nPresent: ", "Ann (a, Cal Dunn; "),
    "plurals": ("Minutes\nPresent: ", "Councillors A and B, Mrs C "),
    "owned": ("Minutes\nApologies: ", "Ann’s deputy "),
    "lateness": (HEAD + "Apologies from Ann Bell ", "and Cy Dee be late "),
    "unable": (HEAD + "Apologies: ", "Ann Bell was unable "),
    "acts": (HEAD, "After discussion the Board thanked Ann and "),
    "act lists": (HEAD, "The Board:\n1. noted the review\n"),
    "lost verbs": (HEAD, "that it be noted.\n"),
    "stated": (HEAD, "Decision:\nthat it be\n"),
    "log": (HEAD + "Who / What / When\n", "AB / mend it / May\n"),
    "wrapped lines": (
        HEAD + "RESOLVED that ",
        "the report of the Board held on the first of the month of\n",
    ),
    "asides": (HEAD, "the Board, who (said "),
    "received and": (HEAD, "AGREED that it be received and the x y "),
    "signed as": (HEAD, "These were signed by "),
    "actions in a line": (HEAD, "x. Action: AB (a "),
    "gaps": (HEAD, "Ann Bell    "),
    "names at marks": (HEAD, "\nAction - Ann Bell\nx\n"),
    "brackets": (HEAD, "(Action: (AB "),
    "verdicts": (HEAD, "Proposed by Ann and seconded: agreed, "),
    "ranks": ("Minutes\nPresent: ", "Watch Manager Ann "),
    "codes": (HEAD, "AB/12 Title "),
    "numbers in a run": (HEAD, "1 Ann 2 Bell 3 Cal "),
    "plain headings": (
        "Minutes\nPresent: Ann Bell, Cy Dee\n\nWelcome\nAll.\n",
        "\nNew Gate\nx y z.\n",
    ),
    "lost numbers": (HEAD, "1. Title\n"),
    "skipped numbers": (HEAD, "1. Title\n3. Title\n"),
    "lone letters": (HEAD, "AB\n12\n"),
    "titles above": (HEAD, "\nTitle\n12/21\n\n"),
    "later agendas": (HEAD, "AGENDA\n1. Theft\n"),
    "logs": (HEAD, "Who / Action\nAB / do it\n"),
    "item table": (HEAD + "| No | Item | Action |\n", "| 1 | Title Then it was said. | AB |\n"),
    "bare cells": (HEAD + "| No | Item | Action |\n| 1 | a | b |\n| 2 | a | b |\n", "| x "),
    "lettered": (HEAD, "(a) x. (b) y. "),
    "blocks": ("Agenda and minutes\nVenue: x\nContact: y\nNo. Item\n", "\n\n\nMinutes\n\nx.\n"),
    "lone numbers": (
        "Agenda and minutes\nVenue: x\nContact: y\nNo. Item\n",
        "1.\nTheft\nMinutes:\n",
    ),
    "stripped": (
        "Board Minutes\nAttendance Details\nAnn Bell, Cal Dunn\n",
        "\nRESOLVED that x.\n\nIt was noted.\n",
    ),
    "bare lists": ("Board Minutes\nMonday, 3 May 2010\nOak Hall\n", "Ann Bell (Chair), Cal Dunn\n"),
    "bare decisions": (
        "Board Minutes\nMonday, 3 May 2010\nOak Hall\nAnn Bell (Chair), Cal Dunn\n\nEve Frost\n",
        "\nThat x be agreed.\n\nTheft\nNone.\n1. y; (and z\n",
    ),
    "refs over titles": (
        "Attendance Details\nAnn Bell, Cal Dunn\nItem\nDescription\nPreamble\n",
        "AB/1/09 TITLE\n1\nTITLE\nABCDEFG\n1/09\n",
    ),
    "brackets in a run": (HEAD + "1. A 2. B 3. C ", "Title (a "),
    "meetings": (
        "",
        "Minutes of the Board meeting held on 1 May 2020\nPresent: Ann Bell, Cy Dee\n1. T\n",
    ),
}


def calls(text: str) -> int:
    """How many function calls a reading takes (a measure that no busy machine disturbs)."""
    count = 0

    def tick(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_is_about_twice_the_work(name):
    head, unit = HOSTILE[name]
    read(head + unit * 10)
    small = calls(head + unit * (3_000 // len(unit)))
    large = calls(head + unit * (12_000 // len(unit)))
    assert large < small * 4 * 1.6 + 20_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Ann Be" + "A" * 60_000,
        APOLOGIES + "Apologies were received from Ede Fox-Gray." + ";" * 60_000,
        APOLOGIES + "Apologies wer" + "; " * 30_000 + "e received from Ede Fox.\n",
        f"Report to the Fell Bo{', ' * 20_000}ard, 4 March 2026\n{REPORT}",
        f"Report to the Fell Board, 4 M{' ' * 60_000}arch 2026\n{REPORT}",
    ],
    ids=[
        "capitals",
        "semicolons",
        "apologies cut in two",
        "commas in a report",
        "blanks in a report",
    ],
)
def test_a_line_of_one_sign_without_end_is_no_file_that_takes_too_long(text):
    assert read_file(text.encode(), "minutes.txt", _seconds=25.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["a" * 5_000_000, HEAD + "(" * 5_000_000, HEAD + "Ann Bell, " * 500_000]
)
def test_five_megabytes_in_one_line_are_read_up_to_the_limit(text):
    reading = read(text, most_characters=MOST_CHARACTERS)
    for meeting in reading.meetings:
        assert meeting.truncated
        assert meeting.unplaced[-1].span.end > MOST_CHARACTERS


@pytest.mark.slow
def test_more_lines_than_any_minutes_have_are_left_and_said():
    reading = read(HEAD + "A line.\n" * (MOST_LINES + 10), most_lines=MOST_LINES)
    assert "was not read" in reading.why
    assert reading.meetings[0].truncated
