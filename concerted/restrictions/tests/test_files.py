"""A single file that is closed or hidden: who takes it, what others read, and what follows it."""

# ruff: noqa: F811 - fixtures that other tests have, by their names

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerted.audit.models import Line
from concerted.documents import services as documents
from concerted.documents.models import Document, KeptWith, Version
from concerted.documents.public import needs, same_bytes, versions_visible_to
from concerted.imports.tests.test_pages import count_queries
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting
from concerted.meetings.services import NewItem, NewMeeting
from concerted.papers import services as papers
from concerted.papers.models import Appendix, Paper
from concerted.papers.services import NewAppendix, NewPaper
from concerted.restrictions import queries as restrictions
from concerted.restrictions.models import Closure, Restriction
from concerted.restrictions.states import Level, Tier
from concerted.restrictions.tests.conftest import DAY, text_of
from concerted.restrictions.tests.test_other_kinds import SOON, taken
from concerted.restrictions.tests.test_pages import typed, words  # noqa: F401 - a fixture
from tests.steady import steady

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NAME = "board-june.docx"
KEPT = "The file as received is kept with the secretaries of this body."
# No actions hang on these minutes; whoever is of the office asks for the versions as well.
QUERIES = {"tobias": 9, "dilys": 10}
NONE = "No file is kept with this meeting."
MORE = ("Wyleshire Police", "Partnership secretary", "Probation Service")


@pytest.fixture
def received(cast):
    """A file that came to the office of the board, as its document."""

    def hand_over(data=b"minutes of june", name=NAME, who="dilys", *, accepted=True):
        with cast.acting(who) as actor:
            version = documents.receive(actor, data=data, name=name)
            if accepted:
                office = cast.bodies["board"].office_audience_id
                documents.hand_to(actor, version=version, audience_id=office)
        with cast.acting(who):
            return Document.objects.get(pk=version.document_id)

    return hand_over


@pytest.fixture
def file(received):
    return received()


@pytest.fixture
def met(cast, file):
    """Minutes of the board, made from the file."""
    return minutes(cast, file)


@pytest.fixture
def paper(cast, received):
    """A paper of the police with an appendix that has no letter, and one whose text is inside."""
    document = received(b"the paper", "burglary.docx")
    with cast.acting("dilys") as dilys:
        return papers.accept(
            dilys,
            new=NewPaper(
                body=cast.bodies["board"],
                title="Burglary paper",
                version=document.versions.get(),
                dated_on=DAY,
                organisation=cast.organisations["police"],
                appendices=[NewAppendix("A", "Map"), NewAppendix("", "Costs", here=True)],
            ),
        )


def minutes(cast, document, *, on=DAY, who="dilys"):
    with cast.acting(who) as actor:
        return meetings.record(
            actor,
            minutes=NewMeeting(
                body=cast.bodies["board"],
                held_on=on,
                state="received",
                items=[NewItem("1", "Welcome", "All came."), NewItem("2", "Locks", "Gates held.")],
                document=document,
            ),
        )[0]


def paper_file(cast, paper):
    with cast.acting("dilys"):
        return Document.objects.get(versions__papers=paper)


def of_council(cast):
    return {"owner": cast.organisations["council"]}


def one_version(cast, document, who="dilys"):
    with cast.acting(who):
        return document.versions.order_by("number").first()


def address(document, *, change=False):
    return f"/restrictions/files/{document.key}/{'change' if change else ''}"


# Closed


def test_of_a_closed_file_others_read_that_there_is_one_and_why(restrict, file, met, signed_in):
    restrict(file, kind="file")

    for who in ("tobias", "maud", "rowena"):
        page = words(signed_in(who).get(met.get_absolute_url()))
        assert "A file is closed: It is about preventing, investigating" in page
        assert "Whom to ask Superintendent, operations" in page
        assert "Only Wyleshire Police can add you." in page
        assert NAME not in page
        assert KEPT not in page
        assert "An operation is under way." not in page


def test_those_on_its_audience_take_it_with_its_marking(restrict, cast, file, met, signed_in):
    restrict(file, kind="file")
    there = one_version(cast, file).get_absolute_url()

    for who in ("dilys", "gareth"):
        page = words(signed_in(who).get(met.get_absolute_url()))
        assert "Closed OFFICIAL-SENSITIVE Belongs to Wyleshire Police. Do not forward." in page
        assert f"{NAME} , as received" in page
        assert "Only those on its audience see it." in page
        assert taken(signed_in(who), there)


@pytest.mark.parametrize("level", [Level.CLOSED, Level.HIDDEN])
@pytest.mark.parametrize("who", ["tobias", "maud", "rowena", "priti", "sid", "agnes"])
def test_taking_it_answers_as_for_a_file_that_is_not_there(
    restrict, cast, file, met, signed_in, who, level
):
    there = one_version(cast, file).get_absolute_url()
    restrict(file, kind="file", level=level)
    client = signed_in(who)

    closed, absent = client.get(there), client.get("/files/bcdfghjk/")

    assert (closed.status_code, steady(closed)) == (absent.status_code, steady(absent))
    assert closed.status_code == 404
    assert client.get(address(file)).status_code == 404
    assert client.get(address(file, change=True)).status_code == 404
    assert client.post(address(file, change=True)).status_code == 404


def test_the_meeting_and_its_minutes_stay_open(restrict, file, met, signed_in):
    restrict(file, kind="file")

    assert "Gates held." in text_of(signed_in("tobias"), met.get_absolute_url())


def test_all_its_versions_follow_and_later_ones_too(restrict, received, cast, file, met):
    second = received(b"minutes as agreed", "agreed.docx")
    made = restrict(file, kind="file")
    with cast.acting("dilys") as dilys:
        documents.add_version(dilys, document_id=file.pk, of=second.versions.get())

    with cast.acting("dilys"):
        audiences = set(file.versions.values_list("audience_id", flat=True))
        second.refresh_from_db()
    assert audiences == {made.seen_by_id}
    assert second.needs == [made.seen_by_id]


def test_opened_again_everything_is_as_it_was(restrict, cast, file, met, signed_in):
    before = [text_of(signed_in(who), met.get_absolute_url()) for who in ("maud", "tobias")]
    restrict(file, kind="file")
    restrict(file, kind="file", who="gareth", level=Level.OPEN, tier=Tier.OFFICIAL)

    after = [text_of(signed_in(who), met.get_absolute_url()) for who in ("maud", "tobias")]
    assert after == before
    assert taken(signed_in("maud"), one_version(cast, file, "maud").get_absolute_url())
    assert not taken(signed_in("gareth"), one_version(cast, file).get_absolute_url())


# Hidden


def pages_of(meeting):
    return [
        meeting.get_absolute_url(),
        f"/edition/meetings/{meeting.key}/",
        "/",
        "/meetings/",
        "/restrictions/",
    ]


@pytest.mark.parametrize("who", ["maud", "tobias", "rowena", "priti"])
def test_a_hidden_file_leaves_the_same_bytes_and_queries_as_if_it_were_not_there(
    restrict, cast, file, met, signed_in, who
):
    restrict(file, kind="file", level=Level.HIDDEN)
    client = signed_in(who)
    addresses = pages_of(met)
    [client.get(one) for one in addresses]

    def seen():
        found = []
        for one in addresses:
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(one)
            found.append((one, answer.status_code, steady(answer), len(asked)))
        return found

    with_it = seen()
    with cast.acting("dilys"):
        Closure.objects.filter(thing_key=file.key).delete()
        file.versions.all().delete()
        file.delete()

    assert seen() == with_it
    assert NONE in with_it[0][2]


def test_those_on_its_audience_still_have_it_with_the_meeting(restrict, file, met, signed_in):
    restrict(file, kind="file", level=Level.HIDDEN)

    page = words(signed_in("gareth").get(met.get_absolute_url()))

    assert NAME in page
    assert "Hidden OFFICIAL-SENSITIVE" in page


def test_from_hidden_to_open_it_is_the_file_of_the_minutes_again(restrict, cast, file, met):
    restrict(file, kind="file", level=Level.HIDDEN)
    with cast.acting("dilys"):
        assert Meeting.objects.get(pk=met.pk).document_id is None
    restrict(file, kind="file", who="gareth", level=Level.OPEN)

    with cast.acting("maud"):
        assert Meeting.objects.get(pk=met.pk).document_id == file.pk
        assert not KeptWith.objects.exists()


def test_a_file_of_two_meetings_goes_from_both(restrict, cast, file, met, signed_in):
    other = minutes(cast, file, on=SOON)
    restrict(file, *MORE[:2], kind="file")
    restrict(other, "Marlbeck Borough Council", kind="meeting", who="maud", **of_council(cast))
    restrict(file, kind="file", level=Level.HIDDEN)

    for one, who in ((met, "tobias"), (other, "maud")):
        page = words(signed_in(who).get(one.get_absolute_url()))
        assert NONE in page
        assert "A file is closed" not in page


# What depends on it


def test_whoever_is_outside_narrows_what_they_cannot_see(restrict, cast, file, met):
    """The manager closes an item whose words stand in a file of which she knows nothing."""
    restrict(file, *MORE[:2], kind="file", level=Level.HIDDEN)
    with cast.acting("dilys"):
        item = met.items.get(ref="2")
    made = restrict(item, "Marlbeck Borough Council", who="maud", **of_council(cast))

    with cast.acting("gareth"):
        file.refresh_from_db()
    with cast.acting("gareth") as gareth:
        assert file.needs == [made.seen_by_id]
        assert not versions_visible_to(gareth).exists()


def test_needs_of_a_record_reach_the_copies_of_its_file(received, cast, file, met):
    second = received(b"minutes as agreed", "agreed.docx")
    office = cast.bodies["board"].office_audience_id
    with cast.acting("dilys") as dilys:
        documents.add_version(dilys, document_id=file.pk, of=second.versions.get())
        needs("meetings.meeting", met.key, office)
        second.refresh_from_db()
        file.refresh_from_db()

    assert file.needs == second.needs == [office]


def test_the_same_bytes_handed_over_by_somebody_else_are_theirs(received, restrict, file, met):
    own = received(who="maud", accepted=False)
    restrict(file, kind="file")

    assert own.needs == []
    assert own.audience_id != file.audience_id


def test_what_is_still_with_whoever_handed_it_over_they_can_finish(received, restrict, cast):
    """One meeting of it is on record and an item of that was closed; the others wait."""
    half = received(who="maud", accepted=False)
    met = minutes(cast, half, who="maud")
    with cast.acting("dilys"):
        item = met.items.get(ref="2")
    made = restrict(item)

    with cast.acting("maud") as maud:
        half.refresh_from_db()
        assert half.needs == [made.seen_by_id]
        assert versions_visible_to(maud).filter(document=half).exists()
        documents.hand_to(
            maud,
            version=half.versions.get(),
            audience_id=cast.bodies["board"].office_audience_id,
        )
    with cast.acting("maud") as maud:
        assert not versions_visible_to(maud).filter(document=half).exists()


def test_minutes_take_the_place_of_a_closed_agenda_which_stays_beside(
    restrict, received, cast, signed_in
):
    agenda = received(b"agenda", "agenda.docx")
    with cast.acting("dilys") as dilys:
        planned = meetings.plan(dilys, body=cast.bodies["board"], held_on=SOON, document=agenda)
    restrict(agenda, kind="file")
    minutes(cast, received(b"later", "minutes.docx", who="maud"), on=SOON, who="maud")

    page = words(signed_in("dilys").get(planned.get_absolute_url()))
    assert page.index("minutes.docx") < page.index("agenda.docx")
    page = words(signed_in("maud").get(planned.get_absolute_url()))
    assert "minutes.docx" in page
    assert "agenda.docx" not in page
    assert "A file is closed" in page


# Who decides


def test_nobody_hands_a_file_of_a_paper_to_others_than_its_own(restrict, cast, paper):
    with pytest.raises(NotAllowed, match="This belongs to Wyleshire Police"):
        restrict(
            paper_file(cast, paper),
            "Marlbeck Borough Council",
            kind="file",
            owner=cast.organisations["council"],
        )


def test_only_its_owner_widens_it_lowers_it_or_opens_it(restrict, cast, paper, signed_in):
    file = paper_file(cast, paper)
    there = one_version(cast, file).get_absolute_url()
    restrict(file, kind="file")

    for names, more in (
        (MORE, {}),
        ((), {"level": Level.OPEN}),
        ((), {"tier": Tier.OFFICIAL}),
    ):
        with pytest.raises(NotAllowed, match="Only the people of Wyleshire Police can"):
            restrict(file, *names, kind="file", **more)
    restrict(file, *MORE, kind="file", who="gareth")
    assert taken(signed_in("tobias"), there)


def test_a_secretary_lists_nobody_but_the_office_and_the_owner(restrict, file, met):
    with pytest.raises(NotAllowed, match="Only the people of Wyleshire Police can let more"):
        restrict(file, *MORE, kind="file")


def test_a_file_that_is_with_the_office_is_not_held_for_its_owner(restrict, file, met):
    with pytest.raises(NotAllowed, match="This is open already"):
        restrict(file, kind="file", level=Level.OPEN)


def test_each_change_is_on_the_trail_and_the_records_stay(restrict, file, met):
    restrict(file, kind="file")
    restrict(file, kind="file", level=Level.HIDDEN)
    restrict(file, kind="file", who="gareth", level=Level.OPEN)

    said = Line.objects.filter(reference=file.key, kind="documents.document").order_by("id")
    assert [one.what for one in said] == ["document.closed", "document.hidden", "document.opened"]


# A paper and its appendices


def test_the_file_of_a_paper_is_closed_while_the_paper_stays_open(restrict, cast, paper, signed_in):
    restrict(paper_file(cast, paper), kind="file")

    page = words(signed_in("tobias").get(paper.get_absolute_url()))
    assert "A file is closed:" in page
    assert "Map" in page
    assert "burglary.docx" not in page
    assert "burglary.docx" in words(signed_in("gareth").get(paper.get_absolute_url()))


@pytest.mark.parametrize("who", ["maud", "tobias"])
def test_a_paper_whose_file_is_hidden_reads_as_one_without(restrict, cast, paper, signed_in, who):
    file = paper_file(cast, paper)
    restrict(file, kind="file", level=Level.HIDDEN)
    addresses = [paper.get_absolute_url(), "/papers/", "/"]
    with_it = [text_of(signed_in(who), one) for one in addresses]
    with cast.acting("dilys"):
        Closure.objects.filter(thing_key=file.key).delete()
        file.versions.all().delete()
        file.delete()

    assert [text_of(signed_in(who), one) for one in addresses] == with_it
    assert "No file is kept with this paper." in with_it[0]


def test_a_paper_with_a_hidden_file_can_be_closed_by_who_does_not_know(restrict, cast, paper):
    file = paper_file(cast, paper)
    restrict(file, kind="file", level=Level.HIDDEN)
    mine = ("Partnership manager", "Wyleshire Police")
    made = restrict(paper, *mine, kind="paper", who="maud")

    with cast.acting("gareth"):
        file.refresh_from_db()
        assert file.needs == [made.seen_by_id]
    restrict(file, kind="file", who="gareth", level=Level.OPEN)
    with cast.acting("gareth"):
        assert Paper.objects.get(pk=paper.pk).version_id is not None


def test_an_appendix_whose_text_is_in_the_file_narrows_it(restrict, cast, paper):
    file = paper_file(cast, paper)
    with cast.acting("dilys"):
        inside = Appendix.objects.get(paper=paper, here=True)
    with pytest.raises(NotAllowed, match="The file of this paper holds its words"):
        restrict(inside, kind="appendix", level=Level.HIDDEN)
    made = restrict(inside, kind="appendix")

    with cast.acting("dilys"):
        file.refresh_from_db()
        assert file.needs == [made.seen_by_id]
    restrict(inside, kind="appendix", who="gareth", level=Level.OPEN)
    with cast.acting("dilys"):
        file.refresh_from_db()
        assert file.needs == []


# Its pages


def test_the_secretary_restricts_it_from_the_page_of_the_meeting(file, met, signed_in, typed):
    dilys = signed_in("dilys")
    assert address(file, change=True) in text_of(dilys, met.get_absolute_url())
    page = words(dilys.get(address(file, change=True)))
    assert "Only the file is restricted. What was read from it and stands on record stays" in page
    assert "with all its versions, those that come later too" in page
    assert "Open: the secretaries of this body see it" in page

    response = dilys.post(address(file, change=True), typed(), follow=True)

    assert response.redirect_chain == [(address(file), 302)]
    assert "Recorded: who may see this file." in words(response)
    assert NAME in words(response)
    page = text_of(dilys, met.get_absolute_url())
    assert "Who may see this file" in page
    assert "Restrict this file" not in page
    assert f"File, Safer Marlbeck Board, {DAY:%-d %B %Y}" in words(
        signed_in("gareth").get("/restrictions/")
    )


def test_whoever_sees_it_and_is_neither_secretary_nor_owner_is_refused(
    restrict,
    file,
    met,
    signed_in,
    typed,
):
    restrict(file, kind="file")
    restrict(file, *MORE, kind="file", who="gareth")
    tobias = signed_in("tobias")

    for answer in (
        tobias.get(address(file, change=True)),
        tobias.post(address(file, change=True), typed()),
    ):
        assert answer.status_code == 403
        assert (
            "Only the secretary of this body or the people of Wyleshire Police can say who sees "
            "this file." in words(answer)
        )
    assert "Restrict this file" not in text_of(tobias, met.get_absolute_url())


def test_a_change_in_between_is_said_and_nothing_typed_is_lost(
    restrict,
    file,
    met,
    signed_in,
    typed,
):
    restrict(file, kind="file")

    response = signed_in("dilys").post(address(file, change=True), typed())

    assert "While you had this page open, Dilys Ambrey set it to closed" in words(response)
    assert "An operation is under way." in response.content.decode()


@pytest.mark.parametrize("change", [True, False])
def test_other_methods_are_refused(file, met, signed_in, change):
    assert signed_in("dilys").put(address(file, change=change)).status_code == 405


def test_a_file_that_nobody_has_accepted_is_restricted_by_nobody(received, cast, signed_in):
    own = received(accepted=False)
    assert signed_in("dilys").get(address(own, change=True)).status_code == 404
    with_meeting = minutes(cast, own)

    assert signed_in("dilys").get(address(own, change=True)).status_code == 404
    assert "Restrict this file" not in text_of(signed_in("dilys"), with_meeting.get_absolute_url())


def test_a_file_of_several_records_is_named_with_each_and_looked_at_once(
    restrict, cast, file, met, signed_in
):
    other = minutes(cast, file, on=SOON)
    page = words(signed_in("dilys").get(address(file, change=True)))
    assert "It is kept with 2 records, and goes from each:" in page
    restrict(file, kind="file")

    for one in (met, other):
        assert "A file is closed" in text_of(signed_in("tobias"), one.get_absolute_url())
    with cast.acting("gareth") as gareth:
        assert [one.thing_key for one in restrictions.for_review(gareth)] == [file.key]


# Reading


def test_a_file_handed_over_again_is_not_said_to_be_there(restrict, cast, file, met):
    sha256 = one_version(cast, file).sha256
    restrict(file, kind="file", level=Level.HIDDEN)

    with cast.acting("maud") as maud:
        assert not same_bytes(maud, sha256).exists()
    with cast.acting("dilys") as dilys:
        assert same_bytes(dilys, sha256).exists()


def test_who_took_it_is_kept(restrict, cast, file, met, signed_in):
    restrict(file, kind="file")
    version = one_version(cast, file)
    taken(signed_in("gareth"), version.get_absolute_url())

    line = Line.objects.get(what="document.consulted", reference=version.key)
    assert line.actor == cast.accounts["gareth"].key
    dilys = signed_in("dilys")
    readers = f"/read-by/meetings/{met.key}/"
    assert readers in text_of(dilys, met.get_absolute_url())
    assert "Gareth Pellow" in text_of(dilys, readers)
    assert "Gareth Pellow" not in text_of(signed_in("maud"), readers)


@pytest.mark.parametrize("who", ["dilys", "tobias"])
@pytest.mark.parametrize("versions", [1, 30])
def test_a_meeting_with_a_file_costs_the_same_whatever_the_versions(
    cast, file, met, signed_in, who, versions
):
    with cast.acting("dilys"):
        first = file.versions.get()
        Version.objects.bulk_create(
            Version(
                document=file,
                number=number,
                name=f"{number}.docx",
                sha256=first.sha256,
                size=1,
                media_type="text/plain",
                received_by_id=first.received_by_id,
                audience_id=first.audience_id,
            )
            for number in range(2, versions + 1)
        )
    assert count_queries(signed_in(who), met.get_absolute_url()) == QUERIES[who]


def test_restricted_files_cost_two_queries_more_however_many(
    restrict, received, cast, file, met, signed_in
):
    def cost():
        return count_queries(signed_in("tobias"), met.get_absolute_url())

    restrict(file, kind="file")
    with_one = cost()
    for n in range(5):
        more = received(f"more {n}".encode(), f"more-{n}.docx")
        with cast.acting("dilys") as dilys:
            meetings.give_document(dilys, meeting=met, document=more)
        restrict(more, kind="file")

    assert cost() == with_one == QUERIES["tobias"] + 2


def test_it_is_kept_on_record_who_said_so(restrict, file, met, cast):
    restrict(file, kind="file")

    with cast.acting("gareth"):
        [made] = Restriction.objects.filter(kind="documents.document", thing_key=file.key)
        assert made.set_by == cast.people["dilys"]
