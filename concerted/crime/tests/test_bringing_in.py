"""An analyst hands figures over on a page; a worker brings them in; then they answer questions."""

import errno
import io
import json
import os
import shutil
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concerted.audit.models import Line
from concerted.crime import handed_over, tasks
from concerted.crime.lake.feeds import OUTCOMES
from concerted.crime.lake.kept import keep
from concerted.crime.lake.snapshots import Lake
from concerted.crime.lake.tests import invented
from concerted.crime.lake.tests.extracts import CRIMES, crime, of_force, of_hospital
from concerted.crime.lake.tests.invented import archive_of, lookups, outcome, street, streets
from concerted.jobs import services as jobs
from concerted.jobs.models import Job

pytestmark = pytest.mark.django_db

ADDRESS = "/crime/snapshots/bring-in/"
MONTHS = {"2024-05": [street("2024-05")] * 3, "2024-06": [street("2024-06")] * 5}


@pytest.fixture
def root(tmp_path, settings):
    """A lake that knows where small areas lie, and holds nothing."""
    settings.LAKE = tmp_path / "lake"
    keep(settings.LAKE, lookups(tmp_path))
    return settings.LAKE


@pytest.fixture
def zipped(tmp_path):
    return archive_of(tmp_path / "marlshire.zip", MONTHS).read_bytes()


@pytest.fixture
def hands_over(signed_in):
    def hand_over(*files, who="priti", **more):
        given = [SimpleUploadedFile(name, data) for name, data in files]
        return signed_in(who).post(ADDRESS, {"what": "police", "files": given, **more})

    return hand_over


@pytest.fixture
def works(cast):
    """What a worker does next; hands back the job as it ended."""

    def work(who="priti"):
        with cast.acting(who):
            job = Job.objects.latest("asked_at")
        tasks.bring_in(**job.arguments)
        with cast.acting(who):
            job.refresh_from_db()
        return job

    return work


def spooled(root):
    folder = root / handed_over.HANDED_OVER
    return sorted(folder.iterdir()) if folder.is_dir() else []


def as_csv(*rows):
    return "\n".join(",".join(row) for row in rows).encode()


def test_what_an_analyst_hands_over_answers_questions(root, zipped, hands_over, works, signed_in):
    came = hands_over(("marlshire.zip", zipped), provisional_from="2024-06")
    waits = signed_in("priti").get(came["Location"])
    job = works()

    assert "Bringing in crime figures" in waits.text
    assert "nothing of it is kept" in waits.text
    assert "Pause" not in waits.text
    assert (job.state, job.done) == ("done", 100)
    over = signed_in("priti").get(came["Location"])
    assert '<a class="govuk-button" href="/crime/snapshots/">See what was made</a>' in over.text
    assert job.note == "Snapshot 1: 8 rows, May 2024 to June 2024."
    assert spooled(root) == []
    answer = signed_in("tobias").get("/crime/explore/", {"measure": "burglary"})
    assert "June 2024" in answer.text
    [line] = Line.objects.filter(what="figures.imported")
    assert (line.reference, line.kind) == (job.key, "jobs.job")
    [made] = Lake(root).snapshots()
    assert made.manifest.imported_by == job.key
    assert made.manifest.provisional_from == "2024-06"


def test_first_where_small_areas_lie_then_residents_and_outlines(
    tmp_path, settings, zipped, hands_over, works
):
    settings.LAKE = tmp_path / "lake"
    hands_over(("marlshire.zip", zipped))
    too_early = works()
    files = [(one.name, one.read_bytes()) for one in lookups(tmp_path)]
    hands_over(*files, what="areas")
    areas = works()
    hands_over(("people.csv", b"ward code,population 2024\nE05000001,4100\n"), what="residents")
    residents = works()
    ring = [[[0, 54], [1, 54], [1, 55], [0, 54]]]
    outline = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"WD25CD": "E05000001"},
                "geometry": {"type": "Polygon", "coordinates": ring},
            }
        ],
    }
    hands_over(("wards.geojson", json.dumps(outline).encode()), what="outlines")
    outlines = works()

    assert too_early.state == "failed"
    assert "Bring one in first" in too_early.note
    assert [one.state for one in (areas, residents, outlines)] == ["done"] * 3
    assert "small areas are known" in areas.note
    assert "2024" in residents.note
    assert outlines.note == "wards.geojson: 1 areas."


def test_an_extract_comes_in_by_its_mapping_and_is_listed_for_those_who_bring_in_alone(
    root, hands_over, works, signed_in
):
    rows = as_csv(CRIMES, *[crime("03/06/2024")] * 4)
    mapping = SimpleUploadedFile("m.json", json.dumps(of_force()).encode())
    hands_over(("june.csv", rows), what="mapped", mapping=mapping)
    job = works()

    assert job.state == "done", job.note
    assert "Crime as a force recorded it" in signed_in("priti").get("/crime/snapshots/1/").text
    assert "force extract" in signed_in("priti").get("/crime/snapshots/").text
    assert signed_in("tobias").get("/crime/snapshots/1/").status_code == 404
    assert "force extract" not in signed_in("tobias").get("/crime/snapshots/").text


def test_other_sources_have_tables_of_their_own_for_those_who_bring_figures_in(
    root, hands_over, works, signed_in
):
    priti = signed_in("priti")
    empty = priti.get("/crime/other-sources/")
    rows = [*[crime("03/06/2023")] * 40, *[crime("03/06/2024")] * 80]
    mapping = SimpleUploadedFile("m.json", json.dumps(of_force()).encode())
    hands_over(
        ("june.csv", as_csv(CRIMES, *rows)), what="mapped", mapping=mapping, gaps_are_known="on"
    )
    assert works().state == "done"
    whole = priti.get("/crime/other-sources/")
    fell = priti.get("/crime/other-sources/", {"area": "E06000101", "to": "2024-06"})
    strange = priti.get("/crime/other-sources/", {"area": "<x>"})

    assert "Nothing of this kind was brought in yet." in empty.text
    assert "All of Marlshire" in whole.text
    assert "Recorded crime of the force, June 2024, against June 2023" in whole.text
    assert "clear increase" in whole.text
    assert "anonymised points" not in whole.text
    assert fell.status_code == 200
    assert strange.text.count("There is a problem") == 1
    assert "<x>" not in strange.text
    assert signed_in("tobias").get("/crime/other-sources/").status_code == 403
    assert priti.post("/crime/other-sources/").status_code == 405


def test_a_hospital_return_that_names_patients_is_refused_and_nothing_of_it_stays(
    root, hands_over, works
):
    rows = as_csv(("Date", "Type", "NHS number"), ("03/06/2024", "assault", "943 476 5919"))
    mapping = of_hospital(
        columns={"date": "Date", "code": "Type"}, dropped=["NHS number"], level=""
    )
    given = SimpleUploadedFile("m.json", json.dumps(mapping).encode())
    hands_over(("return.csv", rows), what="mapped", mapping=given)
    job = works()

    assert job.state == "failed"
    assert "NHS number" in job.note
    assert "943" not in job.note
    assert spooled(root) == []
    assert Lake(root).snapshots() == ()


@pytest.mark.parametrize(
    ("files", "more", "said"),
    [
        ([], {}, "Choose at least one file."),
        ([("a.zip", b"x")], {"what": ""}, "Say what the files hold."),
        ([("a.csv", b"x")], {"provisional_from": "June"}, "is not a month"),
        ([("a.csv", b"x")], {"what": "mapped"}, "Choose the mapping of their columns."),
        ([("a.xlsx", b"x")], {"what": "areas"}, "These are CSV files"),
        ([("a.csv", b"x"), ("a.csv", b"y")], {}, "Two of these files are called a.csv."),
        ([("...", b"x")], {}, "A file has no name that can be read."),
    ],
)
def test_what_cannot_be_handed_over_is_said_at_once(root, hands_over, files, more, said):
    page = hands_over(*files, **more)

    assert page.status_code == 200
    assert said in page.text
    assert page.text.count("There is a problem") == 1
    assert spooled(root) == []
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (b"{", "cannot be read as JSON"),
        (b"\xff\xfe", "cannot be read as JSON"),
        (b"{}", "at least feed, recorded_by and columns"),
        (json.dumps(of_force(codes={"<b>": None})).encode(), "&lt;b&gt;"),
    ],
)
def test_a_mapping_that_is_none_is_said_beside_its_field(root, hands_over, mapping, said):
    given = SimpleUploadedFile("m.json", mapping)
    page = hands_over(("a.csv", b"x"), what="mapped", mapping=given)

    assert said in page.text
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("2024-06-marlshire-street.csv", b"Month\n2024-06\n", "lacks columns"),
        ("figures.csv", b"a,b\n1,2\n", "does not say its month, force and kind"),
        ("cut.zip", b"PK\x03\x04 and no more", "damaged or was not received whole"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_a_sentence_and_taken_away(
    root, hands_over, works, name, data, said
):
    hands_over((name, data))
    job = works()

    assert job.state == "failed"
    assert said in job.note
    assert spooled(root) == []


def test_two_forces_need_a_choice(root, hands_over, works):
    files = [
        (f"2024-06-{force}-street.csv", streets([street("2024-06", Falls_within=said)]))
        for force, said in (("marlshire", "Marlshire Police"), ("awayshire", "Awayshire Police"))
    ]
    hands_over(*files)
    refused = works()
    hands_over(*files, force=" Marlshire ")
    taken = works()

    assert "Say which of them are wanted" in refused.note
    assert taken.state == "done"


def test_cancelled_while_it_runs_nothing_of_it_is_there(
    root, zipped, hands_over, works, monkeypatch
):
    monkeypatch.setattr(tasks, "BEAT", 0.0)
    monkeypatch.setattr(tasks, "cancel_is_asked", lambda _: True)
    hands_over(("marlshire.zip", zipped))
    job = works()

    assert (job.state, job.note) == ("cancelled", tasks.CANCELLED)
    assert spooled(root) == []
    assert Lake(root).snapshots() == ()


def test_cancelled_before_it_began_the_files_go_all_the_same(root, zipped, hands_over, works, cast):
    hands_over(("marlshire.zip", zipped))
    with cast.acting("priti") as priti:
        jobs.cancel(priti, job=Job.objects.get())
    there = spooled(root)
    job = works()

    assert there
    assert job.state == "cancelled"
    assert spooled(root) == []


def test_taken_up_after_its_worker_died_it_makes_no_second_snapshot(
    root, zipped, hands_over, works, monkeypatch
):
    def dies(*_args, **_more):
        raise KeyboardInterrupt

    hands_over(("marlshire.zip", zipped))
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "ended", dies)
        with pytest.raises(KeyboardInterrupt):
            works()
    job = works()

    assert job.state == "done"
    assert [one.number for one in Lake(root).snapshots()] == [1]
    assert Line.objects.filter(what="figures.imported").count() == 1


def test_whoever_lost_their_post_meanwhile_brings_nothing_in(
    root, zipped, hands_over, works, monkeypatch
):
    hands_over(("marlshire.zip", zipped))
    monkeypatch.setattr("concerted.access.actor.Actor.holds", lambda *_args, **_more: False)
    job = works()

    assert job.state == "failed"
    assert "Only an analyst or a secretary" in job.note
    assert Lake(root).snapshots() == ()


def test_a_full_disk_keeps_nothing_and_says_so(root, zipped, hands_over, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfileobj", full)
    page = hands_over(("marlshire.zip", zipped))

    assert "There is no room left on the disk" in page.text
    assert spooled(root) == []
    assert not Job.objects.exists()


def test_an_unforeseen_fault_is_said_and_leaves_nothing(
    root, zipped, hands_over, works, monkeypatch, caplog
):
    monkeypatch.setattr("concerted.crime.bringing.plan", lambda *_a, **_m: 1 / 0)
    hands_over(("marlshire.zip", zipped))
    job = works()

    assert (job.state, job.note) == ("failed", tasks.BROKEN)
    assert spooled(root) == []
    assert "ZeroDivisionError" in caplog.text


def test_files_that_no_worker_came_for_go_after_three_days(root):
    wanted = handed_over.Wanted("police")
    for key in ("old", "new"):
        handed_over.keep(root, key, wanted, [("a.csv", io.BytesIO(b"x"))])
    past = time.time() - 4 * 24 * 3600
    os.utime(root / handed_over.HANDED_OVER / "old", (past, past))
    tasks.tidy(timestamp=0)

    assert [one.name for one in spooled(root)] == ["new"]


def test_names_of_files_lead_nowhere_else(root):
    given = [("../../x.csv", io.BytesIO(b"1")), ("C:\\a\\.hidden.csv", io.BytesIO(b"2"))]
    handed_over.keep(root, "key", handed_over.Wanted("police"), given)
    _, files = handed_over.handed_over(root, "key")

    assert [one.name for one in files] == ["hidden.csv", "x.csv"]
    assert {one.parent for one in files} == {root / handed_over.HANDED_OVER / "key"}
    assert (root / handed_over.HANDED_OVER / "key").stat().st_mode & 0o077 == 0


def test_only_those_who_may_bring_figures_in(root, zipped, hands_over, signed_in, client):
    refused = hands_over(("marlshire.zip", zipped), who="tobias")

    assert refused.status_code == 403
    assert "Only an analyst or a secretary can bring crime figures in." in refused.text
    assert signed_in("tobias").get(ADDRESS).status_code == 403
    assert signed_in("nell").get(ADDRESS)["Location"] == "/people/no-appointment/"
    assert client.get(ADDRESS)["Location"].startswith("/sign-in/")
    assert signed_in("priti").put(ADDRESS).status_code == 405
    assert "Bring figures in" not in signed_in("tobias").get("/crime/snapshots/").text


def test_outcomes_come_in_beside_crimes(root, hands_over, works):

    files = [
        ("2024-06-marlshire-street.csv", streets([street("2024-06")])),
        ("2024-06-marlshire-outcomes.csv", invented.as_csv(OUTCOMES.columns, [outcome("2024-06")])),
    ]
    hands_over(*files)

    assert works().note == "Snapshot 1: 2 rows, June 2024 to June 2024."
