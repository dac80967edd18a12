"""Where a title ends and its text begins, in a run of words or behind a mark."""

import pytest

from concerted.reading.lines import Line
from concerted.reading.run_titles import title_end
from concerted.reading.sub_items import told_subs
from concerted.reading.title_text import title_and_text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Dust monitoring", "AB handed round the results."),
        ("Bus routes", "Sgt Hale had stopped nine buses."),
        ("Shop theft", "Nine shops had asked for help."),
        ("Precept 2020-21", "The tax base would be known in May."),
        ("Minutes of the meeting of 8th May 2019", "These were agreed."),
        ("Planning Application 09/01447/FUL", "Two storey extension at 4 Fell Row."),
        ("Police Report", "Theft 2 5 Damage 1 0 for May this year and last."),
        ("Police update (Sgt Hill)", "There were twelve thefts."),
        ("Finance", "(a) Accounts for payment"),
        ("Village Plan", "Deferred to the next meeting."),
        ("HARBOUR DUES", "The Clerk had put them up."),
        ("BLASTING", "AB said that there had been six."),
        ("Date of next meeting", "14.12.16 at 6.30pm"),
    ],
)
def test_a_title_ends_before_the_first_sentence(title, text):
    run = f"{title} {text}"
    assert run[: title_end(run, 0, len(run))].strip() == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Highways: the clerk reported that two holes were filled.", "Highways"),
        ("Declarations of interest – none", "Declarations of interest"),
        ("Date of next meeting: Tuesday 3rd May", "Date of next meeting"),
        ("Next meeting 3 May at noon", "Next meeting"),
        ("Apologies: Cllr Ann Bell", "Apologies"),
        ("Village Hall. The roof was mended in May.", "Village Hall"),
    ],
)
def test_a_title_and_its_text_on_one_line(line, title):
    parts = title_and_text(Line(0, len(line), line))
    assert parts is not None
    assert parts[0].text == title


@pytest.mark.parametrize(
    "line",
    [
        "Police Report – Insp Ann Bell",
        "Plan 2020: the second year",
        "St. Ann's Well",
        "Neighbourhood Plan – for decision",
    ],
)
def test_a_presenter_or_a_subtitle_stays_with_the_title(line):
    assert title_and_text(Line(0, len(line), line)) is None


@pytest.mark.parametrize(
    ("lines", "letters"),
    [
        (["(a) The hall was painted.", "(b) The gate was not."], ["a", "b"]),
        (["(A) Hall", "It was painted.", "(B) Gate"], ["A", "B"]),
        (["a) The hall was painted. b) The gate was not."], ["a", "b"]),
        (["(a) that the hall be painted", "(b) that the gate be not"], []),
        (["There were two ways: (a) paint; (b) wait."], []),
        (["(a) The hall was painted."], []),
    ],
)
def test_parts_are_lettered_from_the_start_of_the_text(lines, letters):
    made = [Line(0, len(text), text) for text in lines]
    assert [letter for letter, _ in told_subs(made)] == letters
