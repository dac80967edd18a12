"""What holds for any text whatever."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.reading import as_json, as_labels, read
from concerted.reading.lines import split, without_page_marks
from concerted.reading.model import Reading

TEXTS = [p.read_text(encoding="utf-8") for p in (Path(__file__).parent / "texts").glob("*.txt")]
SAID = (
    "Minutes|Agenda|Present:|Apologies|Officers:|RESOLVED|AGREED that|the report be noted|and that"
    "|ACTION:|AB to|minute|Further to minute|refers|94/08"
    "|1.|2.|3.|SMP|71/13|Ann Bell|(Chair)|(Oak Homes)|(|)|,|;|/ |12 May 2020"
    "|31 February 2021|9.30 am|Minutes:|Decision:|No. Item|Venue:|held on|meeting of the|Board"
    "|Meeting: 01/02/2020 - Board (Item 3)|would|it was proposed that|Preamble|Date:|None"
    "|\u00a0|\t|·|–"
)
# Texts that have parted paragraphs in which furniture can stand.
WHOLE = [text for text in TEXTS if text.count("\n\n") > 8]
WORDS = st.sampled_from([*SAID.split("|"), "|"])
PIECES = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", "\r\n", "  "])), max_size=60)
CUT = st.tuples(st.sampled_from(TEXTS), st.integers(0, 3000), st.integers(0, 3000))

NAMES = [
    "Ann Bell",
    "Cllr Cal Dunn",
    "Mrs Ede Fox-Gray",
    "Dr Hal O’Ivey",
    "Supt. Jo Kerr",
    "Liam de Moor",
    "Nia Owen",
    "Councillor P. Quill",
    "Rev. Rhys Tew",
    "Una Vane-Wood",
    "Xi Yau",
    "Zofia Adamska",
    "PC Bo Crane",
]
ORGANISATIONS = [
    "",
    "Oak Homes",
    "Fell Police",
    "Probation",
    "Fire & Rescue Service",
    "NHS Fellshire",
    "Age Link",
]
LISTED = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(ORGANISATIONS)),
    min_size=2,
    max_size=9,
    unique_by=lambda one: one[0],
)
FURNITURE = st.sampled_from(("Page {} of 9", "- {} -", "Page {}"))


def spans(reading: Reading):
    for meeting in reading.meetings:
        yield meeting.span
        fields = ("body", "date", "start_time", "venue", "status", "next_meeting")
        yield from (getattr(meeting, f).span for f in fields if getattr(meeting, f))
        named = (*meeting.present, *meeting.in_attendance, *meeting.apologies, *meeting.late)
        acted = (*meeting.actions, *meeting.implied_actions, *meeting.personal, *meeting.unplaced)
        yield from (one.span for one in (*named, *acted))
        for item in meeting.items:
            yield item.span
            yield item.title_span
            yield from (one.span for one in item.references)
            for decision in item.decisions:
                yield decision.span
                yield from (limb.span for limb in decision.limbs)


def squeezed(text: str) -> str:
    return "".join(text.replace("&amp;", "&").split()).lower()


def holds(text: str) -> None:
    reading = read(text)
    assert reading == read(text)
    for span in spans(reading):
        assert 0 <= span.start <= span.end <= len(reading.text)
    said = without_page_marks(reading.text, split(reading.text))
    for meeting in reading.meetings:
        for name in (*meeting.present, *meeting.in_attendance, *meeting.apologies, *meeting.late):
            quoted = squeezed(reading.text[name.span.start : name.span.end])
            assert quoted[-3:] in squeezed(name.name) or squeezed(name.name) in quoted or name.role
        for one in (*meeting.personal, *meeting.unplaced):
            words = one.value if hasattr(one, "value") else one.text
            assert squeezed(words) == squeezed(reading.text[one.span.start : one.span.end])
        for item in meeting.items:
            for one in item.references:
                assert squeezed(one.ref) in squeezed(reading.text[one.span.start : one.span.end])
            for decision in item.decisions:
                for limb in decision.limbs:
                    quoted = squeezed(said[limb.span.start : limb.span.end])
                    assert quoted == squeezed(limb.text)
    as_json(reading)


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text):
    holds(text)


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(PIECES)
def test_any_heap_of_the_words_of_minutes_is_read_truly(pieces):
    holds("".join(word + gap for word, gap in pieces))


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(CUT)
def test_minutes_cut_anywhere_are_read_truly(cut):
    text, start, length = cut
    holds(text[start : start + length])


def present(people: list[tuple[str, str]]) -> set[tuple[str, str | None]]:
    listed = ", ".join(f"{name} ({of})" if of else name for name, of in people)
    text = f"Minutes of the Fell Board held on 5 May 2026\nPresent: {listed}\n"
    text += "1. Welcome\nNoted.\n2. Theft\nAGREED that it be noted.\n3. Any other business\nNone.\n"
    (meeting,) = read(text).meetings
    return {(one.name, one.organisation) for one in meeting.present}


@pytest.mark.slow
@settings(max_examples=300)
@given(LISTED, st.randoms(use_true_random=False))
def test_the_same_names_in_any_order_are_the_same_people(people, chance):
    # A name without a parenthesis shares that of the next, so each has its own or none has.
    own = [one for one in people if one[1]] if any(of for _, of in people) else people
    mixed = chance.sample(own, len(own))
    assert present(mixed) == present(own) == {(name, of or None) for name, of in own}


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(WHOLE), FURNITURE, st.data())
def test_page_numbers_between_paragraphs_change_nothing(text, mark, data):
    """Three pages: the mark stands after a paragraph, alone between two empty lines."""
    parts = text.split("\n\n")
    cuts = sorted(data.draw(st.sets(st.integers(1, len(parts) - 1), min_size=3, max_size=3)))
    for number, cut in reversed(list(enumerate(cuts, 1))):
        parts.insert(cut, mark.format(number))
    before, after = (as_labels(read(one).meetings[0]) for one in (text, "\n\n".join(parts)))
    for item in (*before["items"], *after["items"]):
        item.pop("decision_gist")  # cut at a number of characters
    # Page numbers are evidence of a printed page, so the name of the layout may change.
    assert after | {"family": ""} == before | {"family": ""}


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(CUT)
def test_minutes_cut_anywhere_hold_nothing_that_the_cut_text_does_not(cut):
    text, start, length = cut
    piece = text[start : start + length]
    said = squeezed(piece)
    for meeting in read(piece).meetings:
        for item in meeting.items:
            assert all(squeezed(part) in said for part in (item.ref or "").split())
            assert squeezed(item.title or "") in said
        for action in (*meeting.actions, *meeting.implied_actions):
            assert squeezed(action.due_text or "") in said
