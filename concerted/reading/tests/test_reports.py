"""Reports: fields against labels, what a report is, and what holds for any text."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.reading import read
from concerted.reading.reports import as_json, read_report
from concerted.reading.reports.markings import care
from concerted.reading.reports.model import Report
from concerted.reading.reports.reader import MOST_CHARACTERS
from concerted.reading.tests.report_scoring import score_of
from concerted.reading.wire import report_from_wire, to_wire

FOLDER = Path(__file__).parent / "reports"
TEXTS = {path.stem: path for path in sorted(FOLDER.glob("*/*.txt"))}
MINUTES = Path(__file__).parent / "texts"


def report_of(name: str) -> Report:
    return read_report(TEXTS[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["known", "unseen"])
def test_reports_agree_with_their_labels_in_97_per_cent_of_each_kind_of_field(folder):
    score = score_of(FOLDER / folder)
    low = {kind: tally.faults for kind, tally in score.kinds.items() if tally.f1 < 0.97}
    assert low == {}
    assert len(score.kinds) > 20


@pytest.mark.parametrize(
    "name", sorted(set(TEXTS) - {"decision_details", "agenda_of_reports"}), ids=str
)
def test_a_report_is_neither_minutes_nor_an_agenda(name):
    assert report_of(name).kind == "report"
    assert read(TEXTS[name].read_text(encoding="utf-8")).kind == "unknown"


@pytest.mark.parametrize(
    "path", [p for p in MINUTES.glob("*.txt") if p.stem != "report"], ids=lambda path: path.stem
)
def test_minutes_and_agendas_are_no_reports(path):
    assert read_report(path.read_text(encoding="utf-8")).kind == "unknown"


def test_a_text_that_is_no_report_says_why():
    assert read_report("").why == "There is no text to read."
    assert "Neither who reports" in read_report("Dear all,\n\nSee you on Friday.").why


# What matters most in single reports


def test_a_body_named_beside_the_item_number_is_another_meeting():
    text = (
        "Agenda Item No: 16 Safer Fell Partnership 16 June 2009\n\nREPORT TO FELL BOARD\n\n"
        "2 JUNE 2009\n\nREPORT OF HEAD OF PLACE\n\nPARKS\n\nRECOMMENDATION\n\nThat it be noted.\n"
    )
    report = read_report(text)
    assert (report.body.value, str(report.date.value)) == ("FELL BOARD", "2009-06-02")
    (other,) = report.presented
    assert (other.body, str(other.date), other.item) == (
        "Safer Fell Partnership",
        "2009-06-16",
        "16",
    )


def test_the_post_is_the_author_and_the_person_is_kept_apart():
    for author in ("Ann Bell, Head of Place", "Head of Place (Ann Bell)"):
        report = read_report(
            f"Report to: Fell Board\nReport of: {author}\nTitle: Parks\n\n"
            "Recommendation\n\nThat it be noted.\n"
        )
        assert report.author.value == "Head of Place"
        assert [(one.kind, one.value) for one in report.contact] == [("person", "Ann Bell")]


def test_a_person_alone_is_no_author():
    report = read_report(
        "Report to: Fell Board\nReport of: Ann Bell\nTitle: Parks\n\nRecommendation\n\nNote it.\n"
    )
    assert report.author is None
    assert [one.value for one in report.contact] == ["Ann Bell"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Restricted parking was brought in.",
        "He was convicted of supplying secret documents.",
        "The CONFIDENTIAL annex was not seen.",
    ],
)
def test_words_of_the_body_are_no_marking(sentence):
    report = read_report(
        f"Report to: Fell Board\nTitle: Parks\n\nBackground\n\n{sentence}\n\n"
        "Recommendation\n\nThat the report be noted.\n"
    )
    assert report.kind == "report"
    assert report.marking is None


@pytest.mark.parametrize(
    "marking",
    [
        *("OFFICIAL-SENSITIVE", "RESTRICTED", "Restricted", "CONFIDENTIAL", "SECRET", "Top secret"),
        *("CONFIDENTIAL - NOT FOR PUBLICATION", "PART II", "PRIVATE AND CONFIDENTIAL"),
    ],
)
def test_a_marking_at_the_foot_of_a_page_counts(marking):
    text = TEXTS["fire_authority"].read_text(encoding="utf-8")
    marked = text.replace("BACKGROUND\n", f"{marking}\nPage 1 of 2\n\nBACKGROUND\n")
    assert read_report(marked).marking.value == marking


@pytest.mark.parametrize(
    "line", ["RESTRICTED PARKING", "PUBLIC HEALTH", "Confidential waste", "POLICE", "Status: Final"]
)
def test_a_line_of_other_words_is_no_marking(line):
    text = TEXTS["fire_authority"].read_text(encoding="utf-8")
    assert read_report(text.replace("BACKGROUND\n", f"{line}\n\nBACKGROUND\n")).marking is None
    assert read_report(f"{line}\n{text}").marking is None


@pytest.mark.parametrize(
    ("marking", "asked"),
    [
        *[(one, 0) for one in ("Public", "OPEN", "NOT PROTECTIVELY MARKED", "Part I")],
        ("OFFICIAL", 1),
        *[(one, 2) for one in ("OFFICIAL - SENSITIVE", "Restricted", "Part exempt", "PART II")],
        *[(one, 3) for one in ("SECRET", "Top Secret")],
    ],
)
def test_how_much_care_a_marking_asks_for(marking, asked):
    assert care(marking) == asked


def test_a_marking_of_an_appendix_is_not_the_report_s():
    text = TEXTS["restricted_with_appendix"].read_text(encoding="utf-8")
    report = read_report(text.removeprefix("RESTRICTED\n"))
    assert report.marking is None
    assert report.appendices[0].marking == "RESTRICTED"


def test_what_is_printed_twice_is_read_once_and_the_rest_is_shown():
    report = report_of("printed_twice")
    assert len(report.recommendations) == 1
    assert any("REPORT OF HEAD OF STREET CARE" in one.text for one in report.unplaced)


def test_a_range_of_appendices_is_each_of_them():
    text = TEXTS["classic"].read_text(encoding="utf-8").replace("Appendix 1", "Appendices 1 to 3")
    assert [one.ref for one in read_report(text).appendices] == ["1", "2", "3"]


def test_everything_is_said_as_json():
    made = json.loads(json.dumps(as_json(report_of("police_partnership"))))
    start, end = made["read_from"]["title"]["at"]
    assert report_of("police_partnership").text[start:end] == "Catalytic converter theft"
    assert made["recommendations"][0]["ref"] == "1"
    assert made["appendices"][0]["here"]


# What holds for any text

SAID = (
    "REPORT TO|Report of|Agenda Item 7|Title:|Subject:|Date:|12 May 2010|Fell Board|Head of Place"
    "|RECOMMENDATIONS|It is recommended that:|1.|2.|2.1|(a)|(ii)|•|That the report be noted."
    "|Purpose|Summary|Financial implications|Legal: none.|Appendix A|APPENDIX 1|Appendices B to D"
    "|Contact officer:|Ann Bell|01632 960123|a@fell.example|Background papers:|None|RESTRICTED"
    "|OFFICIAL-SENSITIVE|exempt by virtue of paragraph 3|Presented to:|;|,|\u00a0|#|**|Members are "
    "asked to:|for information|☒ Decision|Page 1 of 2"
)
WORDS = st.sampled_from([*SAID.split("|"), "|"])
PIECES = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", "\r\n"])), max_size=60)
CUT = st.tuples(st.sampled_from(sorted(TEXTS)), st.integers(0, 3000), st.integers(0, 3000))


def holds(text: str) -> None:
    """Read without error, the same each time, and every value from where it says."""
    report = read_report(text)
    assert report == read_report(text)
    if "\0" not in text:  # no text of a file holds one, and none passes the wire
        assert report_from_wire(json.loads(json.dumps(to_wire(report)))) == report
    for one in (*report.contact, *report.personal):
        assert squeezed(one.value) == squeezed(report.text[one.span.start : one.span.end])
    for field in (report.body, report.author, report.lead, report.contact_post):
        if field is not None:
            quoted = squeezed(report.text[field.span.start : field.span.end])
            assert squeezed(field.value) == quoted
    for point in report.recommendations:
        assert squeezed(point.text)[:8] in squeezed(report.text[point.span.start : point.span.end])
    as_json(report)


def squeezed(text: str) -> str:
    return "".join(text.replace("&amp;", "&").split()).lower()


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text):
    holds(text)


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(PIECES)
def test_any_heap_of_the_words_of_reports_is_read_truly(pieces):
    holds("".join(word + gap for word, gap in pieces))


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(CUT)
def test_a_report_cut_anywhere_is_read_truly(cut):
    name, start, length = cut
    holds(TEXTS[name].read_text(encoding="utf-8")[start : start + length])


HEAD = "REPORT TO FELL BOARD\n\nREPORT OF HEAD OF PLACE\n\nPARKS\n\nRECOMMENDATIONS\n\n"
HOSTILE = {
    "points": (HEAD, "1. That it be noted.\n"),
    "intros": (HEAD, "It is recommended that: "),
    "limbs": (HEAD, "(a) x; "),
    "appendices": (HEAD, "Appendix A\n"),
    "appendix runs": (HEAD + "Appendix A", " and B"),
    "exempt": (HEAD, "not for publication by virtue of "),
    "contacts": (HEAD + "Contact officer: ", "Ann Bell, "),
    "labels": ("", "Report to: Fell Board\n"),
    "dates": ("Report to: Fell Board\n", "12 May 2020 "),
    "spaces": (HEAD, "  \t "),
    "bars": (HEAD, "| "),
    "flat": ("Report to Fell Board 1. Purpose of report ", "1.1 Parks are green. "),
    "headings": (HEAD, "Purpose\n\nIt is.\n\n"),
    "capitals": (HEAD, "PARKS AND GREENS\n\nx\n\n"),
    "again": (HEAD * 2, HEAD),
    "background": (HEAD + "Background papers: ", "x; "),
    "breadcrumbs": ("Home > a ", "> b "),
}


def calls(text: str) -> int:
    """How many function calls a reading takes (a measure that no busy machine disturbs)."""
    count = 0

    def tick(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        read_report(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_is_about_twice_the_work(name):
    start, piece = HOSTILE[name]
    once = calls(start + piece * (20_000 // len(piece)))
    twice = calls(start + piece * (40_000 // len(piece)))
    assert twice < 2.6 * once + 20_000


@pytest.mark.slow
def test_beyond_a_limit_nothing_is_read():
    text = HEAD + "1. That it be noted.\n\n" + "x " * MOST_CHARACTERS
    report = read_report(text)
    assert report.truncated
    assert "far longer" in report.why
