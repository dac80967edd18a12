"""References at the front of a line."""

import pytest

from concerted.reading.lines import Line
from concerted.reading.refs import read_ref


@pytest.mark.parametrize(
    ("text", "kind", "ref"),
    [
        ("PC1/22", "code", "PC1/22"),
        ("18.OS.23", "code", "18.OS.23"),
        ("Fel/285/07-08 Theft", "code", "Fel/285/07-08"),
        ("FSCB.4", "code", "FSCB.4"),
        ("LRB/14 Licence", "code", "LRB/14"),
        ("NM/09/101 Present", "code", "NM/09/101"),
        ("CSP 12 Theft", "code", "CSP 12"),
        ("24/05/113 Theft", "code", "24/05/113"),
        ("2019/20-15 Theft", "code", "2019/20-15"),
        ("21-034 Theft", "code", "21-034"),
        ("4a", "number", "4a"),
        ("7A Grants", "number", "7A"),
        ("21/44B Grants", "code", "21/44B"),
        ("FB  12", "code", "FB 12"),
        ("#4 Theft", "number", "4"),
        ("1. / Theft", "number", "1"),
        ("No 1. Theft", "worded", "1"),
        ("Minute 12/21: Theft", "minute", "12/21"),
        ("(3) Theft", "round", "3"),
        ("C. Theft", "letter", "C"),
        ("II", "roman", "II"),
    ],
)
def test_a_reference_is_read_with_its_kind(text, kind, ref):
    found = read_ref(Line(0, len(text), text))
    assert found is not None
    assert (found.kind, found.ref) == (kind, ref)


@pytest.mark.parametrize(
    "text",
    [
        "12/11/2019",
        "COVID 19 update",
        "Page 2",
        "PLAN 2014-2017",
        "SUMMER 2014",
        "23/0123/FUL Fell Farm",
        "15th May",
        "2020-21 Budget",
    ],
)
def test_a_date_a_year_or_an_application_is_no_reference(text):
    found = read_ref(Line(0, len(text), text))
    assert found is None or found.kind not in ("code", "number")
