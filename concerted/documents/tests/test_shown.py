"""The files of a record as its page lists them, whatever there is: no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.documents.models import Document, Version
from concerted.documents.shown import closed_files, files_shown
from concerted.people.models import Body
from concerted.restrictions.models import Closure

OFFICE, LISTED, OWN = 71, 72, 73
BODY = Body(pk=7, office_audience_id=OFFICE)
FILES = [Document(pk=number, key=f"file{number}") for number in range(1, 5)]


@st.composite
def records(draw):
    """Versions that a reader sees, and what is said of files and of something else."""
    seen = draw(st.lists(st.sampled_from(FILES), unique_by=lambda one: one.pk))
    versions = [
        Version(
            document=one,
            name=f"{one.key} {number}",
            audience_id=draw(st.sampled_from([OFFICE, LISTED, OWN])),
        )
        for one in seen
        for number in range(draw(st.integers(1, 3)))
    ]
    said = draw(st.lists(st.sampled_from(FILES), unique_by=lambda one: one.pk))
    closures = [Closure(kind="documents.document", thing_key=one.key) for one in said]
    return versions, [*closures, Closure(kind="meetings.item", thing_key="item")]


@pytest.mark.slow
@given(records())
def test_each_file_is_listed_once_as_itself_or_as_closed(record):
    versions, said = record

    files = files_shown(versions, said, BODY)

    assert [line.version for line in files.lines] == versions
    seen = {one.document.key for one in versions}
    told = {one.thing_key for one in files.closed}
    assert not seen & told
    assert {one for one in closed_files(said) if one not in seen} == told
    assert files.restricted == bool(seen & {*closed_files(said)})


@given(records())
def test_versions_are_counted_file_by_file_and_those_of_nobody_else_can_be_restricted(record):
    versions, said = record

    for line in files_shown(versions, said, BODY).lines:
        own = [one for one in versions if one.document == line.version.document]
        assert own[line.number - 1] is line.version
        open_or_said = line.version.audience_id == OFFICE or line.closure is not None
        assert line.may_restrict is open_or_said
