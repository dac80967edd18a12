import datetime
import re
from pathlib import Path

from concerted.kernel.clock import as_of, now, today

PACKAGE = Path(__file__).resolve().parents[2]


def test_a_summer_evening_in_utc_is_the_next_day_in_britain():
    with as_of(datetime.datetime(2026, 6, 16, 23, 30, tzinfo=datetime.UTC)):
        assert today() == datetime.date(2026, 6, 17)


def test_the_clock_goes_on_afterwards():
    with as_of(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)):
        assert now().year == 2020

    assert now().year > 2020


def test_only_the_demonstration_sets_the_clock():
    sets_it = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        if re.search(r"(?<!\w)as_of\(now|clock import .*as_of", path.read_text())
        and "tests" not in path.parts
    }

    assert sets_it == {"demonstration"}
