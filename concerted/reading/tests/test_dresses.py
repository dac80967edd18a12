"""Labelled texts in other dresses are read as before, but for a little."""

import pytest

from concerted.reading.tests.dresses import OF_BOTH, OF_TEXT, SHOWN, scored
from concerted.reading.tests.score import BLIND, TEXTS

MOST = 0.04


@pytest.mark.slow
@pytest.mark.parametrize("dress", [*OF_TEXT, *OF_BOTH], ids=lambda dress: dress.__name__)
def test_a_dress_costs_little(dress):
    before, after, count = scored(dress, [TEXTS, BLIND], each=2)

    assert count
    for kind in SHOWN:
        assert after.kinds[kind].f1 >= before.kinds[kind].f1 - MOST, after.kinds[kind].faults
