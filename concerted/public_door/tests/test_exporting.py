"""The edition as files: each page one file, brought up to date, and nobody else's files touched."""

import datetime

import pytest
from click.testing import CliRunner

from concerted.cli import main as cli
from concerted.public_door import exporting, pushing
from concerted.public_door.exporting import NotOurs, export
from concerted.public_door.models import StoredPage
from concerted.public_door.tests.town import EVERYTHING, NOON, PAPER
from concerted.public_door.things import Tombstone

pytestmark = pytest.mark.django_db(databases=["edition"])


@pytest.fixture
def folder(tmp_path):
    pushing.push(EVERYTHING, at=NOON)
    return tmp_path / "site"


def test_each_page_becomes_a_file_with_its_bytes(folder):
    export(folder)

    for page in StoredPage.objects.exclude(path=pushing.PROGRAM):
        assert (folder / exporting.file_of(page.path)).read_bytes() == bytes(page.body)
    assert (folder / "index.html").exists()
    assert (folder / "meetings" / "meeting222" / "index.html").exists()


def test_a_second_export_writes_nothing(folder):
    first = export(folder)

    assert export(folder) == exporting.Exported(first.files, 0, 0)


def test_what_was_withdrawn_goes_from_the_folder(folder):
    export(folder)
    pushing.push([Tombstone(PAPER.key, "paper", datetime.date(2026, 6, 19))], at=NOON)

    export(folder)

    assert not (folder / "papers" / "paper22222" / "1").exists()
    assert (folder / "withdrawn.txt").read_text() == "/papers/paper22222/\n"
    for path in folder.rglob("*"):
        if path.is_file():
            assert b"Shoplifting in Lowgate" not in path.read_bytes(), path


def test_a_file_of_somebody_else_stays_and_a_folder_of_theirs_is_refused(folder, tmp_path):
    export(folder)
    (folder / "google123.html").write_text("theirs")
    export(folder)
    assert (folder / "google123.html").read_text() == "theirs"

    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").touch()
    with pytest.raises(NotOurs, match="not empty"):
        export(tmp_path / "photos")


@pytest.mark.parametrize("path", ["/../x", "/a/../../x", "/./x/", "relative", "/"])
def test_no_address_leads_out_of_the_folder(path):
    if path == "/":
        assert exporting.file_of(path) == "index.html"
    elif path == "/./x/":
        assert exporting.file_of(path) == "x/index.html"
    else:
        with pytest.raises(ValueError, match=r"nowhere|subpath"):
            exporting.file_of(path)


def test_the_command_says_what_it_did(folder):
    done = CliRunner().invoke(cli.concerted, ["edition", "export", str(folder)])

    assert done.exit_code == 0, done.output
    assert f"files are in {folder}" in done.output
    done = CliRunner().invoke(cli.concerted, ["edition", "rebuild"])
    assert done.exit_code == 0, done.output


def test_the_command_refuses_a_folder_with_other_things_in_a_sentence(folder, tmp_path):
    (tmp_path / "note").touch()

    done = CliRunner().invoke(cli.concerted, ["edition", "export", str(tmp_path)])

    assert done.exit_code == 2
    assert "Name another folder." in done.output
