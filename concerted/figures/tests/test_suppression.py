"""No hidden cell follows from what is shown: tried by filling in every table there could be."""

import math
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.figures.counts import Limits
from concerted.figures.errors import NoFigure
from concerted.figures.suppression import (
    Sum,
    follows,
    hidden_in,
    possible,
    suppressed,
    with_margins,
)


def test_a_small_count_takes_three_cells_with_it_and_no_total():
    hidden = hidden_in([[12, 3], [40, 50]])

    assert hidden.tolist() == [
        [True, True, False],
        [True, True, False],
        [False, False, False],
    ], "one more in its row, one in its column, and where those cross"


def test_one_small_count_among_many_cells_hides_four():
    table = np.arange(10, 130).reshape(12, 10)
    table[5, 4] = 2

    assert hidden_in(table).sum() == 4


def test_of_a_table_full_of_small_counts_nothing_more_is_hidden():
    table = np.tile([2, 4, 3], (30, 8))

    assert (hidden_in(table) == np.pad(np.ones((30, 24), bool), [(0, 1), (0, 1)])).all()


def test_who_knows_that_zeros_are_shown_learns_no_row_of_ones():
    # Five hidden cells that add up to five are five ones, for whoever knows that none is zero.
    whole, sums = with_margins([[1, 1, 1, 1, 1], [20, 20, 20, 20, 20]])
    values = [int(one) for one in whole.flat]

    assert follows(values, sums, set(range(5))) == set(range(5))
    assert hidden_in([[1, 1, 1, 1, 1], [20, 20, 20, 20, 20]])[0, 5], "their total is hidden too"


def test_zeros_and_large_counts_are_shown():
    assert not hidden_in([[0, 12], [7, 5]]).any()


def test_the_smallest_shown_is_the_partnerships_to_set():
    assert not hidden_in([[12, 3], [40, 50]], smallest=3).any()
    assert hidden_in([[12, 9], [40, 50]], smallest=10)[0, 1]


def test_a_table_of_one_row_hides_its_total_at_the_latest():
    hidden = hidden_in([[3]])

    assert hidden.all()


def test_a_cell_of_an_earlier_release_gives_a_hidden_one_away():
    # The ward's total was published in June, the parts in July, one of them hidden.
    values = [3, 9, 12]
    sums = [Sum(2, (0, 1))]

    assert follows(values, sums, {0}) == {0}
    assert follows(values, sums, {0, 1}) == frozenset()
    assert possible(values, sums, {0, 1})[0] == Limits(1, 11)
    assert possible(values, sums, {0, 2})[0] == Limits(1, math.inf)


def test_a_total_of_totals_is_seen_through():
    # Two wards make a district, two districts the force; one ward and one district are hidden.
    values = [3, 9, 12, 20, 32]
    sums = [Sum(2, (0, 1)), Sum(4, (2, 3))]

    assert follows(values, sums, {0, 2}) == {0, 2}
    assert suppressed(values, sums) != {0, 2}
    assert not follows(values, sums, suppressed(values, sums))


def test_that_nothing_is_below_zero_gives_cells_away_too():
    # 0 = a + b leaves only zeros, though the sums alone would allow 5 and -5.
    values = [0, 0, 0]

    assert follows(values, [Sum(2, (0, 1))], {0, 1}) == {0, 1}


def test_a_table_that_does_not_add_up_is_refused():
    with pytest.raises(NoFigure, match="do not add up"):
        suppressed([3, 9, 13], [Sum(2, (0, 1))])


def test_a_count_that_is_part_of_no_total_is_hidden_alone():
    assert suppressed([3, 9], []) == {0}
    assert possible([3, 9], [], {0})[0] == Limits(1, math.inf)


def test_halves_are_no_counts():
    # Each two of three counts have a total that is shown.
    values = [3, 2, 3, 5, 5, 6]
    sums = [Sum(3, (0, 1)), Sum(4, (1, 2)), Sum(5, (0, 2))]

    assert follows(values, sums, {0, 1, 2}) == {0, 1, 2}
    assert not follows(values, sums, suppressed(values, sums))


def fillings(whole, hidden):
    """Every table near this one that shows the same; none has a zero where a count is hidden."""
    inside = np.argwhere(hidden[:-1, :-1])
    own = [int(whole[tuple(at)]) for at in inside]
    tried = np.array(list(product(*(range(max(min(one, 1), one - 3), one + 4) for one in own))))
    tables = np.repeat(whole[None], len(tried), axis=0)
    for at, (row, column) in enumerate(inside):
        tables[:, row, column] = tried[:, at]
    tables[:, :-1, -1] = tables[:, :-1, :-1].sum(axis=2)
    tables[:, -1, :] = tables[:, :-1, :].sum(axis=1)
    return tables[(tables == whole)[:, ~hidden].all(axis=1)]


def tables(high, wide, least=0, most=4):
    line = st.lists(st.integers(least, most), min_size=wide, max_size=wide)
    return st.lists(line, min_size=high, max_size=high)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(tables(2, 3), st.sets(st.integers(0, 11)))
def test_a_hidden_cell_follows_where_every_filling_has_the_same(table, places):
    whole, sums = with_margins(table)
    hidden = np.isin(np.arange(12), list(places)).reshape(whole.shape)
    found = fillings(whole, hidden)
    same = (found.max(axis=0) == found.min(axis=0)) & hidden
    values = [int(one) for one in whole.flat]

    told = follows(values, sums, places)

    assert told == set(np.flatnonzero(same)), "as whole tables are tried"
    for place, limits in possible(values, sums, places).items():
        assert (limits.low == limits.high) == (place in told)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(tables(2, 3, most=7))
def test_every_hidden_cell_could_be_something_else(table):
    whole, _ = with_margins(table)
    hidden = hidden_in(table)
    if not hidden.any():
        return

    found = fillings(whole, hidden)

    assert (found.max(axis=0) != found.min(axis=0))[hidden].all()
    assert hidden[(whole > 0) & (whole < 5)].all()


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.tuples(st.integers(1, 8), st.integers(1, 6)).flatmap(lambda size: tables(*size, most=30)))
def test_nothing_that_is_hidden_follows_and_the_same_is_hidden_again(table):
    whole, sums = with_margins(table)
    values = [int(one) for one in whole.flat]
    hidden = suppressed(values, sums)

    assert not follows(values, sums, hidden)
    assert suppressed(values, sums) == hidden


@pytest.mark.slow
def test_hardly_more_is_hidden_than_the_fewest_cells_that_do():
    more_than_needed = []
    for table in np.random.default_rng(11).integers(2, 20, (4, 2, 3)):
        whole, sums = with_margins(table)
        values = [int(one) for one in whole.flat]
        hidden = suppressed(values, sums)
        small = {place for place, one in enumerate(values) if 0 < one < 5}
        rest = set(range(len(values))) - small
        fewest = next(
            few
            for few in range(len(rest))
            if not all(follows(values, sums, small | set(more)) for more in combinations(rest, few))
        )
        more_than_needed.append(len(hidden) - len(small) - fewest)

    assert sum(more_than_needed) <= 1
