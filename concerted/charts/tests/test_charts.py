"""What a chart promises to whoever looks at it, prints it, or has it read out."""

import datetime
import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.charts.areas import Look, Shape, Tile, area_map, tile_map
from concerted.charts.intervals import interval, interval_head
from concerted.charts.lines import Pair, pair_chart
from concerted.charts.marks import Mark, mark
from concerted.charts.runs import Limits, Month, Run, Stretch, run_chart, small_run
from concerted.charts.scales import axis

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing):
    return ElementTree.fromstring(str(drawing).replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))


def words_of(drawing):
    return [one.text for one in parsed(drawing).iter(f"{SVG}text")]


def of_class(drawing, name, tag="*"):
    return [
        one
        for one in parsed(drawing).iter(f"{SVG}{tag}" if tag != "*" else None)
        if name in (one.get("class") or "").split()
    ]


def months(values, *, since=(2024, 4), outside=(), run=()):
    year, month = since
    return [
        Month(
            datetime.date(year + (month - 1 + at) // 12, (month - 1 + at) % 12 + 1, 1),
            value,
            outside=at in outside,
            run=at in run,
        )
        for at, value in enumerate(values)
    ]


LIMITS = Limits(mean=790, low=723, high=856)
BROKEN = Run(
    "All recorded crime",
    "crimes",
    [
        Stretch(
            months([701, 690, 712, 720, 695, 707, 699, 715, 702, 688, 709, 711]),
            Limits(704, 650, 760),
        ),
        Stretch(
            months([806, 794, 818, 841, 829, 799, 812, 710], since=(2025, 4), outside=[7]),
            Limits(790, 723, 856, trial=True),
            began="reports can be made online",
        ),
    ],
)


# A run chart


@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_a_run_chart_is_an_image_with_a_title_and_says_what_one_sees(kind):
    drawing = parsed(getattr(run_chart(BROKEN, name="rc"), kind))

    assert drawing.get("role") == "img"
    title, says = drawing[0], drawing[1]
    assert drawing.get("aria-labelledby") == f"{title.get('id')} {says.get('id')}"
    assert title.text == "All recorded crime each month, April 2024 to November 2025"
    assert says.text == (
        "Run chart in 2 parts, with a break at 1 April 2025 (reports can be made online). "
        "After the break the mean is 790 a month with trial limits of 723 and 856. "
        "November 2025 was 710, below the lower limit."
    )


def test_both_pictures_have_ids_of_their_own():
    chart = run_chart(BROKEN, name="rc")

    ids = re.findall(r' id="([^"]+)"', chart.wide + chart.narrow)
    assert len(ids) == len(set(ids)) == 4


def test_no_line_is_joined_across_a_break():
    chart = run_chart(BROKEN, name="rc").wide

    lines = of_class(chart, "line")
    assert [len(one.get("points").split()) for one in lines] == [12, 8]
    [upright] = of_class(chart, "brk")
    ends = [
        float(one.get("points").split()[at].split(",")[0])
        for one, at in zip(lines, (-1, 0), strict=True)
    ]
    assert ends[0] < float(upright.get("x1")) < ends[1]
    assert "Series break, 1 April 2025:" in words_of(chart)
    assert "Do not compare across this line." in words_of(chart)


def test_a_month_without_a_figure_leaves_a_gap_and_is_never_zero():
    run = Run("Arson", "crimes", [Stretch(months([9, 11, None, 8, 12]))])

    chart = run_chart(run, name="rc").wide

    assert [len(one.get("points").split()) for one in of_class(chart, "line")] == [2, 2]
    assert len(of_class(chart, "dot")) == 4
    assert "No figure for June 2024." in run_chart(run, name="rc").says


def test_a_month_between_two_gaps_is_a_dot_without_a_line():
    chart = run_chart(Run("Arson", "crimes", [Stretch(months([None, 4, None]))]), name="rc").wide

    assert not of_class(chart, "line")
    assert len(of_class(chart, "dot")) == 1


def test_a_month_outside_its_limits_is_a_diamond():
    chart = run_chart(BROKEN, name="rc").wide

    assert len(of_class(chart, "sig")) == 1
    assert len(of_class(chart, "dot")) == 19
    assert "November 2025: 710" in words_of(chart)


def test_a_run_of_seven_has_larger_dots_and_a_sentence():
    run = Run("Arson", "crimes", [Stretch(months([5] * 10, run=range(3, 10)), Limits(6, 1, 11))])

    chart = run_chart(run, name="rc")

    assert [one.get("r") for one in of_class(chart.wide, "dot")] == ["3.2"] * 3 + ["4.5"] * 7
    assert "7 months in a row, July 2024 to January 2025" in chart.says


def test_a_scale_that_does_not_start_at_zero_says_so():
    chart = run_chart(BROKEN, name="rc")

    assert chart.starts_at == 650
    assert "The scale starts at 650, not at zero." in words_of(chart.wide)
    assert "The scale starts at 650, not at zero." in words_of(chart.narrow)


def test_a_measure_that_comes_near_zero_starts_there():
    chart = run_chart(Run("Arson", "crimes", [Stretch(months([2, 9, 5]))]), name="rc")

    assert chart.starts_at == 0
    assert not any("scale" in words for words in words_of(chart.wide))


def test_too_few_months_have_no_band_and_say_so():
    chart = run_chart(Run("Arson", "crimes", [Stretch(months([2, 9]))]), name="rc")

    assert not of_class(chart.wide, "band")
    assert "The months are too few for limits." in chart.says


def test_the_labels_at_the_end_do_not_stand_in_each_other():
    run = Run(
        "All",
        "crimes",
        [Stretch(months([10_000, 10_010, 9_990] * 5), Limits(10_000, 9_999, 10_001))],
    )

    chart = parsed(run_chart(run, name="rc").wide)

    places = [
        float(one.get("y"))
        for one in chart.iter(f"{SVG}text")
        if "limit" in one.text or "mean" in one.text
    ]
    assert all(after - before >= 15 for before, after in pairwise(places))


def test_nothing_is_drawn_of_no_figure():
    with pytest.raises(ValueError, match="No month of “Arson” has a figure"):
        run_chart(Run("Arson", "crimes", [Stretch(months([None, None]))]), name="rc")


def test_one_of_many_starts_at_zero_and_has_no_words_in_it():
    small = small_run(BROKEN, name="s1")

    assert not words_of(small)
    lowest = max(
        float(point.split(",")[1])
        for one in of_class(small, "line")
        for point in one.get("points").split()
    )
    assert lowest < 30, "700 of 900 stands in the upper part where the scale begins at zero"


# An interval


@pytest.mark.parametrize(
    ("ratio", "low", "high", "arrows", "square"),
    [
        (1.2, 0.913, 1.581, 0, True),
        (2.667, 0.640, 15.606, 1, True),
        (math.inf, 0.916, math.inf, 1, False),
        (0, 0, 1.515, 1, False),
        (1, 0, math.inf, 2, True),
    ],
)
def test_an_interval_that_leaves_the_scale_has_an_arrow(ratio, low, high, arrows, square):
    drawing = interval(ratio, low, high)

    assert len(of_class(drawing, "ink")) == arrows
    assert bool(of_class(drawing, "edge")) == square
    [upright] = of_class(drawing, "one")
    assert upright.get("x1") == "95"


def test_half_lies_as_far_from_the_same_as_double():
    [half] = of_class(interval(0.5, 0.5, 0.5), "edge")
    [double] = of_class(interval(2, 2, 2), "edge")

    assert 95 - (float(half.get("x")) + 5) == float(double.get("x")) + 5 - 95 == 45
    assert words_of(interval_head()) == ["half", "same", "double"]


@pytest.mark.parametrize(("ratio", "low", "high"), [(2, 0.5, 1), (1, -1, 2), (math.nan, 0, 1)])
def test_a_ratio_outside_its_limits_is_not_drawn(ratio, low, high):
    with pytest.raises(ValueError, match="does not lie between"):
        interval(ratio, low, high)


# Two periods


def pair(now, before):
    days = [month.day for month in months(now)]
    return Pair("Burglary by month", days, now, before, "these months: 12", "the year before: 20")


def test_two_periods_start_at_zero_and_carry_their_names_at_the_end():
    chart = pair_chart(pair([4, 5, 3], [7, 6, 7]), name="p")

    assert words_of(chart.wide)[0] == "0"
    assert {"these months: 12", "the year before:", "20"} <= set(words_of(chart.wide))
    assert chart.says.endswith(
        "Of 3 months with both figures, 0 lie higher than the same month before."
    )


def test_a_missing_month_of_either_period_leaves_a_gap():
    chart = pair_chart(pair([4, None, 3, 2], [7, 6, 7, 8]), name="p")

    assert not any(len(one.get("points").split()) == 4 for one in of_class(chart.wide, "line"))
    assert "1 month has no figure." in chart.says


def test_periods_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="two figures"):
        pair_chart(Pair("x", [], [1], [], "a", "b"), name="p")


# Areas


def test_tiles_say_the_same_by_fill_edge_and_word():
    tiles = [
        Tile(0, 0, "Lowgate", "34.2", "clearly above", Look.CLEARLY_ABOVE),
        Tile(0, 1, "A ward with a long name", "11.8", "possibly below", Look.POSSIBLY_BELOW),
    ]

    drawing = tile_map(tiles, name="t", title="Crimes per 1,000 residents", says="Two wards.")

    assert len(of_class(drawing, "full")) == len(of_class(drawing, "dash")) == 1
    assert {"Lowgate", "clearly above", "A ward with a l…"} <= set(words_of(drawing))


def test_two_areas_cannot_have_one_place():
    tile = Tile(0, 0, "Lowgate", "1", "as all", Look.SAME)

    with pytest.raises(ValueError, match="same place"):
        tile_map([tile, tile], name="t", title="t", says="s")


def test_a_map_has_north_at_the_top_and_keeps_the_shape_of_the_land():
    square = [(0.0, 60.0), (0.0, 61.0), (2.0, 61.0), (2.0, 60.0)]

    drawing = area_map(
        [Shape("Hill", [square], "3", "as all", Look.SAME)], name="m", title="t", says="s"
    )

    [outline] = of_class(drawing, "plain")
    points = [
        tuple(map(float, point.split()))
        for point in outline.get("d").removeprefix("M").removesuffix("z").split("L")
    ]
    wide = points[2][0] - points[0][0]
    high = points[0][1] - points[1][1]
    assert high > 0, "61° lies above 60°"
    assert wide == pytest.approx(high, rel=0.03), "at 60° a degree of longitude is half as long"
    assert outline[0].text == "Hill: 3, as all"


# All of them


@pytest.mark.parametrize("which", list(Mark))
def test_every_mark_is_passed_over_by_a_reader(which):
    assert parsed(mark(which)).get("aria-hidden") == "true"


def test_words_that_look_like_markup_stay_words():
    run = Run(
        "<script>x</script>",
        "crimes",
        [Stretch(months([1, 2])), Stretch(months([3, 4], since=(2025, 1)), began='"><b>')],
    )

    chart = run_chart(run, name="rc")

    assert "<script" not in chart.wide
    assert parsed(chart.wide)[0].text.startswith("<script>x</script> each month")


VALUES = st.lists(st.none() | st.integers(0, 40_000), min_size=1, max_size=140).filter(
    lambda found: any(one is not None for one in found)
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_whatever_the_figures_all_of_it_lies_inside_the_picture(parts):
    year = 2000
    stretches = []
    for values in parts:
        stretches.append(Stretch(months(values, since=(year, 4)), began="of a change"))
        year += 12
    run = Run("All recorded crime", "crimes", stretches)

    for drawing in (
        run_chart(run, name="rc").wide,
        run_chart(run, name="rc").narrow,
        small_run(run, name="s"),
    ):
        assert "nan" not in drawing
        assert "style=" not in drawing
        _, _, width, height = map(float, parsed(drawing).get("viewBox").split())
        for one in of_class(drawing, "dot"):
            assert 0 <= float(one.get("cx")) <= width
            assert 0 <= float(one.get("cy")) <= height


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.booleans())
def test_an_axis_holds_what_it_is_for_in_few_whole_steps(one, other, from_zero):
    low, high = sorted([one, other])

    figures = axis(low, high, from_zero=from_zero)

    assert figures[0] <= low
    assert figures[-1] >= high - 1e-6
    assert 2 <= len(figures) <= 14
    assert len({round(after - before, 6) for before, after in pairwise(figures)}) == 1
