"""Areas beside each other, and the words for what was found."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.figures.areas import expected, funnel_limits, peer_position
from concerted.figures.errors import NoFigure
from concerted.figures.ratios import expected_ratio, rate_ratio
from concerted.figures.words import Beside, Said, beside, counted, said_of


@pytest.mark.parametrize(
    ("e", "sure", "low", "high"),
    [
        (10, 0.95, 0.40, 1.70),
        (10, 0.998, 0.20, 2.10),
        (50, 0.95, 0.74, 1.28),
        (50, 0.998, 0.60, 1.46),
        (200, 0.95, 0.865, 1.140),
        (200, 0.998, 0.790, 1.225),
    ],
)
def test_a_funnel_narrows_as_areas_grow(e, sure, low, high):
    found = funnel_limits(e, sure=sure)

    assert (found.low, found.high) == pytest.approx((low, high))


@given(st.floats(0.01, 80), st.floats(0.5, 0.999))
def test_a_funnel_holds_so_many_of_all_counts(e, sure):
    found = funnel_limits(e, sure=sure)

    low, high = round(found.low * e), round(found.high * e)
    chances = [math.exp(-e + k * math.log(e) - math.lgamma(k + 1)) for k in range(high + 1)]
    assert sum(chances[:low]) < (1 - sure) / 2 + 1e-9
    assert sum(chances) >= 1 - (1 - sure) / 2 - 1e-9
    assert sum(chances[:high]) < 1 - (1 - sure) / 2 + 1e-9


@given(st.integers(0, 200), st.floats(0.5, 90))
def test_what_lies_outside_the_funnel_is_what_chance_seldom_does(count, e):
    limits, p = funnel_limits(e), expected_ratio(count, e).p
    outside = count < round(limits.low * e) or count > round(limits.high * e)

    assert outside == (p < 0.05)


def test_what_is_expected_adds_up_to_what_was_counted():
    found = expected([10, 20, 30], [100, 100, 400])

    assert found == pytest.approx([10, 10, 40])


def test_the_groups_figure_is_the_mean_of_the_rates_its_own_among_them():
    found = peer_position(0, [10, 20, 90], [1000, 1000, 3000])

    assert found.own.rate == 10
    assert found.group_mean == pytest.approx((10 + 20 + 30) / 3), "not 120 of 5,000"
    assert found.distance == pytest.approx(-10)
    assert (found.rank, found.of, found.quarter) == (1, 3, 1)
    assert found.own.low < 10 < found.own.high


def test_areas_alike_share_a_rank():
    ranks = [peer_position(at, [10, 10, 30, 40], [1000] * 4).rank for at in range(4)]

    assert ranks == [1, 1, 3, 4]


def test_a_rank_that_chance_may_have_made_is_given_with_the_others_it_might_be():
    found = peer_position(1, [10, 12, 14, 90], [1000] * 4)

    assert (found.rank, found.rank_at_least, found.rank_at_most) == (2, 1, 3)
    assert peer_position(3, [10, 12, 14, 90], [1000] * 4).rank_at_least == 4


def test_an_area_without_others_has_no_peers():
    with pytest.raises(NoFigure, match="at least one other"):
        peer_position(0, [10], [1000])


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (120, 100, Said.SAME),
        (14_470, 17_653, Said.CLEAR_DECREASE),
        (251, 176, Said.CLEAR_INCREASE),
        (1486, 1600, Said.POSSIBLE_DECREASE),
        (64, 38, Said.POSSIBLE_INCREASE),
        (5, 0, Said.SAME),
        (12, 0, Said.CLEAR_INCREASE),
        (0, 0, Said.SAME),
        (0, 12, Said.CLEAR_DECREASE),
    ],
)
def test_a_change_is_said_as_surely_as_it_is_known(now, before, said):
    assert said_of(rate_ratio(now, before)) == said


def test_what_was_not_reported_has_a_word_of_its_own():
    assert said_of(None) == "not reported"
    assert beside(None) == Beside.NOT_REPORTED


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (236, Beside.CLEARLY_ABOVE),
        (125, Beside.POSSIBLY_ABOVE),
        (100, Beside.SAME),
        (80, Beside.POSSIBLY_BELOW),
        (60, Beside.CLEARLY_BELOW),
    ],
)
def test_an_area_is_put_beside_what_all_of_them_let_expect(count, said):
    assert beside(expected_ratio(count, 100)) == said


def test_words_are_for_one_comparison():
    with pytest.raises(NoFigure, match="one comparison"):
        said_of(rate_ratio(np.array([1, 2]), np.array([3, 4])))


def test_counts_stand_before_a_percentage():
    assert counted(1486, 1600, "crimes") == "1,486 crimes, from 1,600"


def test_of_a_count_that_is_not_known_nothing_is_said():
    with pytest.raises(NoFigure, match="not zero"):
        counted(1486, math.nan, "crimes")


def test_a_page_that_compares_figures_loads_no_more_than_it_needs():
    # Each of these takes 25 to 60 MB more in every web process.
    heavy = {"pandas", "scipy.optimize", "scipy.sparse", "scipy.stats"}
    code = "import sys, concerted.figures.words, concerted.figures.areas, concerted.figures.control"
    loaded = subprocess.run(
        [sys.executable, "-c", f"{code}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not heavy & set(loaded)
