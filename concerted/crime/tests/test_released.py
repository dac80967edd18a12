"""A small count that is hidden once stays hidden, whatever later versions show."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.crime.lake.months import Period, later, month_of
from concerted.crime.lake.refusals import Refused
from concerted.crime.released import Cell, Known, given_away, hidden_in

ALL, THEFT, OTHER = "all_crime", "theft", "other"
FELL, MILL, QUAY, LOCK = "E06000101", "E05000001", "E05000002", "E05000003"
WARDS = (MILL, QUAY, LOCK)
APRIL, MAY, JUNE = (month_of(f"2024-0{n}") for n in (4, 5, 6))


def known(*wards, protected=WARDS, groups=None):
    """Months of each ward from April on; the district is their sum."""
    months = {}
    for ward, counts in zip(WARDS, wards, strict=False):
        months[ALL, ward] = {later(APRIL, n): count for n, count in enumerate(counts)}
    of_all = list(months.values())
    months[ALL, FELL] = {month: sum(counts[month] for counts in of_all) for month in of_all[0]}
    return Known(
        {FELL: WARDS[: len(wards)]},
        groups or {},
        months,
        frozenset(protected),
    )


def cells(first, last, *areas, measure=ALL):
    return [Cell(measure, area, first, last) for area in areas]


def shown(found):
    return {one.area for one in found if not one.hidden}


def test_a_small_count_takes_another_ward_with_it_and_not_the_district():
    there = known([3], [40], [50])
    found = hidden_in(cells(APRIL, APRIL, FELL, *WARDS), there)

    assert FELL in shown(found)
    assert len(shown(found)) == 2
    assert MILL not in shown(found)
    assert given_away(found, there) == ()


def test_hiding_the_small_one_alone_gives_it_away():
    there = known([3], [40], [50])
    alone = [Cell(ALL, area, APRIL, APRIL, hidden=area == MILL) for area in (FELL, *WARDS)]

    assert [one.area for one in given_away(alone, there)] == [MILL]


def test_the_months_between_two_reports_are_counts_too():
    # Of Mill 12 crimes to May were shown, and 15 to June: June had 3.
    there = known([6, 6, 3], [60, 60, 60])
    to_may, to_june = cells(APRIL, MAY, MILL), cells(APRIL, JUNE, MILL)

    assert given_away(to_june, there, to_may) == (Cell(ALL, MILL, JUNE, JUNE, hidden=True),)
    [found] = hidden_in(to_june, there, to_may)
    assert found.hidden
    assert given_away([found], there, to_may) == ()


def test_what_earlier_versions_hid_stays_hidden():
    there = known([3, 30], [40, 40], [50, 50])
    april = hidden_in(cells(APRIL, APRIL, FELL, *WARDS), there)
    both = cells(APRIL, MAY, FELL, *WARDS)
    may = cells(MAY, MAY, FELL, *WARDS)
    first = hidden_in(both, there, april)
    second = hidden_in(may, there, (*april, *first))

    assert given_away((*first, *second), there, april) == ()
    # All of May would be shown, if it stood alone.
    assert shown(hidden_in(may, there)) == {FELL, *WARDS}
    assert MILL in shown(first)
    assert MILL not in shown(second), "April would be the rest"


def test_a_group_of_offences_gives_a_ward_away_where_the_rest_is_shown():
    months = {
        (ALL, MILL): {APRIL: 23},
        (THEFT, MILL): {APRIL: 20},
        (OTHER, MILL): {APRIL: 3},
    }
    there = Known({}, {ALL: (THEFT, OTHER)}, months, frozenset({MILL}))
    new = [Cell(ALL, MILL, APRIL, APRIL), Cell(THEFT, MILL, APRIL, APRIL)]

    assert given_away(new, there) == (Cell(OTHER, MILL, APRIL, APRIL, hidden=True),)
    found = hidden_in(new, there)
    assert any(one.hidden for one in found)
    assert given_away(found, there) == ()


def test_what_could_not_be_placed_bounds_a_ward_and_so_can_give_it_away():
    # Fell had 92, Quay and Lock 90 of them: of the other two each is 1, or Mill is none.
    there = known([1], [40], [50])
    there.months[ALL, FELL][APRIL] = 92
    alone = [Cell(ALL, area, APRIL, APRIL, hidden=area == MILL) for area in (FELL, *WARDS)]

    assert [one.area for one in given_away(alone, there)] == [MILL]
    found = hidden_in(cells(APRIL, APRIL, FELL, *WARDS), there)
    assert given_away(found, there) == ()
    assert len(shown(found)) == 2


def test_what_was_small_in_an_earlier_version_is_hidden_though_it_is_not_now():
    there = known([6], [40], [50])
    once = [Cell(ALL, MILL, APRIL, APRIL, hidden=True, small=True)]
    found = hidden_in(cells(APRIL, APRIL, FELL, *WARDS), there, once)

    assert MILL not in shown(found)
    assert len(shown(found)) == 2
    assert given_away(found, there, once) == ()


def test_small_counts_of_a_district_are_shown():
    there = Known({}, {}, {(ALL, FELL): {APRIL: 2}}, frozenset())

    assert not hidden_in(cells(APRIL, APRIL, FELL), there)[0].hidden


def test_what_was_shown_before_is_not_hidden_any_more():
    there = known([3], [40])
    before = cells(APRIL, APRIL, MILL)

    [found] = hidden_in(cells(APRIL, APRIL, MILL), there, before)
    assert not found.hidden


def test_where_nothing_helps_it_is_refused():
    # Mill to May and Mill in April are out: May, which is 2, is known whatever is hidden now.
    there = known([10, 2])
    out = [*cells(APRIL, MAY, MILL), *cells(APRIL, APRIL, MILL)]

    with pytest.raises(Refused, match="Earlier public versions have shown so much"):
        hidden_in(cells(MAY, MAY, MILL), there, out)


def test_without_the_figures_of_a_month_nobody_can_tell():
    with pytest.raises(Refused, match="June 2024 has no figure"):
        hidden_in(cells(APRIL, JUNE, MILL), known([3, 3]))


def test_wards_that_do_not_add_up_are_no_way_to_the_hidden_one():
    there = known([3], [40])
    there.months[ALL, FELL][APRIL] += 1  # a row without a place
    alone = [Cell(ALL, area, APRIL, APRIL, hidden=area == MILL) for area in (FELL, MILL, QUAY)]

    assert given_away(alone, there) == ()


def by_hand(there, versions):
    """The small places that have one value in every way to fill wards and months."""
    months = sorted(there.months[ALL, MILL])
    atoms = [(ward, month) for ward in there.parts[FELL] for month in months]
    truth = [there.months[ALL, ward][month] for ward, month in atoms]
    said = [
        (one, there.count(ALL, one.area, Period(one.first, one.last)))
        for one in versions
        if not one.hidden
    ]

    def of(filled, area, first, last):
        return sum(
            count
            for (ward, month), count in zip(atoms, filled, strict=True)
            if area in (ward, FELL) and first <= month <= last
        )

    # Another filling, if there is one, is found near the true one; none has a zero more.
    ways = [
        filled
        for filled in itertools.product(*(range(max(1, count - 3), count + 4) for count in truth))
        if all(of(filled, one.area, one.first, one.last) == count for one, count in said)
    ]
    return {
        (ward, first, last)
        for ward in there.parts[FELL]
        for first, last in itertools.combinations_with_replacement(months, 2)
        if len({of(filled, ward, first, last) for filled in ways}) == 1
    }


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(1, 7), min_size=2, max_size=2), min_size=2, max_size=2),
    st.permutations(range(3)),
)
def test_of_any_versions_in_any_order_no_small_count_follows(wards, order):
    there = known(*wards)
    spans = [(APRIL, APRIL), (MAY, MAY), (APRIL, MAY)]
    out = ()
    for place in order:
        first, last = spans[place]
        try:
            out += hidden_in(cells(first, last, FELL, MILL, QUAY), there, out)
        except Refused:
            continue

    fixed = by_hand(there, out)
    open_ = {(one.area, one.first, one.last) for one in out if not one.hidden}
    small = {
        (ward, first, last)
        for ward, first, last in fixed - open_
        if 0 < there.count(ALL, ward, Period(first, last)) < 5
    }
    assert small == set()
    assert given_away((), there, out) == ()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(1, 7), min_size=2, max_size=2), min_size=2, max_size=2),
    st.data(),
)
def test_what_is_said_to_follow_is_what_counting_every_way_finds(wards, data):
    there = known(*wards)
    spans = [(APRIL, APRIL), (MAY, MAY), (APRIL, MAY)]
    versions = [
        Cell(ALL, area, first, last, hidden=data.draw(st.booleans()))
        for first, last in spans
        for area in (FELL, MILL, QUAY)
    ]
    found = {(one.area, one.first, one.last) for one in given_away(versions, there)}
    shown_already = {(one.area, one.first, one.last) for one in versions if not one.hidden}

    expected = {
        (ward, first, last)
        for ward, first, last in by_hand(there, versions) - shown_already
        if 0 < there.count(ALL, ward, Period(first, last)) < 5
    }
    assert found == expected
