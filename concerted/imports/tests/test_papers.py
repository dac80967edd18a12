"""A report handed over becomes a paper: what is asked, what is withheld, what is held for whom."""

import datetime

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.documents.models import Version
from concerted.imports import services
from concerted.imports.models import File
from concerted.imports.paper_review import ASK_FIRST, HELD
from concerted.imports.states import FileState
from concerted.imports.tests.conftest import fresh
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.papers.models import Paper, Presentation
from concerted.papers.states import Tier

pytestmark = pytest.mark.slow

DAY = datetime.date(2014, 3, 11)
REPORT = """Agenda Item 7

Marlbeck Borough Council

REPORT TO SAFER MARLBECK BOARD

11 MARCH 2014

REPORT OF PARTNERSHIP SECRETARY

GRAFFITI ON RAILWAY LAND

SUMMARY

Graffiti on railway land stays for months.

RECOMMENDATIONS

1. That the Board writes to the railway company.

2. That the Board agrees to:

(a) a count in May; and

(b) a report in July.

BACKGROUND

3. Residents expect graffiti to be gone in ten days. Janet Wilmot and Susan Reed asked in 2013.

4. Ring Karl Yates on 01632 960123 with any questions. The count is at Appendix A.

Appendix A – Count by street (exempt)

Name of Contact Officer: Karl Yates
Post Title: Street care manager
Telephone No: 01632 960123
Email: karl.yates@marlbeck.example
"""
MARKED = f"RESTRICTED\n\n{REPORT}"


@pytest.fixture
def handed_over(received):
    """A report handed over and read, without the child process."""

    return lambda text=REPORT: received(text, name="graffiti.txt")


@pytest.fixture
def paper_of(cast, accepted, handed_over):
    """The paper that is made of a report, all questions answered in the first way offered."""

    def make(text=REPORT, **changes):
        accepted(handed_over(text), **changes)
        with cast.acting("dilys"):
            return Paper.objects.select_related("author", "organisation", "body").latest("id")

    return make


# What is asked


def test_what_is_sure_stands_ready_and_only_personal_details_are_asked(review_of, handed_over):
    review = review_of(handed_over())

    assert review.questions == []
    assert [card.title for card in review.personal] == [
        "Janet Wilmot (person)",
        "Susan Reed (person)",
    ]
    assert len(review.points) == 2
    ready = {one.name: one.initial for one in review.fields if hasattr(one, "initial")}
    assert ready["title"] == "GRAFFITI ON RAILWAY LAND"
    assert ready["held_on"] == "11 March 2014"
    assert ready["g0_item"] == "7"


@pytest.mark.parametrize(
    ("change", "question"),
    [
        (("SAFER MARLBECK BOARD", "UNHEARD OF BOARD"), "Whose paper is it?"),
        (("11 MARCH 2014", "TUESDAY 12 MARCH 2014"), "Which day does the report bear?"),
        (("11 MARCH 2014\n", "\n"), "Date: the text gives none"),
        (("Marlbeck Borough Council\n", "\n"), None),
        (("REPORT OF PARTNERSHIP SECRETARY", "REPORT OF PARK KEEPER"), None),
        (("Marlbeck Borough Council", "Unheard of Council"), None),
    ],
)
def test_what_is_not_sure_is_asked(review_of, handed_over, change, question):
    review = review_of(handed_over(REPORT.replace(*change)))

    titles = [card.title for card in review.questions]
    assert titles == [] if question is None else question in titles


def test_who_owns_it_is_asked_where_neither_the_head_nor_the_author_tells(review_of, handed_over):
    text = REPORT.replace("Marlbeck Borough Council\n", "").replace("PARTNERSHIP SECRETARY", "X Y")

    review = review_of(handed_over(text))

    assert "Which organisation owns it?" in [card.title for card in review.questions]


def test_the_marks_in_the_text_lead_to_what_was_read(review_of, handed_over):
    review = review_of(handed_over())

    marked = {
        (mark.ref[0], review.reading.text[mark.span.start : mark.span.end][:22])
        for mark in review.marks
    }
    assert ("R", "1. That the Board writ") in marked
    assert ("C", "karl.yates@marlbeck.ex") in marked
    assert ("P", "Janet Wilmot") in marked


# What becomes of it


def test_a_paper_is_made_with_all_that_the_report_says(cast, paper_of):
    paper = paper_of()

    assert (paper.title, paper.dated_on) == ("GRAFFITI ON RAILWAY LAND", DAY)
    assert paper.body == cast.bodies["board"]
    assert paper.author == cast.posts["secretary"]
    assert paper.organisation == cast.organisations["council"]
    assert paper.contact_post == "Street care manager"
    assert paper.tier == Tier.OFFICIAL
    assert paper.audience_id == paper.body.papers_audience_id
    with cast.acting("tobias"):
        assert [(one.ref, one.text, one.parts) for one in paper.recommendations.all()] == [
            ("1", "That the Board writes to the railway company.", []),
            (
                "2",
                "That the Board agrees to:",
                [["(a)", "a count in May; and"], ["(b)", "a report in July."]],
            ),
        ]
        assert [one.ref for one in paper.paragraphs.all()] == ["3", "4"]
        assert {one.heading for one in paper.paragraphs.all()} == {"BACKGROUND"}
        [appendix] = paper.appendices.all()
        assert (appendix.ref, appendix.title, appendix.marking, appendix.here) == (
            "A",
            "Count by street",
            "exempt",
            False,
        )
        [put] = paper.presentations.all()
        assert (put.body, put.on, put.item_ref) == (cast.bodies["board"], DAY, "7")


def test_whom_to_contact_is_in_none_of_its_words(cast, paper_of):
    paper = paper_of(p0="replace", p0_with="a resident")

    with cast.acting("dilys"):
        words = " ".join(
            str(value)
            for row in (
                paper,
                *paper.recommendations.all(),
                *paper.paragraphs.all(),
                *paper.appendices.all(),
            )
            for value in vars(row).values()
        )
    for private in ("Karl Yates", "01632", "karl.yates", "Janet Wilmot"):
        assert private not in words
    assert "Ring [withheld] on [withheld] with any questions." in words
    assert "a resident and Susan Reed asked" in words


def test_the_file_goes_to_the_office_and_the_trail_says_so(cast, handed_over, accepted):
    file = handed_over()
    before = Line.objects.count()

    accepted(file)

    lines = [line.what for line in Line.objects.all()[: Line.objects.count() - before]]
    assert {"paper.accepted", "recommendation.recorded", "presentation.recorded"} < set(lines)
    assert {"file.accepted", "document.accepted"} < set(lines)
    office = cast.bodies["board"].office_audience_id
    with cast.acting("dilys"):
        kept = fresh(cast, file)
        assert kept.state == FileState.ACCEPTED
        assert kept.audience_id == kept.version.audience_id == office
    with cast.acting("tobias"):
        assert Paper.objects.exists()
        assert not Version.objects.exists()


def test_the_same_paper_is_not_put_on_record_twice(handed_over, accepted):
    accepted(handed_over())

    with pytest.raises(NotAllowed, match="has a paper of that title and day"):
        accepted(handed_over(REPORT + "\n\n"))


def test_a_recommendation_without_its_tick_is_left_out(cast, paper_of):
    paper = paper_of(r1_keep="")

    with cast.acting("dilys"):
        assert paper.recommendations.count() == 1


# The meetings that it goes to


def test_a_meeting_on_record_is_found(cast, paper_of):
    with cast.acting("dilys") as dilys:
        meeting = meetings.plan(dilys, body=cast.bodies["board"], held_on=DAY)

    paper = paper_of()

    with cast.acting("tobias"):
        assert paper.presentations.get().meeting_key == meeting.key


def test_a_meeting_put_on_record_later_is_found_then(cast, paper_of):
    paper = paper_of()
    with cast.acting("dilys") as dilys:
        assert paper.presentations.get().meeting_key == ""
        meeting = meetings.plan(dilys, body=cast.bodies["board"], held_on=DAY)
        assert paper.presentations.get().meeting_key == meeting.key
    assert Line.objects.filter(what="presentation.linked").count() == 1


def test_a_paper_can_go_to_two_bodies(cast, paper_of):
    item = "Agenda Item 7"
    paper = paper_of(REPORT.replace(item, f"{item} Fenside area board 18 March 2014"))

    with cast.acting("dilys"):
        assert {(one.body.name, one.on.day, one.item_ref) for one in paper.presentations.all()} == {
            ("Fenside area board", 18, "7"),
            ("Safer Marlbeck Board", 11, ""),
        }


def test_a_meeting_that_it_does_not_go_to_is_left_out(cast, paper_of):
    paper = paper_of(g0_body="nowhere")

    with cast.acting("dilys"):
        assert not Presentation.objects.filter(paper=paper).exists()


# Markings


def test_a_marked_report_asks_first_and_stays_with_its_uploader(
    cast, dilys, handed_over, review_of, answers
):
    file = handed_over(MARKED)

    review = review_of(file)
    assert review.questions[0].title == "This report is marked “RESTRICTED”. How is it held?"
    given = answers(file)
    for held in ("", ASK_FIRST):
        response = dilys.post(file.get_absolute_url(), given | {"held": held})
        assert response.status_code == 200
        assert "There is a problem" in response.text
    file = fresh(cast, file)
    assert (file.state, file.audience_id) == (FileState.READ, file.handover.audience_id)
    with cast.acting("maud"):
        assert not File.objects.exists()
        assert not Paper.objects.exists()


def test_a_held_paper_is_for_the_office_alone_and_looked_at_again(cast, paper_of):
    paper = paper_of(MARKED, held=HELD, review_on="1 May 2027")

    assert (paper.tier, paper.marking) == (Tier.SENSITIVE, "RESTRICTED")
    assert paper.review_on == datetime.date(2027, 5, 1)
    assert paper.audience_id == cast.bodies["board"].office_audience_id
    for reader in ("tobias", "rowena", "priti"):
        with cast.acting(reader):
            assert not Paper.objects.exists()
            assert not Presentation.objects.exists()


def test_without_a_day_to_look_again_it_is_not_accepted(dilys, handed_over, answers):
    file = handed_over(MARKED)

    response = dilys.post(file.get_absolute_url(), answers(file, held=HELD))

    assert "Say when the marking is looked at again" in response.text


def test_an_answer_forged_past_the_form_is_refused(cast, handed_over, review_of, answers):
    from concerted.imports.forms import PaperForm  # noqa: PLC0415

    file = handed_over(MARKED)
    form = PaperForm(review_of(file), data=answers(file, held=HELD, review_on="1 May 2027"))
    assert form.is_valid(), form.errors
    with cast.acting("dilys") as dilys, pytest.raises(NotAllowed, match="carries a marking"):
        services.accept(dilys, file=file, number=1, answers=form.cleaned_data | {"held": ""})


@pytest.mark.parametrize("marking", ["SECRET", "TOP SECRET"])
def test_a_report_marked_higher_is_refused_and_nothing_is_read_from_it(cast, handed_over, marking):
    file = handed_over(f"{marking}\n\n{REPORT}")

    assert file.state == FileState.REFUSED
    assert "higher than OFFICIAL-SENSITIVE" in file.sentence
    assert file.reading is None


@pytest.mark.parametrize("words", ["SECRET", "OFFICIAL-SENSITIVE", "restricted", "exempt"])
def test_words_of_the_body_never_count_as_a_marking(handed_over, review_of, words):
    file = handed_over(REPORT.replace("in ten days.", f"in ten days, which was {words}."))

    assert file.state == FileState.READ
    assert not review_of(file).marked


# The page


def test_the_page_shows_the_report_and_what_is_withheld(dilys, handed_over):
    file = handed_over()

    page = dilys.get(file.get_absolute_url())

    assert page.status_code == 200
    for words in (
        "This is a report, so it becomes a paper.",
        "Whom to contact is withheld in any case",
        "Readers see the post (Street care manager)",
        "That the Board writes to the railway company.",
        "On acceptance: 1 paper with 2 recommendations, 2 paragraphs and 1 appendix.",
    ):
        assert words in page.text


def test_accepting_on_the_page_leads_to_the_paper(cast, dilys, handed_over, answers):
    file = handed_over()

    response = dilys.post(file.get_absolute_url(), answers(file), follow=True)

    with cast.acting("dilys"):
        assert response.redirect_chain[-1][0] == Paper.objects.get().get_absolute_url()
    assert "Made into records." in response.text
    listed = dilys.get(reverse("imports:list")).text
    assert "GRAFFITI ON RAILWAY LAND" in listed


def test_what_was_kept_for_later_is_there_again(dilys, handed_over):
    file = handed_over()

    dilys.post(file.get_absolute_url(), {"title": "Graffiti", "do": "keep"})

    assert 'value="Graffiti"' in dilys.get(file.get_absolute_url()).text


def test_a_report_that_was_accepted_is_not_checked_again(dilys, handed_over, accepted):
    file = handed_over()
    accepted(file)

    for response in (dilys.get(file.get_absolute_url()), dilys.post(file.get_absolute_url())):
        assert response.status_code == 403
        assert "made into records already" in response.text


def test_a_report_has_one_thing_to_check(dilys, handed_over):
    file = handed_over()

    assert dilys.get(reverse("imports:review_of", args=[file.key, 2])).status_code == 404


@pytest.mark.parametrize("who", ["maud", "tobias"])
def test_nobody_else_can_tell_that_it_is_there(signed_in, handed_over, who):
    file = handed_over()

    assert signed_in(who).get(file.get_absolute_url()).status_code == 404


def test_what_a_report_holds_is_shown_as_words_never_as_markup(dilys, handed_over, answers):
    bad = "<script>alert(1)</script>"
    file = handed_over(REPORT.replace("railway company", bad).replace("RAILWAY LAND", bad))

    page = dilys.get(file.get_absolute_url()).text
    made = dilys.post(file.get_absolute_url(), answers(file), follow=True).text

    for text in (page, made):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text
