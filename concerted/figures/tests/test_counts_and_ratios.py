"""One count and another: every published value, and what brute force finds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.figures.counts import (
    annualised,
    byar_limits,
    change,
    false_alarms,
    poisson_limits,
    rate,
)
from concerted.figures.errors import NoFigure
from concerted.figures.ratios import (
    e_test,
    expected_ratio,
    rate_ratio,
    share_difference,
    share_limits,
)

FEW = st.integers(0, 60)


# The change


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (1486, 1600, "−7.1%"),
        (251, 176, "+42.6%"),
        (100, 100, "0.0%"),
        (8, 3, "counts only"),
        (12, 9, "counts only"),
        (5, 0, "n/a (from 0)"),
        (0, 12, "−100.0%"),
        (14_470, 17_653, "−18.0%"),
        (14_470, 20_534, "−29.5%"),
    ],
)
def test_a_percentage_is_printed_only_where_there_were_ten(now, before, words):
    assert change(now, before).words == words


@pytest.mark.parametrize("wrong", [-1, 2.5, math.nan, math.inf])
def test_what_is_no_count_is_refused_with_a_sentence(wrong):
    with pytest.raises(NoFigure, match=r"(not known|below zero|whole number)"):
        change(wrong, 10)


# Limits of a count


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0, 3.689),
        (1, 0.025, 5.572),
        (5, 1.623, 11.668),
        (37, 26.051, 51.000),
        (120, 99.492, 143.491),
    ],
)
def test_exact_limits_are_those_that_are_published(count, low, high):
    found = poisson_limits(count)

    assert found.low == pytest.approx(low, abs=0.0006)
    assert found.high == pytest.approx(high, abs=0.0006)


def test_byars_limits_are_exact_below_ten_and_near_above():
    assert byar_limits(120).low == pytest.approx(99.490, abs=0.0006)
    assert byar_limits(120).high == pytest.approx(143.492, abs=0.0006)
    assert byar_limits(9) == poisson_limits(9)
    many = byar_limits([3, 120])
    assert many.low == pytest.approx([poisson_limits(3).low, 99.490], abs=0.0006)


def poisson_at_most(count, mean):
    return sum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count + 1))


@given(st.integers(1, 60))
def test_at_a_limit_the_count_is_as_unlikely_as_the_tail(count):
    found = poisson_limits(count)

    assert 1 - poisson_at_most(count - 1, found.low) == pytest.approx(0.025, abs=1e-9)
    assert poisson_at_most(count, found.high) == pytest.approx(0.025, abs=1e-9)


def test_a_rate_is_for_so_many_people_and_has_limits():
    found = rate(120, 60_000)

    assert found.rate == 2
    assert found.low == pytest.approx(99.490 / 60, abs=1e-4)
    assert annualised(found.rate, 73) == 10


def test_a_rate_of_nobody_is_refused():
    with pytest.raises(NoFigure, match="population must be above zero"):
        rate(3, 0)


def test_one_comparison_in_twenty_looks_like_a_change():
    assert false_alarms(30) == pytest.approx(1.5)
    assert false_alarms(30, sure=0.998) == pytest.approx(0.06)


# Two counts against each other


@pytest.mark.parametrize(
    ("now", "before", "ratio", "low", "high", "p"),
    [
        (120, 100, 1.200, 0.913, 1.581, 0.200),
        (8, 3, 2.667, 0.640, 15.606, 0.227),
        (5, 0, math.inf, 0.916, math.inf, 0.0625),
        (0, 4, 0, 0, 1.515, 0.125),
        (14_470, 17_653, 0.820, 0.802, 0.838, 0.0),
    ],
)
def test_ratios_are_those_that_are_published(now, before, ratio, low, high, p):
    found = rate_ratio(now, before)

    assert found.ratio == pytest.approx(ratio, abs=0.0006)
    assert found.low == pytest.approx(low, abs=0.0006)
    assert found.high == pytest.approx(high, abs=0.0006)
    assert found.p == pytest.approx(p, abs=0.0006)


def test_months_of_other_lengths_are_compared_day_for_day():
    found = rate_ratio(120, 100, exposure_now=31, exposure_before=28)

    assert found.ratio == pytest.approx(1.084, abs=0.0006)
    assert found.low == pytest.approx(0.824, abs=0.0006)
    assert found.high == pytest.approx(1.428, abs=0.0006)


def test_of_none_and_none_nothing_is_said():
    found = rate_ratio(0, 0)

    assert math.isnan(found.ratio)
    assert (found.low, found.high, found.p) == (0, math.inf, 1)


def test_an_array_answers_as_its_numbers_do():
    now, before = np.array([120, 8, 5, 0, 0]), np.array([100, 3, 0, 4, 0])

    found = rate_ratio(now, before)

    for at, (one, other) in enumerate(zip(now, before, strict=True)):
        single = rate_ratio(int(one), int(other))
        assert np.array_equal(
            [found.ratio[at], found.low[at], found.high[at], found.p[at]],
            [single.ratio, single.low, single.high, single.p],
            equal_nan=True,
        )


def binomial_at_most(x, n, share):
    return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x + 1))


@given(FEW, FEW, st.integers(1, 31), st.integers(1, 31))
def test_the_chances_are_those_of_counting_every_case(now, before, t1, t0):
    n, share = now + before, t1 / (t1 + t0)
    low_tail = binomial_at_most(now, n, share)
    high_tail = 1 - (binomial_at_most(now - 1, n, share) if now else 0)

    found = rate_ratio(now, before, exposure_now=t1, exposure_before=t0)

    expected = 1 if n == 0 else min(1, 2 * min(low_tail, high_tail))
    assert found.p == pytest.approx(expected, abs=1e-9)


@given(FEW, FEW.filter(bool))
def test_at_the_upper_limit_so_few_are_as_unlikely_as_the_tail(now, before):
    share = (high := rate_ratio(now, before).high) / (1 + high)

    assert binomial_at_most(now, now + before, share) == pytest.approx(0.025, abs=1e-8)


@given(FEW, FEW)
def test_an_interval_and_its_p_say_the_same(now, before):
    found = rate_ratio(now, before)

    if found.p < 0.049:
        assert not found.low <= 1 <= found.high
    if found.p > 0.051:
        assert found.low <= 1 <= found.high


@given(FEW, FEW)
def test_turning_the_comparison_round_turns_the_ratio_round(now, before):
    one, other = rate_ratio(now, before), rate_ratio(before, now)

    assert one.p == pytest.approx(other.p)
    if one.low:
        assert other.high == pytest.approx(1 / one.low)


def test_clusters_of_two_are_worth_half_their_counts():
    found, halved = rate_ratio(120, 100, dispersion=2), rate_ratio(60, 50)

    assert (found.low, found.high, found.p) == (halved.low, halved.high, halved.p)
    assert rate_ratio(120, 100, dispersion=0.4) == rate_ratio(120, 100), "never surer than chance"
    assert rate_ratio([5, 0], [3, 0], dispersion=[2, 2]).p[1] == 1


@given(FEW, st.floats(0.1, 60))
def test_a_count_beside_what_was_expected_is_as_likely_as_the_sum_of_its_tail(count, e):
    lower = poisson_at_most(count, e)
    upper = 1 - (poisson_at_most(count - 1, e) if count else 0)

    found = expected_ratio(count, e)

    assert found.ratio == count / e
    assert found.p == pytest.approx(min(1, 2 * min(lower, upper)), abs=1e-9)
    assert (found.low, found.high) == (
        poisson_limits(count).low / e,
        poisson_limits(count).high / e,
    )


@pytest.mark.parametrize(("now", "before", "p"), [(6, 2, 0.1748748), (120, 100, 0.1781)])
def test_the_e_test_gives_what_is_published(now, before, p):
    assert e_test(now, before) == pytest.approx(p, abs=5e-5 if now > 6 else 5e-8)


@given(st.integers(0, 12), st.integers(0, 12), st.floats(0.5, 3), st.floats(0.5, 3))
@settings(max_examples=25)
def test_the_e_test_is_the_sum_over_all_pairs(now, before, t1, t0):
    def far(one, other):
        spread = one / t1**2 + other / t0**2
        return abs(one / t1 - other / t0) / math.sqrt(spread) if spread else 0

    common = (now + before) / (t1 + t0)
    found = e_test(now, before, exposure_now=t1, exposure_before=t0)
    if now + before == 0:
        assert found == 1
        return

    def chance(k, mean):
        return math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1))

    total = sum(
        chance(one, common * t1) * chance(other, common * t0)
        for one in range(70)
        for other in range(70)
        if far(one, other) >= far(now, before) - 1e-12
    )
    assert found == pytest.approx(min(1, total), abs=1e-9)


# Shares


def test_wilsons_limits_of_half_of_ten():
    found = share_limits(5, 10)

    assert (found.low, found.high) == pytest.approx((0.2366, 0.7634), abs=5e-5)
    assert share_limits(0, 10).low == 0
    assert share_limits(10, 10).high == 1


@given(st.integers(0, 200), st.integers(1, 200))
def test_at_wilsons_limits_the_share_is_just_so_far_away(part, more):
    whole = part + more
    found = share_limits(part, whole)

    for limit in (found.low, found.high):
        if 0 < limit < 1:
            error = math.sqrt(limit * (1 - limit) / whole)
            assert abs(part / whole - limit) / error == pytest.approx(1.959964, abs=1e-4)


def test_two_waves_of_a_survey_differ_by_so_much():
    found = share_difference(56, 70, 48, 80)  # Newcombe 1998, example a of method 10

    assert found.difference == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.p < 0.05


def test_shares_in_an_array_differ_as_each_of_them_does():
    found = share_difference([56, 0, 9], [70, 5, 9], 48, 80)

    for at, part in enumerate([(56, 70), (0, 5), (9, 9)]):
        alone = share_difference(*part, 48, 80)
        assert (found.low[at], found.high[at], found.p[at]) == (alone.low, alone.high, alone.p)
    assert share_difference(9, 9, 9, 9).p == 1


@pytest.mark.parametrize(("part", "whole", "says"), [(1, 0, "of none"), (3, 2, "more than")])
def test_a_share_of_nothing_is_refused(part, whole, says):
    with pytest.raises(NoFigure, match=says):
        share_limits(part, whole)
