"""Words that say more than counts can, and the words that figures give, which never do."""

import pytest

from concerted.crime_reports.claims import claims_in
from concerted.crime_reports.drafting import drafted


@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ("Burglary fell thanks to the patrols.", ["thanks to"]),
        ("It fell because of the patrols, because they worked.", ["because of", "because"]),
        ("The lowest figure in the county, caused by the cameras.", ["lowest", "caused by"]),
        ("Fell is the SAFEST district.", ["SAFEST"]),
        ("Shoplifting: clear increase. 450 crimes, from 320.", []),
        ("Patrols began in May. The causes are not known.", []),
        ("The due date is in May; bestow, lower and higher are other words.", []),
        ("", []),
    ],
)
def test_a_cause_and_a_superlative_are_pointed_out_in_order(words, claims):
    assert claims_in(words) == claims


def test_drafted_words_never_claim_what_counts_cannot_show(found):
    assert [one for each in drafted(found) for one in claims_in(each.text)] == []


def test_every_measure_that_changed_has_a_section_with_its_counts_and_its_words(found):
    told = {one.heading: one.text for one in drafted(found)}

    drugs = next(line for line in found.lines if line.measure.label == "Drugs")
    assert told["Drugs"].startswith("Drugs: clear increase.")
    assert f"{drugs.count:,} crimes" in told["Drugs"]
    assert f"{drugs.before:,}" in told["Drugs"]
    assert next(iter(told)) == "In short"
    assert "These are calls, not crimes." in told["Disorder"]
    assert "Robbery" not in told, "what shows no clear change is counted, not told at length"
