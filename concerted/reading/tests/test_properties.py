"""What holds for any text whatever."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.reading import as_json, read
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
WORDS = st.sampled_from([*SAID.split("|"), "|"])
PIECES = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", "\r\n", "  "])), max_size=60)
CUT = st.tuples(st.sampled_from(TEXTS), st.integers(0, 3000), st.integers(0, 3000))


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
    for meeting in reading.meetings:
        for name in (*meeting.present, *meeting.in_attendance, *meeting.apologies, *meeting.late):
            quoted = squeezed(reading.text[name.span.start : name.span.end])
            assert quoted[-3:] in squeezed(name.name) or squeezed(name.name) in quoted or name.role
        for one in (*meeting.personal, *meeting.unplaced):
            words = one.value if hasattr(one, "value") else one.text
            assert squeezed(words) == squeezed(reading.text[one.span.start : one.span.end])
        for item in meeting.items:
            for one in item.references:
                said = squeezed(reading.text[one.span.start : one.span.end])
                assert squeezed(one.ref) in said
            for decision in item.decisions:
                for limb in decision.limbs:
                    assert squeezed(reading.text[limb.span.start : limb.span.end]) == squeezed(
                        limb.text
                    )
    as_json(reading)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text):
    holds(text)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(PIECES)
def test_any_heap_of_the_words_of_minutes_is_read_truly(pieces):
    holds("".join(word + gap for word, gap in pieces))


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(CUT)
def test_minutes_cut_anywhere_are_read_truly(cut):
    text, start, length = cut
    holds(text[start : start + length])
