"""Actions that nobody marked."""

import datetime

import pytest

from concerted.reading.abbreviations import spelled_out
from concerted.reading.commitments import Setting, read_commitments
from concerted.reading.decisions import read_decisions
from concerted.reading.lines import split

SETTING = Setting(datetime.date(2024, 3, 12), datetime.date(2024, 6, 11), "Northfell Board", {})


def commitments(text: str):
    lines = split(text)
    decisions = read_decisions(text, [], lines, about_minutes=False)
    return [(a.owner, a.due) for a in read_commitments(text, 0, lines, decisions, SETTING)]


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        ("Members were asked to send comments to the analyst.", "members", None),
        (
            "It was proposed that the Tenancy Team write to all tenants by 1 May.",
            "Tenancy Team",
            "2024-05-01",
        ),
        ("It was requested that there be a poster.", None, None),
        ("It was suggested that the map be circulated with the minutes.", None, None),
        (
            "Anyone wishing to help could do so by contacting the clerk. Offers were required "
            "by 3 April.",
            "anyone",
            "2024-04-03",
        ),
        ("Any ideas for the day should be forwarded to the clerk.", "members", None),
        ("The ‘Bronze Group’ would, in answer to this, look at the route.", "Bronze Group", None),
        ("The list would be circulated to partners.", None, None),
        ("Clerk to write to the county.", "Clerk", None),
        (
            "The council’s path team would mend two gates by the end of May.",
            "council’s path team",
            None,
        ),
        ("The clerk agreed to ring the school by 3 April.", "clerk", "2024-04-03"),
        ("The Youth Lead would bring figures by 3 April.", "Youth Lead", "2024-04-03"),
        ("Oak Homes proposed that its porters walk the yard until June.", "Oak Homes", None),
        ("Ash Trust offered that its leaflet be printed.", "Ash Trust", None),
        ("Cones are to be bought.", None, None),
        (
            "AGREED that the report be noted and that a further report be brought to the next "
            "meeting.",
            None,
            "2024-06-11",
        ),
        (
            "RESOLVED that:\n1. the plan be approved.\n2. Ann Bell circulates the final copy.",
            "Ann Bell",
            None,
        ),
        (
            "AGREED that partners send case studies to the lead by 30 April.",
            "partners",
            "2024-04-30",
        ),
    ],
)
def test_what_commits_somebody_is_an_implied_action(text, owner, due):
    day = datetime.date.fromisoformat(due) if due else None
    assert commitments(text) == [(owner, day)]


@pytest.mark.parametrize(
    "text",
    [
        "It was agreed at the last meeting that a group would be set up.",
        "If the bid succeeds the officer would write to schools.",
        "Once the draft was ready it was proposed that leads would be named.",
        "The regional office would be submitting a reply.",
        "It was proposed that the Board contribute to the regional reply.",
        "It was proposed that the use of the fund be agreed by the panel.",
        "The last session would consider what stands in the way.",
        "The pilot would have the support of schools.",
        "Funding would end in March.",
        "Members were told that talks would need to be held.",
        "AGREED that the report be noted.",
        "Mr Dale asked that corner shops be named in it, and this was accepted.",
        "Ann Bell asked whether the Oak Trust would pay for it.",
        "Something to do",
        "The Board Agreed to go into private business.",
        "Ann Bell asked that the map be sent to schools, which was done.",
        "The council would welcome a visit.",
        "The second team would be there.",
        "Oak Homes proposed that its report be noted.",
        "Oak Homes agreed that its record was poor.",
    ],
)
def test_what_is_only_told_commits_nobody(text):
    assert commitments(text) == []


def test_what_is_proposed_again_is_one_action():
    text = (
        "It was proposed to invite residents to the first day.\n\n"
        "Again it was proposed to invite traders to the last day."
    )
    assert len(commitments(text)) == 1


def test_an_abbreviation_is_spelled_out_where_the_text_does():
    made = spelled_out("The Rural Watch Forum met. Later the RWF and the Action Team (AT) spoke.")
    assert made["RWF"] == "Rural Watch Forum"
    assert made["AT"] == "Action Team"


@pytest.mark.parametrize(
    "text",
    [
        "It was agreed that the Board ought not to write to the county.",
        "The Forum AGREED to recommend the second site.",
        "Ann Bell asked that it be minuted.",
        "The new path would open in March.",
        "RESOLVED that the next meeting be held on 4 May.",
        "Ann Bell was re-elected as Chair. Proposed Cal Dunn, seconded Eve Frost.",
        "RESOLVED that J. Van der Bell be elected Chair.",
    ],
)
def test_what_is_decided_recorded_or_only_happens_commits_nobody(text):
    assert commitments(text) == []
