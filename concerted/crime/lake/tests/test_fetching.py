"""Archives come whole or not at all, whatever the connection, the server or the disk does."""

import errno
import json
import resource
import shutil
import threading
from collections import namedtuple
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.crime.lake import fetching
from concerted.crime.lake.fetching import discard, fetch
from concerted.crime.lake.months import month_of
from concerted.crime.lake.publisher import Publisher
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.served import (
    another_part,
    archive_bytes,
    busy,
    cut,
    endless,
    length_untold,
    said_to_be,
    serving,
    silent,
    well,
    whole,
)

WORDS = "2025-11"
NOVEMBER = month_of(WORDS)


@pytest.fixture
def fetched(publisher, site, tmp_path):
    """Fetch the archive of November; the path where it lies."""

    def fetched(told: bool = True, **how):
        checksums = {NOVEMBER: site.checksums[WORDS]} if told else {}
        (path,) = fetch(publisher, tmp_path / "fetched", [NOVEMBER], checksums, **how)
        return path

    return fetched


@pytest.fixture
def refused(fetched, tmp_path):
    """The sentence with which it is refused, after which nothing of it is left."""

    def refused(**how) -> str:
        with pytest.raises(Refused) as refusal:
            fetched(**how)
        assert left(tmp_path) == []
        return str(refusal.value)

    return refused


def left(tmp_path) -> list[str]:
    """The files that lie there, but for the lock."""
    folder = tmp_path / "fetched"
    files = (one for one in folder.rglob("*") if one.is_file() and one.name != "lock")
    return sorted(str(one.relative_to(folder)) for one in files)


def asked_for(site) -> list[str | None]:
    """The range of each request to the store."""
    return [headers.get("Range") for headers in site.from_store()]


@pytest.mark.parametrize("told", [True, False])
def test_an_archive_comes_whole(fetched, site, tmp_path, told):
    path = fetched(told)

    assert path.name == "2025-11.zip"
    assert path.read_bytes() == site.archives[WORDS]
    assert left(tmp_path) == ["2025-11.json", "2025-11.zip"]


def test_several_come_in_the_order_that_was_asked_for(publisher, site, tmp_path):
    october = month_of("2025-10")
    site.publish("2025-10", archive_bytes("2025-10"))

    found = fetch(publisher, tmp_path, [NOVEMBER, october], {})

    assert [one.name for one in found] == ["2025-11.zip", "2025-10.zip"]
    assert [one.read_bytes() for one in found] == [site.archives[WORDS], site.archives["2025-10"]]


def test_how_far_it_is_is_told_from_the_first_byte_to_the_last(fetched, site):
    seen = []
    size = len(site.archives[WORDS])
    site.faults = [cut(0.5)]

    fetched(progress=seen.append)

    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert (seen[-1].done, {one.of for one in seen}) == (size, {size})


def test_a_connection_that_breaks_is_taken_up_where_it_broke(fetched, site, waits):
    site.faults = [cut(0.25), cut(0.5), busy(503), cut(0.75)]
    broke_at = [int(share * len(site.archives[WORDS])) for share in (0.25, 0.5, 0.5, 0.75)]

    assert fetched().read_bytes() == site.archives[WORDS]

    begun = [int(one.removeprefix("bytes=").rstrip("-")) for one in asked_for(site)[1:]]
    assert begun == broke_at
    assert {one["If-Range"] for one in site.from_store()[1:]} == {site.from_store()[1]["If-Range"]}
    assert waits == [1, 2, 4, 8]


def test_without_a_store_it_is_taken_up_too(fetched, site):
    site.leads_to = ""
    site.faults = [cut(0.5), well]

    assert fetched().read_bytes() == site.archives[WORDS]
    assert site.asked[-1][1]["Range"] == f"bytes={len(site.archives[WORDS]) // 2}-"


def test_the_next_call_goes_on_where_ctrl_c_ended_the_first(fetched, site, tmp_path):
    def interrupt(_):
        raise KeyboardInterrupt

    site.faults = [cut(0.5)]
    with pytest.raises(KeyboardInterrupt):
        fetched(progress=interrupt)
    here = (tmp_path / "fetched/arriving/2025-11.zip").stat().st_size
    assert here > 0

    assert fetched().read_bytes() == site.archives[WORDS]
    assert asked_for(site) == [None, f"bytes={here}-"]


def test_what_came_whole_and_was_not_looked_at_yet_is_not_fetched_again(fetched, site, tmp_path):
    path = fetched()
    path.rename(tmp_path / "fetched/arriving/2025-11.zip")

    assert fetched().read_bytes() == site.archives[WORDS]
    assert "If-None-Match" in site.from_store()[-1]
    assert left(tmp_path) == ["2025-11.json", "2025-11.zip"]


def test_an_archive_that_lies_there_is_not_fetched_again(fetched, site):
    seen = []
    fetched()

    assert fetched(progress=seen.append).read_bytes() == site.archives[WORDS]
    assert seen == []


def test_an_archive_that_was_published_anew_is_fetched_anew(fetched, site):
    fetched()
    site.publish(WORDS, archive_bytes("2025-10", WORDS, rows=4))

    assert fetched().read_bytes() == site.archives[WORDS]


@pytest.mark.parametrize("told", [True, False])
def test_an_archive_that_was_damaged_here_is_fetched_anew(fetched, site, told):
    path = fetched(told)
    path.write_bytes(path.read_bytes()[:-20])

    assert fetched(told).read_bytes() == site.archives[WORDS]


@pytest.mark.parametrize(
    "note",
    ["", "[]", "{}", '{"etag": 3, "of": 4}', '{"etag": "ä", "of": 4}', '{"etag": null, "of": 1}'],
)
def test_a_note_that_cannot_be_read_costs_a_fetch_alone(fetched, site, note):
    path = fetched()
    path.with_suffix(".json").write_text(note)

    assert fetched().read_bytes() == site.archives[WORDS]


def test_a_server_that_knows_no_parts_gives_it_from_the_beginning(fetched, site):
    site.faults = [cut(0.5), whole]

    assert fetched().read_bytes() == site.archives[WORDS]


def test_a_file_that_changed_meanwhile_is_begun_again(fetched, site):
    newer = archive_bytes("2025-10", WORDS, rows=9)

    def changed(answer, data):
        well(answer, data, upto=len(data) // 2)
        site.archives[WORDS] = newer

    site.faults = [changed]

    assert fetched(told=False).read_bytes() == newer
    assert "Range" in site.from_store()[-1]


def test_a_weak_etag_does_not_join_two_parts(fetched, site):
    site.weak = True
    site.faults = [cut(0.5)]

    assert fetched().read_bytes() == site.archives[WORDS]
    assert asked_for(site) == [None, None]


def test_another_part_than_was_asked_for_is_not_taken(fetched, site):
    site.faults = [another_part, cut(0.5), another_part]

    assert fetched().read_bytes() == site.archives[WORDS]
    assert asked_for(site)[-1] is None


def test_a_part_that_is_too_long_already_is_begun_again(fetched, site, tmp_path):
    site.faults = [cut(0.5), busy(401)]
    with pytest.raises(Refused):
        fetched()
    with open(tmp_path / "fetched/arriving/2025-11.zip", "ab") as part:
        part.write(bytes(len(site.archives[WORDS])))

    assert fetched().read_bytes() == site.archives[WORDS]


def test_a_length_that_is_not_told_is_no_hindrance(fetched, site):
    seen = []
    site.faults = [length_untold]

    assert fetched(progress=seen.append).read_bytes() == site.archives[WORDS]
    assert {one.of for one in seen} == {None}


def test_tries_that_bring_nothing_new_come_to_an_end(fetched, site, tmp_path, waits):
    site.faults = [cut(0.5), *[busy(500)] * 9]

    with pytest.raises(
        Refused, match=r"cannot give the archive of 2025-11 now \(500\)\. .* 6 times"
    ):
        fetched()
    assert waits == [1, 2, 4, 8, 16]
    assert left(tmp_path) == ["2025-11.json", "arriving/2025-11.zip"]


def test_tries_that_bring_something_new_do_not(fetched, site, monkeypatch):
    monkeypatch.setattr(fetching, "WORTH", 10)
    site.faults = [cut(share / 20) for share in range(1, 20)]

    assert fetched().read_bytes() == site.archives[WORDS]


def test_beginning_again_is_nothing_new(fetched, site, monkeypatch):
    monkeypatch.setattr(fetching, "WORTH", 10)

    def cut_whole(answer, data):
        answer.head(200, **{"Content-Length": str(len(data))})
        answer.send(data[: len(data) // 2])

    site.faults = [cut_whole] * 20

    with pytest.raises(Refused, match="tried 6 times"):
        fetched()


def test_a_server_that_asks_for_time_is_given_it(fetched, site, waits):
    site.faults = [busy(429, Retry_After="20"), busy(503, Retry_After="0")]

    assert fetched().exists()
    assert waits == [20, 0]


def test_a_server_that_asks_for_an_hour_is_not_waited_for(refused, site, waits):
    site.faults = [busy(429, Retry_After="3600")]

    assert "asks to wait for 60 minutes. Try then." in refused()
    assert waits == []


def test_a_server_that_falls_silent_is_asked_again(site, tmp_path, waits):
    site.faults = [silent]

    with Publisher(site.address, (), wait=waits.append, silence=0.2) as publisher:
        (path,) = fetch(publisher, tmp_path, [NOVEMBER], {})

    assert path.read_bytes() == site.archives[WORDS]
    assert asked_for(site)[1] is not None


def test_a_server_that_stays_silent_is_a_sentence(site, tmp_path, waits):
    site.faults = [silent] * 6

    with (
        Publisher(site.address, (), wait=waits.append, silence=0.05) as publisher,
        pytest.raises(Refused, match=r"does not answer any more\. It was tried 6 times"),
    ):
        fetch(publisher, tmp_path, [NOVEMBER], {})


def test_a_server_that_sends_a_trickle_is_not_waited_for(site, tmp_path, waits):
    minutes = count(0, 200)
    site.faults = [silent] * 6

    with (
        Publisher(site.address, (), wait=waits.append, now=lambda: next(minutes)) as publisher,
        pytest.raises(Refused, match=r"sends too slowly\. It was tried 6 times"),
    ):
        fetch(publisher, tmp_path, [NOVEMBER], {})


def test_a_month_without_an_archive_is_named(publisher, site, tmp_path):
    with pytest.raises(Refused, match=r"not have the archive of 2019-02, .* 404\)\. Ask for other"):
        fetch(publisher, tmp_path / "fetched", [month_of("2019-02")], {})
    assert left(tmp_path) == []


def test_a_wrong_checksum_is_refused(refused, site):
    site.checksums[WORDS] = "0" * 32

    assert "its checksum (MD5) is another. Nothing of it was kept." in refused()


def test_an_archive_that_is_shorter_than_it_should_be_is_refused(refused, site):
    shorter = said_to_be(len(site.archives[WORDS]) - 30)
    site.faults = [shorter, shorter]

    assert "checksum" in refused()
    assert "was not received whole" in refused(told=False)


def test_an_archive_that_never_gets_as_long_as_was_said_is_refused(fetched, site):
    site.faults = [said_to_be(len(site.archives[WORDS]) + 30)] * 6

    with pytest.raises(Refused, match="tried 6 times"):
        fetched()


def test_without_a_checksum_every_member_is_read(refused, site):
    data = bytearray(site.archives[WORDS])
    data[200] ^= 1
    site.archives[WORDS] = bytes(data)

    assert "is damaged and cannot be unpacked" in refused(told=False)


@pytest.mark.parametrize("body", [b"<html>Sign in to the council's network</html>", b""])
def test_what_is_no_archive_is_refused(refused, site, body):
    site.archives[WORDS] = body

    assert "no archive (.zip)" in refused(told=False)


def test_an_archive_larger_than_any_is_refused_before_it_is_fetched(refused, site):
    seen = []

    assert "which none ever had" in refused(most=100, progress=seen.append)
    assert seen == []


@pytest.mark.parametrize("told", [True, False])
def test_a_body_without_an_end_is_left(refused, site, told):
    site.faults = [endless]

    sentence = refused(most=50_000)

    assert "which none ever had" in sentence or "longer than" in sentence


def test_too_little_room_is_said_before_anything_is_fetched(fetched, tmp_path, monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000))

    with pytest.raises(
        Refused, match=r"still to come of the archive of 2025-11, and the disk has 0\.0"
    ):
        fetched()


def test_a_disk_that_fills_up_is_a_sentence_and_is_given_its_room_back(refused, site):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(site.archives[WORDS]) // 2, hard))
    try:
        sentence = refused()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert "The disk is full" in sentence


def test_a_disk_that_fails_otherwise_is_no_matter_of_room(fetched):
    def fail(_):
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        fetched(progress=fail)


def test_two_do_not_fetch_at_once(fetched, site, publisher, tmp_path):
    sentences = []

    def meanwhile(_):
        with pytest.raises(Refused) as refusal:
            fetch(publisher, tmp_path / "fetched", [NOVEMBER], {})
        sentences.append(str(refusal.value))

    fetched(progress=meanwhile)

    assert sentences[0] == "Archives are being fetched already. Wait until that ends."


def test_parts_that_nobody_goes_on_with_are_swept_away(fetched, tmp_path):
    arriving = tmp_path / "fetched/arriving"
    arriving.mkdir(parents=True)
    (arriving / "2025-09.zip").write_bytes(b"PK")

    fetched()

    assert left(tmp_path) == ["2025-11.json", "2025-11.zip"]


def test_discarded_archives_leave_nothing(fetched, tmp_path):
    discard([fetched()])

    assert left(tmp_path) == []


FAULTS = {
    "a quarter": cut(0.25),
    "most": cut(0.9),
    "nothing": cut(0),
    "whole": whole,
    "busy": busy(503),
    "other part": another_part,
    "too short": said_to_be(40),
    "untold": length_untold,
    "other bytes": lambda answer, data: answer.say(200, data[::-1], ETag='"other"'),
}


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    calls=st.lists(st.lists(st.sampled_from(sorted(FAULTS)), max_size=8), max_size=3),
    told=st.booleans(),
)
def test_whatever_goes_wrong_only_the_published_archive_ever_lies_there(
    tmp_path_factory, calls, told
):
    folder = tmp_path_factory.mktemp("fetched")
    with serving() as site, Publisher(site.address, (), wait=lambda _: None) as publisher:
        site.publish(WORDS, archive_bytes("2025-10", WORDS))
        sums = {NOVEMBER: site.checksums[WORDS]} if told else {}
        for names in calls:
            site.faults = [FAULTS[one] for one in names]
            try:
                (path,) = fetch(publisher, folder, [NOVEMBER], sums)
                assert path.read_bytes() == site.archives[WORDS]
            except Refused:
                assert not (folder / "2025-11.zip").exists()
        site.faults = []

        (path,) = fetch(publisher, folder, [NOVEMBER], sums)

        assert path.read_bytes() == site.archives[WORDS]
        assert json.loads(path.with_suffix(".json").read_text())["of"] in (
            None,
            path.stat().st_size,
        )
    assert threading.active_count() < 50
