"""Who hears that a crime report waits for them, and what a mail about a hidden body says."""

import pytest

from concerted.crime_reports import services
from concerted.crime_reports.tests.conftest import folder, found, lake, reporting  # noqa: F401
from concerted.notifying.kinds import tells

pytestmark = pytest.mark.django_db


def told(cast, who, kind, report):
    with cast.acting(who) as actor:
        return tells(actor, f"crime_report.{kind}", report.key)


def test_the_owner_of_the_figures_hears_that_it_waits_and_nobody_else(cast, reporting):  # noqa: F811
    one = reporting.prepares()
    assert told(cast, "gareth", "to_clear", one) is None, "it is still being written"
    reporting.asks()

    assert told(cast, "gareth", "to_clear", one).words == (
        "Recorded crime in Fell waits to be cleared by Wyleshire Police."
    )
    assert told(cast, "priti", "to_clear", one) is told(cast, "tobias", "to_clear", one) is None


def test_sent_back_whoever_prepared_it_hears_and_cleared_the_office(cast, reporting):  # noqa: F811
    one = reporting.prepares()
    reporting.asks()
    reporting.does("gareth", services.send_back, words="A victim is named on page 2.")
    back = told(cast, "priti", "sent_back", one)
    assert back.words == "Recorded crime in Fell came back, to be changed."
    assert told(cast, "dilys", "sent_back", one) is None
    reporting.asks()
    reporting.clears()

    assert told(cast, "dilys", "cleared", one).words.endswith("is cleared, and can be issued.")
    assert told(cast, "gareth", "cleared", one) is told(cast, "priti", "sent_back", one) is None


def test_of_a_hidden_body_the_mail_says_nothing_and_the_police_outside_it_hear_nothing(
    cast,
    reporting,  # noqa: F811
):
    one = reporting.prepares(who="dilys", body=cast.bodies["silver"])
    reporting.does("dilys", services.ask_to_clear)

    assert told(cast, "gareth", "to_clear", one).restricted
    assert told(cast, "rowena", "to_clear", one) is None
