"""The right-hand column that says who acts."""

import pytest

from concerted.reading.right_column import trailing_owner


@pytest.mark.parametrize(
    ("words", "who", "due"),
    [
        ("Write to the bank about the loan.\t\t\tTreasurer", "Treasurer", ""),
        ("The drain at the mill is blocked.        Cllr Bell", "Cllr Bell", ""),
        ("Cal Dunn to send plans for the wall\t\tC Dunn", "C Dunn", ""),
        ("Order twelve new bins.       CD by 3 May", "CD", "by 3 May"),
        ("Mend the gate.            SÓF", "SÓF", ""),
        ("Book the hall for June.      Chair and Treasurer", "Chair and Treasurer", ""),
        ("Tell the school of it.      Mrs Dunn / PC Bell", "Mrs Dunn / PC Bell", ""),
    ],
)
def test_who_acts_may_stand_at_the_right_edge(words, who, due):
    found = trailing_owner(words)
    assert found is not None
    assert (found.who, found.due) == (who, due)


@pytest.mark.parametrize(
    "words",
    [
        "Up to 6m\t£61.00\t£63.00",
        "Ann Bell       Chair",
        "Work and play       Ann Bell",
        "(1).   Treasurer",
        "1.\tAnn Bell",
        "It was agreed to paint the gate.",
    ],
)
def test_a_cell_of_a_table_names_nobody_who_acts(words):
    assert trailing_owner(words) is None
