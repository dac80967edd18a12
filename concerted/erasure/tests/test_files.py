"""Files whose bytes name whoever asked: one record each, however it was found."""

import pytest
from django.core.files.storage import default_storage

from concerted.documents import services as documents
from concerted.documents.models import Version
from concerted.erasure import queries, services, tasks
from concerted.erasure.models import Line
from concerted.erasure.policies import Wanted
from concerted.erasure.states import Chosen, KeepGround, LineState, Way
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import everything_open
from concerted.reading.files import NotReadable
from concerted.reading.model import Reading
from concerted.reading.sandbox import FileNotes
from concerted.subject_access import searching
from concerted.subject_access.states import Why

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

KEPT = Wanted(Chosen.KEEP, KeepGround.CLAIMS, "A claim over the shop.")
NOTHING = Wanted(Chosen.NOTHING)


@pytest.fixture(autouse=True)
def plainly(monkeypatch):
    """Files are read in this process as plain text."""

    def read_each(files, *, cancelled):
        for given in files:
            if given.data.startswith(b"%PDF"):
                yield given.of, NotReadable("The pages of this PDF are pictures.")
            else:
                yield given.of, (Reading(given.data.decode(), "unknown", ""), FileNotes("txt"))

    monkeypatch.setattr(searching, "read_each", read_each)


@pytest.fixture
def received(cast):
    def receive(name, data):
        with cast.acting("dilys") as dilys:
            version = documents.receive(dilys, data=data, name=name)
            audience = cast.bodies["board"].papers_audience_id
            documents.hand_to(dilys, version=version, audience_id=audience)
            return version

    return receive


@pytest.fixture
def settled(cast):
    """The rest is decided, and a second person has approved it; carried out. The lines of files."""

    def settle(request, found):
        with cast.acting("maud") as maud:
            decided = queries.newest_choices(maud, [one.finding for one in found])
            for one in found:
                if one.undecided and one.finding.pk not in decided:
                    services.choose(maud, finding=one.finding, wanted=KEPT)
            services.propose(maud, request=request)
        with cast.acting("owen") as owen:
            erasure = services.approve(owen, request=request)
        tasks.carry_out(**erasure.job.arguments)
        with everything_open():
            return list(Line.objects.filter(erasure=erasure, label="documents.Version"))

    return settle


def of(found, why):
    return [one for one in found if one.finding.why == why]


def test_a_file_found_by_its_name_and_its_words_is_one_record_and_its_bytes_go(
    cast, received, gone, asked, drafted, settled
):
    version = received("Tobias Wren.txt", b"Ask Tobias Wren about the shop\n")
    request = asked()
    found = drafted(request)
    [by_words], by_name = of(found, Why.FILE), of(found, Why.NAME)
    assert by_words.way == Way.BYTES
    assert {one.finding.source_id for one in by_name} >= {version.pk}
    with cast.acting("maud") as maud:
        services.choose(maud, finding=by_words.finding, wanted=Wanted(Chosen.ERASE))

    [line] = settled(request, found)

    assert (line.source_id, line.state) == (version.pk, LineState.ERASED)
    assert not default_storage.exists(documents.place(version.sha256))
    with everything_open():
        version = Version.objects.get(pk=version.pk)
        assert version.bytes_gone_at
        assert len(version.sha256) == 64


def test_what_is_decided_last_counts_for_both(cast, received, gone, asked, drafted, settled):
    version = received("Tobias Wren.txt", b"Ask Tobias Wren about the shop\n")
    request = asked()
    found = drafted(request)
    [by_words] = of(found, Why.FILE)
    [by_name] = [one for one in of(found, Why.NAME) if one.finding.source == "documents.Version"]
    with cast.acting("maud") as maud:
        services.choose(maud, finding=by_words.finding, wanted=Wanted(Chosen.ERASE))
        services.choose(maud, finding=by_name.finding, wanted=KEPT)

    [line] = settled(request, found)

    assert (line.source_id, line.state) == (version.pk, LineState.KEPT)
    assert default_storage.exists(documents.place(version.sha256))


def test_a_file_that_a_person_looked_into_and_that_says_nothing_is_no_record_of_theirs(
    cast, received, gone, asked, drafted, settled
):
    received("scan.pdf", b"%PDF of somebody else")
    request = asked()
    found = drafted(request)
    [by_hand] = of(found, Why.BY_HAND)
    with cast.acting("maud") as maud:
        services.choose(maud, finding=by_hand.finding, wanted=NOTHING)

    assert settled(request, found) == []


def test_of_what_the_program_read_nobody_says_that_nothing_stands_there(
    cast, received, gone, asked, drafted
):
    received("letter.txt", b"Ask Tobias Wren about the shop\n")
    [by_words] = of(drafted(asked()), Why.FILE)

    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="The program read this"):
        services.choose(maud, finding=by_words.finding, wanted=NOTHING)


def test_the_page_offers_it_for_a_file_that_could_not_be_read(
    received, gone, asked, drafted, signed_in
):
    received("scan.pdf", b"%PDF of somebody else")
    received("letter.txt", b"Ask Tobias Wren about the shop\n")
    found = drafted(asked())
    maud = signed_in("maud")

    pages = {
        why: maud.get(f"/erasure/findings/{one.finding.key}/").text
        for why in (Why.FILE, Why.BY_HAND)
        for one in of(found, why)
    }

    assert "nothing of them stands there" in pages[Why.BY_HAND]
    assert "nothing of them stands there" not in pages[Why.FILE]
