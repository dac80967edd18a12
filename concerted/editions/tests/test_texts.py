"""A public text: what it starts as, how it is edited, and when it may be approved."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from concerted.audit.models import Line
from concerted.editions import services
from concerted.editions.content import all_texts, closed
from concerted.editions.models import PublicText
from concerted.editions.sources import source_of
from concerted.editions.tests.conftest import fresh, text
from concerted.meetings.models import Item
from concerted.papers.services import NewAppendix
from concerted.papers.states import Tier
from concerted.restrictions.models import Restriction
from concerted.restrictions.states import Level


def words(release_text):
    return "\n".join(all_texts(release_text.content))


def page(release, name="release", *more):
    return reverse(f"editions:{name}", args=[release.key, *more])


def test_the_text_of_a_meeting_starts_as_a_copy_without_what_reaches_people(cast, met, drafted):
    started = words(text(cast, drafted(met())))

    assert "Lighting at Canal Walk" in started
    assert "That the lamps be mended." in started
    assert "the representative of Probation Service spoke." in started
    assert "Ring him on partnership@example.org or write to partnership@example.org." in started
    for detail in ("Wren", "Thackley", "960123", "tobias@"):
        assert detail not in started


def test_people_are_listed_by_organisation_unless_their_office_is_public(cast, met, drafted):
    with cast.acting("maud") as maud:
        services.name_publicly(maud, person=cast.people["rowena"], office="Councillor")

    started = words(text(cast, drafted(met())))

    assert "Cllr Rowena Thackley, Marlbeck Council" in started
    assert "Probation Service" in started
    assert "Wren" not in started


def test_withheld_words_and_the_confidential_part_are_not_copied(cast, met, drafted):
    meeting = met(withheld=["the house in question"], confidential=["Operation Widgeon"])
    release = text(cast, drafted(meeting))

    everything = str(release.content)
    assert "Operation Widgeon" not in everything
    assert "Not for all" not in everything
    assert [one["number"] for one in release.content["closed"]] == ["C1"]


def test_an_item_of_another_audience_leaves_nothing(cast, met, drafted):
    meeting = met(items=["Names at risk"])
    with cast.acting("dilys"):
        Item.objects.filter(title="Names at risk").update(
            audience_id=cast.bodies["board"].office_audience_id
        )

    content = text(cast, drafted(meeting)).content

    assert "Names at risk" not in str(content)
    assert content["closed"] == []


def test_a_paper_that_is_restricted_as_a_whole_starts_empty(cast, reported, drafted):
    paper = reported(tier=Tier.SENSITIVE, review_on=datetime.date(2030, 1, 1), marked=True)

    content = text(cast, drafted(paper)).content

    assert not any(all_texts(content))
    assert "Graffiti" not in str([one["fields"] for one in content["parts"]])


def test_a_marked_appendix_leaves_a_number_and_one_without_a_text_says_so(cast, reported, drafted):
    paper = reported(
        appendices=[NewAppendix("A", "Streets and houses", "exempt"), NewAppendix("B", "Map")]
    )

    release = text(cast, drafted(paper))

    assert "Streets and houses" not in str(release.content)
    assert [one["number"] for one in release.content["closed"]] == ["C1"]
    assert "Appendix B, Map, is not part of the public edition." in words(release)


@pytest.mark.slow
def test_what_all_readers_know_to_be_closed_leaves_its_reason_and_nothing_else(
    cast, met, drafted, restrict
):
    meeting = met(items=["Names at risk", "The raid"])
    with cast.acting("dilys"):
        names, raid = (Item.objects.get(title=title) for title in ("Names at risk", "The raid"))
    restrict(names)
    restrict(raid, level=Level.HIDDEN)

    content = text(cast, drafted(meeting)).content

    assert "Names at risk" not in str(content)
    assert "The raid" not in str(content)
    with cast.acting("dilys"):
        record = Restriction.objects.get(thing_key=names.key)
        reason = record.ground.words
    assert content["closed"] == [
        closed(
            "C1",
            reason=reason,
            review_on=record.review_on.isoformat(),
            whom=record.whom_to_ask,
        )
    ]


def test_a_reason_that_changes_after_the_text_was_begun_is_noticed(cast, met, restrict):
    meeting = met(items=["Names at risk"])
    with cast.acting("dilys") as dilys:
        item = Item.objects.get(title="Names at risk")
        restrict(item)
        before = source_of(dilys, meeting).digest
    restrict(item, whom_to_ask="Head of Street Care")

    with cast.acting("dilys") as dilys:
        assert source_of(dilys, meeting).digest != before


@pytest.mark.slow
def test_the_secretary_edits_a_part_with_the_record_beside_it(cast, signed_in, met, drafted):
    release = drafted(met())
    dilys = signed_in("dilys")

    shown = dilys.get(page(release, "part", 2)).text
    assert "What the record says" in shown
    assert "Tobias Wren" in shown
    sent = dilys.post(
        page(release, "part", 2),
        {"saves": 0, "f0": "Lighting", "f1": "All was said.", "f2": "That the lamps be mended."},
    )

    assert sent.status_code == 302
    assert "All was said." in words(text(cast, release))
    assert "All was said." in dilys.get(page(release)).text
    assert Line.objects.filter(what="public_text.edited").count() == 1


@pytest.mark.slow
def test_two_people_editing_one_text_are_told_and_lose_nothing(cast, signed_in, met, drafted):
    release = drafted(met())
    signed_in("dilys").post(page(release, "part", 2), {"saves": 0, "f0": "Hers", "f1": "x"})

    second = signed_in("maud").post(page(release, "part", 2), {"saves": 0, "f0": "Mine", "f1": "y"})

    assert second.status_code == 200
    assert "Somebody else changed this text meanwhile." in second.text
    assert 'value="Mine"' in second.text
    assert "Hers" in words(text(cast, release))


@pytest.mark.slow
def test_a_detail_that_still_stands_keeps_the_text_from_being_approved(
    cast, signed_in, met, drafted
):
    release = drafted(met())
    dilys = signed_in("dilys")
    dilys.post(page(release, "part", 2), {"saves": 0, "f0": "Lamps", "f1": "Jane Ferris spoke."})
    assert "1 personal detail still stands" in dilys.get(page(release)).text

    refused = dilys.post(page(release, "settle"), {"saves": 1})
    assert refused.status_code == 403
    assert "Personal details still stand in this text." in refused.text

    dilys.post(
        page(release, "part", 2),
        {"saves": 1, "f0": "Lamps", "f1": "Jane Ferris spoke.", "kept": ["Jane Ferris"]},
    )
    assert dilys.post(page(release, "settle"), {"saves": 2}).status_code == 302
    assert text(cast, release).approved_at


@pytest.mark.slow
def test_a_closed_thing_needs_its_reason_or_is_left_out(cast, signed_in, met, drafted):
    release = drafted(met(confidential=["Operation Widgeon"]))
    dilys = signed_in("dilys")

    refused = dilys.post(page(release, "settle"), {"saves": 0})
    assert refused.status_code == 403
    assert "Say of each closed thing why it is closed" in refused.text

    sent = dilys.post(
        page(release, "closed", 1),
        {"saves": 0, "reason": "Exempt: prevention of crime; the test favours closing it."},
    )
    assert sent.status_code == 302
    assert dilys.post(page(release, "settle"), {"saves": 1}).status_code == 302


def test_a_paper_without_words_has_no_accessible_version(cast, signed_in, reported, drafted):
    release = drafted(reported(summary="", recommendations=[], paragraphs=[]))

    refused = signed_in("dilys").post(page(release, "settle"), {"saves": 0})

    assert refused.status_code == 403
    assert "There is no accessible version" in refused.text


def test_an_approved_text_is_never_changed_not_even_by_hand(cast, signed_in, met, settled):
    release = settled(met())

    refused = signed_in("dilys").get(page(release, "part", 1))
    assert refused.status_code == 403
    assert "This text is approved, and stays as it is." in refused.text
    with (
        cast.acting("dilys"),
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
    ):
        PublicText.objects.filter(pk=release.text_id).update(content={})


def test_a_draft_of_what_was_restricted_since_is_neither_shown_nor_edited(
    cast, signed_in, met, drafted
):
    meeting = met()
    release = drafted(meeting)
    with cast.acting("dilys"):
        meeting.items.update(audience_id=cast.bodies["board"].office_audience_id)
    dilys = signed_in("dilys")

    shown = dilys.get(page(release)).text
    assert "Lighting" not in shown
    assert "changed or restricted since" in shown
    for refused in (
        dilys.get(page(release, "part", 2)),
        dilys.post(page(release, "part", 2), {"saves": 0, "f0": "x"}),
        dilys.post(page(release, "settle"), {"saves": 0}),
    ):
        assert refused.status_code == 403
        assert "make the public version anew" in refused.text


def test_there_is_one_version_under_way_at_a_time(cast, signed_in, met, drafted):
    meeting = met()
    drafted(meeting)

    refused = signed_in("dilys").post(reverse("editions:of_meeting", args=[meeting.key]))

    assert refused.status_code == 403
    assert "A public version of this is being made already." in refused.text


def test_nothing_of_a_hidden_body_gets_a_public_version(signed_in, met):
    meeting = met(body="silver")
    address = reverse("editions:of_meeting", args=[meeting.key])

    refused = signed_in("dilys").post(address)

    assert refused.status_code == 403
    assert "This body is hidden, so nothing of it is published." in refused.text
    assert signed_in("tobias").get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"), [("release", ()), ("part", (1,)), ("closed", (1,)), ("stop", ())]
)
def test_a_draft_is_for_the_office_alone(signed_in, met, drafted, name, more):
    release = drafted(met(confidential=["A thing"]))

    for who in ("tobias", "rowena", "gareth", "agnes", "sid"):
        assert signed_in(who).get(page(release, name, *more)).status_code == 404
    assert signed_in("dilys").get(page(release, name, *more)).status_code == 200


def test_members_who_see_the_meeting_see_whether_it_is_public_and_cannot_begin(signed_in, met):
    meeting = met()
    address = reverse("editions:of_meeting", args=[meeting.key])
    tobias = signed_in("tobias")

    assert "Nothing of this is public." in tobias.get(address).text
    refused = tobias.post(address)
    assert refused.status_code == 403
    assert "Only this body’s secretary can make public versions" in refused.text
    assert "Public version" in tobias.get(meeting.get_absolute_url()).text


@pytest.mark.slow
def test_another_tries_an_approved_text_again_as_a_new_version(cast, signed_in, met, settled):
    meeting = met()
    first = settled(meeting)
    dilys = signed_in("dilys")
    dilys.post(page(first, "stop"), {"reason": "The venue is wrong."})

    dilys.post(reverse("editions:of_meeting", args=[meeting.key]))

    assert fresh(cast, first).state == "stopped"
    listed = dilys.get(reverse("editions:of_meeting", args=[meeting.key])).text
    assert "Version 2" in listed
    assert "The venue is wrong." in listed
