"""A series of months: its limits, its signals, where the year ends, and what changed where."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.figures.control import (
    Assurance,
    Signal,
    assurance,
    c_limits,
    clustered,
    dispersion,
    rebased,
    signals,
    stretches,
    u_limits,
    xmr,
)
from concerted.figures.displacement import Pair, weighted_difference
from concerted.figures.errors import NoFigure
from concerted.figures.projection import projection
from concerted.figures.targets import directional_gap

YEAR = [42, 38, 51, 47, 40, 44, 39, 46, 43, 48, 41, 45]


def test_the_limits_of_a_year_are_those_that_are_published():
    found = xmr(YEAR)

    assert found.mean == pytest.approx(43.667, abs=0.0006)
    assert found.range_mean == pytest.approx(5.727, abs=0.0006)
    assert (found.low, found.high) == pytest.approx((28.432, 58.901), abs=0.0006)
    assert found.range_high == pytest.approx(18.711, abs=0.0006)
    assert not found.trial


def test_limits_of_fewer_than_twelve_months_are_trial_limits():
    assert xmr(YEAR[:11]).trial


def test_counts_have_no_limit_below_zero_but_net_scores_do():
    assert xmr([0, 9, 0, 12]).low == 0
    assert xmr([0, 9, 0, 12], floor=None).low < 0


def test_screening_leaves_out_one_wild_range_once():
    values = [*YEAR, 400, *YEAR]

    assert xmr(values, screened=True).range_mean < xmr(values).range_mean / 3


@given(st.lists(st.integers(0, 500), min_size=2, max_size=40))
def test_limits_are_those_of_a_loop(values):
    ranges = [abs(later - one) for one, later in pairwise(values)]
    mean, spread = sum(values) / len(values), sum(ranges) / len(ranges)

    found = xmr(values)

    assert found.mean == pytest.approx(mean)
    assert found.high == pytest.approx(mean + 2.66 * spread)
    assert found.low == pytest.approx(max(0, mean - 2.66 * spread))


def test_after_a_break_the_limits_are_those_of_the_months_after_it():
    first, second = rebased([*YEAR, *[2 * one for one in YEAR]], [12])

    assert first == xmr(YEAR)
    assert second.mean == pytest.approx(2 * first.mean)
    assert rebased(YEAR, [11])[1] is None, "one month has no variation"


def test_a_row_of_months_does_not_reach_across_a_break():
    low, high = stretches([40, 41, 42, 43, 44, 45, 46, 47], [4])

    assert not any(low.signals + high.signals)
    assert (low.begin, low.end, high.begin, high.end) == (0, 4, 4, 8)


def test_one_month_after_a_break_has_no_limits_and_no_signals():
    last = stretches([*YEAR, 400], [12])[-1]

    assert last.routine is None
    assert last.signals == (frozenset(),)


def test_a_month_without_a_figure_is_left_out_and_ends_what_is_in_a_row():
    values = [10, 12, None, 30, 32]

    found = xmr(values, gaps=True)

    assert (found.mean, found.range_mean) == (21, 2), "no range reaches across the gap"
    assert found.trial
    rising = [40, 41, 42, 43, None, 44, 45, 46]
    assert not any(signals(rising, xmr(YEAR), gaps=True))
    assert stretches([1, None, 2], gaps=True)[0].routine is None


def test_a_month_without_a_figure_is_refused_unless_gaps_are_said_to_be_there():
    with pytest.raises(NoFigure, match="not zero"):
        xmr([10, None, 12])
    with pytest.raises(NoFigure, match="not zero"):
        signals([10, None, 12], xmr(YEAR))
    with pytest.raises(NoFigure, match="beside each other"):
        xmr([10, None, 12], gaps=True)


@pytest.mark.parametrize("rate", [0.1, 23.1, 43.2])
def test_a_rate_that_never_changes_gives_no_signal(rate):
    # The mean of twelve times 0.1 is 0.10000000000000002.
    assert not any(signals([rate] * 12, xmr([rate] * 12)))


@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_break_lies_inside_its_series(place):
    with pytest.raises(NoFigure, match="between two figures"):
        rebased(YEAR, [place])


def told(values, routine=None):
    return signals(values, routine or xmr(YEAR))


def test_a_month_outside_its_limits_is_a_signal():
    assert [Signal.OUTSIDE in one for one in told([44, 59, 28, 43])] == [False, True, True, False]


def test_seven_months_on_one_side_of_the_mean_are_a_shift_and_six_are_not():
    above = [44, 45, 44, 46, 44, 45, 44]

    assert all(Signal.SHIFT in one for one in told([40, *above])[1:])
    assert not any(Signal.SHIFT in one for one in told([40, *above[:6], 40]))


def test_a_month_at_the_mean_ends_a_shift():
    routine = xmr([10, 12, 8, 10, 12, 8])

    assert not any(told([11, 11, 11, 10, 11, 11, 11], routine))


def test_seven_months_rising_are_a_trend_and_six_are_not():
    assert all(Signal.TREND in one for one in told([40, 41, 42, 43, 44, 45, 46]))
    assert not any(Signal.TREND in one for one in told([40, 41, 42, 43, 44, 45, 45]))


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ([54, 44, 55, 43, 42], [0, 2]),  # the one between lies on the same side
        ([54, 43, 55, 43], []),  # and here on the other
        ([54, 44, 33, 44], []),
        ([60, 44, 55, 43], []),  # one of them outside: a signal of its own
        ([54, 55, 56, 43], [0, 1, 2]),
    ],
)
def test_two_of_three_near_a_limit_are_marked_where_all_lie_on_one_side(values, marked):
    found = told(values)

    assert [at for at, one in enumerate(found) if Signal.TWO_OF_THREE in one] == marked


@given(st.lists(st.integers(0, 90), min_size=2, max_size=30))
def test_signals_are_those_of_looking_at_every_stretch(values):
    routine = xmr(YEAR)
    shift, trend = set(), set()
    for at in range(len(values) - 6):
        seven = values[at : at + 7]
        if all(one > routine.mean for one in seven) or all(one < routine.mean for one in seven):
            shift |= set(range(at, at + 7))
        steps = [later - one for one, later in pairwise(seven)]
        if all(one > 0 for one in steps) or all(one < 0 for one in steps):
            trend |= set(range(at, at + 7))

    outside = {at for at, one in enumerate(values) if not routine.low <= one <= routine.high}
    near = {at for at, one in enumerate(values) if one > 53.822 or one < 33.511} - outside
    pairs = set()
    for at in range(len(values) - 2):
        three, places = values[at : at + 3], set(range(at, at + 3))
        if all(one > 43.667 for one in three) or all(one < 43.666 for one in three):
            pairs |= near & places if len(near & places) > 1 else set()

    found = told(values)

    assert {at for at, one in enumerate(found) if Signal.OUTSIDE in one} == outside
    assert {at for at, one in enumerate(found) if Signal.TWO_OF_THREE in one} == pairs
    assert {at for at, one in enumerate(found) if Signal.SHIFT in one} == shift
    assert {at for at, one in enumerate(found) if Signal.TREND in one} == trend


@pytest.mark.parametrize(
    ("target", "higher", "says"),
    [
        (60, True, Assurance.FAILS),
        (60, False, Assurance.PASSES),
        (20, True, Assurance.PASSES),
        (20, False, Assurance.FAILS),
        (45, True, Assurance.HIT_AND_MISS),
        (45, False, Assurance.HIT_AND_MISS),
    ],
)
def test_a_target_beyond_the_limits_is_always_met_or_never(target, higher, says):
    assert assurance(xmr(YEAR), target, higher_is_better=higher) == says


def test_without_a_target_nothing_is_met():
    with pytest.raises(NoFigure, match="Without a target"):
        assurance(xmr(YEAR), math.nan, higher_is_better=True)


def test_a_chart_of_counts_has_the_limits_that_are_published():
    found = c_limits(YEAR)

    assert (found.low, found.high) == pytest.approx((23.842, 63.491), abs=0.0006)


def test_longer_months_have_narrower_limits():
    found = u_limits([10, 40], [1, 4])

    assert found.high[0] - 10 == pytest.approx(2 * (found.high[1] - 10))
    with pytest.raises(NoFigure, match="its exposure"):
        u_limits([10, 40], [1])


def test_crimes_in_clusters_are_told_from_crimes_one_by_one():
    assert dispersion([10, 10, 10]) == 0
    assert clustered([0, 40, 2, 55])
    assert not clustered(YEAR)


@pytest.mark.parametrize("values", [[], [4], [4, math.nan]])
def test_too_few_months_or_one_not_known_have_no_limits(values):
    with pytest.raises(NoFigure, match=r"(Fewer than two|not known)"):
        xmr(values)


# The end of the year


def test_both_ways_of_going_on_are_worked_out():
    found = projection([12, 12, 12], [10] * 12)

    assert found.so_far == 36
    assert found.by_last_year == pytest.approx(36 * 120 / 30)
    assert found.by_recent_months == pytest.approx(36 + 9 * (9 * 10 + 36) / 12)
    assert found.by_last_year_limits.low < found.by_last_year < found.by_last_year_limits.high


def test_a_year_that_is_over_ends_where_it_is():
    found = projection([10] * 12, [12] * 12)

    assert found.by_last_year == pytest.approx(120)
    assert (found.by_recent_months_limits.low, found.by_recent_months_limits.high) == (120, 120)


def test_last_years_months_without_any_say_nothing():
    assert projection([1, 2, 1], [0] * 3 + [5] * 9).by_last_year is None


def test_clusters_make_the_limits_wider():
    even = projection([10, 10, 10], [10] * 12).by_recent_months_limits
    uneven = projection([0, 30, 0], [0, 20] * 6).by_recent_months_limits

    assert uneven.high - uneven.low > even.high - even.low


@given(st.integers(0, 9), st.integers(3, 11))
def test_so_many_to_come_would_be_as_unlikely_as_the_tail(each_month, months):
    # Twelve months alike: of all that was seen and is to come, the share of the former is known.
    found = projection([each_month] * months, [each_month] * 12).by_recent_months_limits
    seen, share = 12 * each_month, 12 / (24 - months)

    def at_most(so_few, to_come):
        whole = seen + to_come
        return sum(
            math.comb(whole, k) * share**k * (1 - share) ** (whole - k) for k in range(so_few + 1)
        )

    high = math.floor(found.high - months * each_month + 1e-9)
    low = math.ceil(found.low - months * each_month - 1e-9)
    assert at_most(seen, high) >= 0.025 > at_most(seen, high + 1)
    assert 1 - at_most(seen - 1, low) >= 0.025
    assert not low or 1 - at_most(seen - 1, low - 1) < 0.025


@pytest.mark.slow
@pytest.mark.parametrize("months", [3, 6, 9, 11])
@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("mean", [4, 40])
def test_nineteen_years_in_twenty_end_between_the_limits(mean, clustered, months):
    chance = np.random.default_rng(1)
    drawn = (800, 24)
    years = (
        chance.negative_binomial(mean / 2, 1 / 3, drawn)
        if clustered
        else chance.poisson(mean, drawn)
    )
    inside = []
    for year in years:
        found = projection(year[12 : 12 + months], year[:12])
        for limits in (found.by_last_year_limits, found.by_recent_months_limits):
            if limits:
                inside.append(limits.low <= year[12:].sum() <= limits.high)

    assert 0.91 < np.mean(inside) < 0.99


def test_that_nothing_happened_so_far_does_not_make_the_rest_certain():
    none_now = projection([0, 0, 0], [1] * 12)
    none_then = projection([0, 0, 0], [4, 4, 4] + [0] * 9)
    never = projection([0, 0, 0], [0] * 12)

    assert none_now.by_last_year == 0 < none_now.by_last_year_limits.high
    assert none_then.by_last_year_limits.high > 0
    assert never.by_recent_months == 0 < never.by_recent_months_limits.high


@pytest.mark.parametrize(("now", "before"), [([1, 2], [5] * 12), ([1, 2, 3], [5] * 11)])
def test_nothing_is_projected_from_two_months_or_without_a_year_before(now, before):
    with pytest.raises(NoFigure, match=r"(three months|twelve months)"):
        projection(now, before)


# What changed where


def test_the_displacement_difference_is_the_published_one():
    found = weighted_difference(Pair(20, 10), Pair(20, 20))

    assert (found.difference, found.error) == (-10, pytest.approx(8.3666, abs=5e-5))
    assert found.z == pytest.approx(-1.195, abs=0.0006)
    assert (found.low, found.high) == pytest.approx((-23.76, 3.76), abs=0.006)


def test_a_second_published_difference():
    found = weighted_difference(Pair(60, 35), Pair(55, 50))

    assert (found.difference, found.error) == (-20, pytest.approx(14.142, abs=0.0006))
    assert found.z == pytest.approx(-1.414, abs=0.0006)
    assert found.p == pytest.approx(0.157, abs=0.0006)


def test_what_moved_into_the_ring_is_counted_against_it():
    found = weighted_difference(
        Pair(60, 35), Pair(55, 50), ring=Pair(20, 35), ring_control=Pair(20, 20)
    )

    assert found.difference == -5
    assert found.error == pytest.approx(math.sqrt(200 + 55 + 40))


def test_differences_in_an_array_are_those_of_each():
    found = weighted_difference(Pair([20, 60], [10, 35]), Pair([20, 55], [20, 50]))

    assert found.difference.tolist() == [-10, -20]
    assert found.p[1] == weighted_difference(Pair(60, 35), Pair(55, 50)).p


@pytest.mark.parametrize(
    ("areas", "says"),
    [
        ({"treated": Pair(0, 0), "control": Pair(0, 0)}, "nothing was counted"),
        (
            {"treated": Pair(9, 4), "control": Pair(9, 9), "ring_control": Pair(3, 3)},
            "without the ring",
        ),
        ({"treated": Pair(9, math.nan), "control": Pair(9, 9)}, "not known"),
    ],
)
def test_a_difference_of_nothing_is_refused(areas, says):
    with pytest.raises(NoFigure, match=says):
        weighted_difference(**areas)


# Targets


@pytest.mark.parametrize(
    ("actual", "target", "higher", "value", "percent"),
    [
        (90, 100, True, -10, True),
        (90, 100, False, 10, True),
        (-22, -20, True, -10, True),
        (3, 0, False, -3, False),
        (0, 0, False, 0, False),
        (0.1 + 0.2, 0.3, False, 0, True),
        (1.3, 2.6, False, 50, True),
    ],
)
def test_a_gap_above_zero_is_better_than_the_target(actual, target, higher, value, percent):
    found = directional_gap(actual, target, higher_is_better=higher)

    assert (found.value, found.percent) == (pytest.approx(value, abs=0), percent)


def test_gaps_in_an_array_are_in_percent_but_for_a_target_of_nothing():
    found = directional_gap([90, 3], [100, 0], higher_is_better=False)

    assert found.value.tolist() == [10, -3]
    assert found.percent.tolist() == [True, False]


def test_what_was_not_reported_is_never_on_target():
    with pytest.raises(NoFigure, match="not reported"):
        directional_gap(math.nan, 5, higher_is_better=True)
