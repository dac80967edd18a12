"""Minutes by way of Word, from the file that goes out to what is taken up; and what is refused."""

import io
import re

import pytest

from concerted.audit.models import Line
from concerted.minuting.models import Correction
from concerted.word_files.models import Template
from concerted.word_files.tests.conftest import Paper
from concerted.word_files.tests.test_round_trip import as_template

pytestmark = pytest.mark.django_db


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def at(writing, place=""):
    return f"/word/{writing.key}/{place}"


def form_of(response):
    """What the form of a page sends, as a browser would: ticked boxes alone."""
    page = response.content.decode()
    form = page[page.index("<form action=") :]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        has = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if has.get("type") != "checkbox" or " checked" in tag:
            sent.setdefault(has["name"], []).append(has.get("value", ""))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.S
    ):
        sent.setdefault(name, []).append(text)
    return sent


def brought(client, writing, paper, place="typed/"):
    return client.post(at(writing, place), {"file": paper.saved()})


def test_minutes_typed_in_word_come_back_into_their_items(writing, taken, signed_in):
    writing.begun()
    dilys = signed_in("dilys")
    paper = taken(dilys, at(writing, "skeleton.docx"))
    paper.type_below("2. Patrols", "AGREED that patrols go on.").tick("Tobias Wren", "present")

    page = brought(dilys, writing, paper)
    after = dilys.post(at(writing, "typed/take/"), form_of(page), follow=True)

    assert "Nothing is typed here yet" in said(page)
    assert "2 items say the same" in said(page)
    assert "Taken up from the Word file" in said(after)
    with writing.cast.acting("dilys") as actor:
        assert writing.draft("Patrols").text == "AGREED that patrols go on."
        minutes = writing.minutes(actor)
        assert minutes.attenders.get(name="Tobias Wren").came == "present"
    for what in ("minutes.taken", "minutes.brought", "draft.saved", "minutes.attended"):
        assert Line.objects.filter(what=what).exists(), what


def test_what_somebody_typed_here_meanwhile_is_shown_and_not_chosen(writing, taken, signed_in):
    writing.begun()
    dilys = signed_in("dilys")
    paper = taken(dilys, at(writing, "skeleton.docx")).type_below("2. Patrols", "From the file.")
    writing.types("Patrols", "Typed here.", who="maud")

    page = brought(dilys, writing, paper)

    assert "Somebody typed under this item here after the file was taken" in said(page)
    with writing.cast.acting("dilys"):
        draft = writing.draft("Patrols")
    assert f"take-{draft.key}" not in form_of(page)


def test_of_two_who_save_at_once_neither_overwrites_the_other(writing, taken, signed_in):
    writing.begun()
    dilys = signed_in("dilys")
    paper = taken(dilys, at(writing, "skeleton.docx")).type_below("2. Patrols", "From the file.")
    paper.type_below("1. Welcome", "All were welcomed.")
    page = brought(dilys, writing, paper)
    writing.types("Patrols", "Typed here.", who="maud")

    again = dilys.post(at(writing, "typed/take/"), form_of(page))

    assert again.status_code == 409
    assert "nothing was taken up" in said(again)
    assert "From the file." in said(again)
    with writing.cast.acting("dilys"):
        assert writing.draft("Patrols").text == "Typed here."
        assert writing.draft("Welcome").text == ""


def test_text_that_belongs_to_no_item_can_be_put_to_one(writing, taken, signed_in):
    writing.begun()
    dilys = signed_in("dilys")
    paper = taken(dilys, at(writing, "skeleton.docx")).type_below("3. Shop theft", "Kept words.")
    with writing.cast.acting("dilys"):
        welcome = writing.draft("Welcome").key
        writing.draft("Shop theft").delete()

    page = brought(dilys, writing, paper)
    assert "Below “3. Shop theft”" in said(page)
    sent = form_of(page) | {"stray-to-0": welcome}
    dilys.post(at(writing, "typed/take/"), sent)

    with writing.cast.acting("dilys"):
        assert writing.draft("Welcome").text == "Kept words."


@pytest.mark.slow
def test_nothing_chosen_and_files_that_cannot_be_used_are_sentences(writing, signed_in, taken):
    writing.begun()
    dilys = signed_in("dilys")
    paper = taken(dilys, at(writing, "skeleton.docx"))

    assert "Choose the Word file" in said(dilys.post(at(writing, "typed/")))
    for data, words in (
        (b"hello", "This is not a Word file"),
        (b"PK\x03\x04 broken", "damaged and cannot be opened"),
        (as_template(), "not a Word file that was made here"),
    ):
        held = io.BytesIO(data)
        held.name = "minutes.docx"
        answer = dilys.post(at(writing, "typed/"), {"file": held})
        assert answer.status_code == 422
        assert words in said(answer)
    none = dilys.post(at(writing, "typed/take/"), {})
    assert none.status_code == 422
    assert "Choose at least one thing" in said(none)
    assert "No item differs" in said(brought(dilys, writing, paper))


def test_only_the_office_takes_the_file_and_brings_it_back(writing, signed_in, cast):
    writing.begun()

    for place in ("skeleton.docx", "typed/"):
        assert signed_in("agnes").get(at(writing, place)).status_code == 404
        tobias = signed_in("tobias").get(at(writing, place))
        assert tobias.status_code == 403
        assert "Only this body’s secretary can write its minutes" in said(tobias)
    assert signed_in("dilys").get(at(writing, "typed/take/")).status_code == 405
    assert signed_in("dilys").post(at(writing, "skeleton.docx")).status_code == 405
    assert signed_in("dilys").get(at(writing, "minutes.docx")).status_code == 404


def test_a_restricted_item_marks_the_file_and_stays_out_of_that_of_others(
    writing, signed_in, taken, cast, restrict
):
    writing.begun()
    with cast.acting("dilys"):
        item = writing.draft("Shop theft").item
    writing.types("Shop theft", "A name was named.")
    restrict(item, "Wyleshire Police", "Partnership secretary")

    own = taken(signed_in("dilys"), at(writing, "skeleton.docx"))
    others = taken(signed_in("maud"), at(writing, "skeleton.docx"))

    assert "OFFICIAL-SENSITIVE" in own.document.sections[0].header.paragraphs[0].text
    assert "A name was named." in [one.text for one in own.document.paragraphs]
    words = " ".join(one.text for one in others.document.paragraphs)
    assert "3. Closed item" in words
    assert "Shop theft" not in words
    assert "A name was named." not in words
    assert Line.objects.filter(what="item.consulted", reference=item.key).exists()


# Corrections


@pytest.fixture
def recorded(writing):
    writing.begun()
    writing.types("Patrols", "Two cars were seen.\n\nNoted.")
    return writing.recorded()


def test_the_chairs_tracked_changes_become_corrections(recorded, taken, signed_in):
    dilys, rowena = signed_in("dilys"), signed_in("rowena")
    paper = taken(rowena, at(recorded, "minutes.docx")).track("Two cars", "Three cars")

    page = brought(dilys, recorded, paper, "corrections/")
    assert "By Rowena Thackley, as the file says" in said(page)
    nothing = dilys.post(at(recorded, "corrections/take/"), form_of(page))
    assert nothing.status_code == 422
    done = dilys.post(
        at(recorded, "corrections/take/"), form_of(page) | {"take-0": "yes"}, follow=True
    )

    assert "The correction is recorded. The minutes stay as they are." in said(done)
    with recorded.cast.acting("dilys"):
        [one] = Correction.objects.all()
        assert (one.before, one.after) == ("Two cars were seen.", "Three cars were seen.")
        assert "Two cars" in one.item.text


def test_words_that_are_not_in_the_minutes_are_not_corrected(recorded, taken, signed_in):
    dilys = signed_in("dilys")
    paper = taken(dilys, at(recorded, "minutes.docx"))
    paper.paragraph("Two cars").runs[0].text = "Nine cars were seen."
    paper.track("Nine cars", "Three cars")

    page = brought(dilys, recorded, paper, "corrections/")

    assert "was changed without Track Changes as well" in said(page)
    assert "cannot be recorded from here" in said(page)
    dilys.post(at(recorded, "corrections/take/"), form_of(page) | {"take-0": "yes"})
    with recorded.cast.acting("dilys"):
        assert not Correction.objects.exists()


def test_after_circulation_it_is_asked_which_meeting_agreed(recorded, taken, signed_in):
    recorded.circulated()
    dilys = signed_in("dilys")
    paper = taken(dilys, at(recorded, "minutes.docx")).track("Two cars", "")

    page = brought(dilys, recorded, paper, "corrections/")
    refused = dilys.post(at(recorded, "corrections/take/"), form_of(page) | {"take-0": "yes"})

    assert refused.status_code == 422
    assert "Say at which meeting this correction was agreed" in said(refused)


def test_a_member_brings_no_corrections(recorded, signed_in):
    assert signed_in("agnes").get(at(recorded, "corrections/")).status_code == 404
    refused = signed_in("tobias").get(at(recorded, "corrections/"))
    assert refused.status_code in (403, 404)
    assert signed_in("dilys").get(at(recorded, "corrections/take/")).status_code == 405


# The template


def test_files_are_made_in_the_partnerships_own_template(writing, signed_in, taken):
    dilys = signed_in("dilys")
    writing.begun()
    held = io.BytesIO(as_template())
    held.name = "House style.docx"

    kept = dilys.post("/word/template/", {"file": held}, follow=True)
    paper = taken(dilys, at(writing, "skeleton.docx"))

    assert "House style.docx" in said(kept)
    assert paper.document.sections[0].header.paragraphs[0].text == "Safer Marlbeck"
    dilys.post("/word/template/own/")
    assert isinstance(taken(dilys, at(writing, "skeleton.docx")), Paper)
    with writing.cast.acting("dilys"):
        assert Template.objects.count() == 2


def test_a_template_that_loads_from_elsewhere_or_comes_from_a_member_is_refused(signed_in):
    linked = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/attachedTemplate" Target="https://example.org/t.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    held = io.BytesIO(as_template(**{"word/_rels/more.xml.rels": linked}))
    held.name = "linked.docx"

    answer = signed_in("dilys").post("/word/template/", {"file": held})
    assert answer.status_code == 422
    assert "loads something from elsewhere" in said(answer)
    held.seek(0)
    member = signed_in("tobias").post("/word/template/", {"file": held})
    assert member.status_code == 403
    assert "Only a secretary of all bodies" in said(member)
    assert signed_in("dilys").get("/word/template/own/").status_code == 405
