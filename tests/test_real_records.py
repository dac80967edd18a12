"""Three years of a real force, from its archive to the words of a report; counted again by hand.

The data are open (data.police.uk, Office for National Statistics) and not kept here: where they are
not beside the project, these tests are skipped.
"""

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import override_settings

from concerted.cli.main import concerted
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measures import ALL_CRIME, area
from concerted.crime.lake.months import Period, month_of, words_of
from concerted.crime.lake.named import Named
from concerted.crime.lake.questions import monthly
from concerted.crime.summary import summary
from concerted.figures.words import Said

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
ARCHIVE = DATA / "police-uk-cleveland-2023-01-to-2025-11.zip"
LOOKUPS = (
    "lsoa11_lsoa21_lad22_chgind.csv",
    "lsoa_ward25_lad_csp_pfa_cleveland.csv",
    "lad_csp_pfa_2021_semicolon.csv",
)
STOCKTON = "E06000004"
DISORDER = "Anti-social behaviour"
TO = month_of("2025-11")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ARCHIVE.exists(), reason="needs the open data, which are not kept here"),
]


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    """The lake, filled by the commands that anybody would type."""
    root = tmp_path_factory.mktemp("real") / "lake"
    with override_settings(LAKE=root):
        for given in (
            ["areas", *(str(DATA / "lookups" / one) for one in LOOKUPS)],
            ["import", str(ARCHIVE), "--force", "cleveland"],
        ):
            done = CliRunner().invoke(concerted, ["crime", *given])
            assert done.exit_code == 0, done.output
        yield root


@pytest.fixture(scope="module")
def counted():
    """Rows in small areas of Stockton by month and type: the csv module, and the lookup alone."""
    text = (DATA / "lookups" / LOOKUPS[1]).read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    [code] = [at for at, name in enumerate(lines[0]) if name.lower().startswith("lsoa_code")]
    inside = {line[code] for line in lines[1:] if STOCKTON in line}
    found: Counter[tuple[str, str]] = Counter()
    with zipfile.ZipFile(ARCHIVE) as zipped:
        for name in zipped.namelist():
            if name.endswith("-cleveland-street.csv"):
                lines = io.StringIO(zipped.read(name).decode("utf-8-sig"), newline="")
                for row in csv.DictReader(lines):
                    if row["LSOA code"] in inside:
                        found[row["Month"], row["Crime type"]] += 1
    assert found.total() > 50_000
    return found


def by_hand(counted, label, first, last):
    return sum(
        number
        for (month, kind), number in counted.items()
        if first <= month <= last
        and (kind == label or (label == "All recorded crime" and kind != DISORDER))
    )


def test_every_figure_of_the_report_is_that_of_counting_by_hand(lake, counted):
    with override_settings(LAKE=lake):
        told = CliRunner().invoke(
            concerted, ["crime", "report", "--area", STOCKTON, "--to", "2025-06", "--json"]
        )
    records = json.loads(told.output)
    with Asking(lake / "counts") as asking:
        page = summary(asking, Named("district", STOCKTON, "Stockton"), Period(TO, TO), 1)
    labels = {line.measure.code: line.measure.label for line in (*page.lines, *page.disorder)}

    assert len(records) >= 3 * 15
    for one in records:
        label = labels[one["measure"]]
        assert one["count"] == by_hand(counted, label, one["from"], one["to"]), one
        assert one["before"] == by_hand(counted, label, one["before_from"], one["before_to"]), one
    for line in (*page.lines, *page.disorder):
        assert line.count == by_hand(counted, line.measure.label, "2025-11", "2025-11")
        assert line.before == by_hand(counted, line.measure.label, "2024-11", "2024-11")


def test_the_figures_of_2025_in_words(lake):
    with Asking(lake / "counts") as asking:
        year = Period(month_of("2025-01"), TO)
        found = summary(asking, Named("district", STOCKTON, "Stockton-on-Tees"), year, 1)

    assert found.sentences[0].startswith("Recorded crime: ")
    assert f"{found.total.count:,} crimes, from {found.total.before:,}." in found.sentences[0]
    words = {line.word for line in found.lines}
    assert words <= set(Said) - {Said.NOT_REPORTED}
    assert not any(word in " ".join(found.sentences) for word in ("because", "safest", "worst"))
    assert len(found.wards) > 20


def test_a_trend_goes_on_over_the_change_of_small_areas(lake, counted):
    """In June 2023 four of its small areas became eight."""
    period = Period(month_of("2023-01"), TO)
    with Asking(lake / "counts") as asking:
        cells = monthly(asking, [ALL_CRIME], [area("district", STOCKTON)], period).cells
        whole = summary(asking, Named("district", STOCKTON, "Stockton"), period, 1)

    for cell in cells:
        month = words_of(cell.month)
        assert cell.count == by_hand(counted, "All recorded crime", month, month)
    assert [part.begin for part in whole.series[0].stretches] == [0]
    assert None not in whole.series[0].counts
    of_wards = sum(line.count or 0 for _, line in whole.wards)
    assert of_wards == whole.total.count
