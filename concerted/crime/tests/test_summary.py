"""The report of an area: sentences that allow for chance, series with limits, every figure counted
again by hand."""

import random

import pytest

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.months import Period, month_of, words_of, year_to_date
from concerted.crime.lake.named import Named
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.invented import ASB, FELL, brought, street
from concerted.crime.lake.tests.recount import rows_of
from concerted.crime.summary import summary
from concerted.figures.words import Said

TO = month_of("2024-06")
PLACE = Named("district", FELL, "Fell")
# Which ward each small area of Fell counts in, before and after the change of 2023.
WARDS = {
    "Mill": {"E01000001", "E01000010", "E01000091"},
    "Quay": {"E01000002", "E01000092"},
}
IN_FELL = set().union(*WARDS.values())
KINDS = ["Burglary", "Drugs", "Robbery", "Shoplifting", ASB]


def three_years():
    """Shoplifting doubles, burglary halves, the rest is chance; the last month is a wave."""
    chance = random.Random(11)
    found = {}
    for month in Period(month_of("2021-07"), TO).months:
        name = words_of(month)
        late = month > month_of("2023-03")
        each = dict.fromkeys(KINDS, 20) | {
            "Burglary": 15 if late else 30,
            "Shoplifting": 60 if late else 30,
            "Drugs": 90 if month == TO else 20,
        }
        areas = ["E01000091", "E01000002"] if month >= month_of("2023-06") else ["E01000001"]
        found[name] = [
            street(name, kind, chance.choice([*areas, "E01000020"]))
            for kind, most in each.items()
            for _ in range(chance.randint(most - 5, most + 5))
        ]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    there = tmp_path_factory.mktemp("summary")
    brought(there, three_years())
    return there


@pytest.fixture(scope="module")
def asking(folder):
    with Asking(folder / "lake" / "counts") as opened:
        yield opened


@pytest.fixture(scope="module")
def fell(asking):
    return summary(asking, PLACE, year_to_date(TO), 1)


def by_hand(folder, label, areas, period):
    first, last = words_of(period.first), words_of(period.last)
    return sum(
        row["LSOA code"] in areas
        and first <= row["Month"] <= last
        and (row["Crime type"] == label or (label == "All recorded crime" != row["Crime type"]))
        and (label == ASB or row["Crime type"] != ASB)
        for row in rows_of(folder / "upload.zip")
    )


def test_every_figure_of_a_measure_is_that_of_counting_by_hand(folder, fell):
    lines = (*fell.lines, *fell.disorder)

    assert [line.measure.label for line in lines] == ["All recorded crime", *KINDS[:4], ASB]
    for line in lines:
        label = line.measure.label
        assert line.count == by_hand(folder, label, IN_FELL, line.now), label
        assert line.before == by_hand(folder, label, IN_FELL, line.before_period), label


@pytest.mark.slow
def test_every_month_of_a_series_is_that_of_counting_by_hand(folder, fell):
    for series in fell.series:
        for month, count in zip(series.months, series.counts, strict=True):
            assert count == by_hand(folder, series.measure.label, IN_FELL, Period(month, month))


def test_wards_are_those_of_counting_by_hand_and_stand_by_name(folder, fell):
    assert [ward.name for ward, _ in fell.wards] == ["Mill", "Quay"]
    for ward, line in fell.wards:
        assert line.count == by_hand(folder, "All recorded crime", WARDS[ward.name], line.now)
    assert sum(line.count for _, line in fell.wards) == fell.total.count


def test_what_changed_clearly_is_said_with_its_counts_and_the_rest_as_a_number(asking):
    found = summary(asking, PLACE, Period(month_of("2023-07"), month_of("2024-03")), 1)
    words = {line.measure.label: line for line in found.lines}
    shop = words["Shoplifting"]

    assert shop.word == Said.CLEAR_INCREASE
    first, clear, rest = found.sentences
    assert first.startswith("Recorded crime: ")
    assert f"Clear increase: shoplifting ({shop.count:,}, from {shop.before:,})." in clear
    assert "Clear decrease: burglary (" in clear
    assert rest.startswith(("Possible ", "The other ", "One other "))


def test_the_newest_month_is_held_against_the_limits_of_the_series(fell):
    drugs = next(one for one in fell.series if one.measure.label == "Drugs")
    robbery = next(one for one in fell.series if one.measure.label == "Robbery")

    assert drugs.says == "June 2024 lies above the upper limit: more than routine variation."
    assert robbery.says == "June 2024 lies within the limits of routine variation."


def test_a_series_begins_with_the_first_month_that_was_reported(fell):
    assert {one.months[0] for one in fell.series} == {month_of("2021-07")}
    assert {len(one.months) for one in fell.series} == {36}


def test_chance_alone_would_call_so_many_measures_possible(fell):
    assert fell.by_chance == pytest.approx(6 * 0.05)


def test_periods_that_lack_a_month_are_not_compared(asking):
    found = summary(asking, PLACE, Period(month_of("2022-01"), month_of("2022-03")), 1)

    assert found.sentences == [
        "These periods cannot be compared: not reported, January 2021, February 2021, March 2021. "
        "That is not zero."
    ]


def test_an_area_that_the_lake_does_not_know_is_a_sentence(asking):
    with pytest.raises(Refused, match="E06000999"):
        summary(asking, Named("district", "E06000999", "Nowhere"), year_to_date(TO), 1)
