"""A Word file with tracked changes: shown, asked about, read again as somebody chose."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concerted.audit.models import Line
from concerted.imports import policies, services, tasks
from concerted.imports.commands import import_files
from concerted.imports.models import File, Handover
from concerted.imports.states import FileState, ReadAs
from concerted.imports.tests.conftest import fresh
from concerted.imports.tests.test_commands import DILYS, SURE
from concerted.jobs import services as jobs
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.models import Meeting
from concerted.reading.files import NotReadable
from concerted.reading.tests.word_files import (
    by,
    commented,
    comments,
    deleted,
    ins,
    paragraph,
    run,
    word,
)

pytestmark = pytest.mark.slow


def minutes(text=SURE, *, noted="noted", instead="approved", more=(), **parts):
    """Word minutes in which somebody changed one word of a decision."""
    lines = []
    for line in text.split("\n"):
        first, found, rest = line.partition(f"the report be {noted}")
        if found:
            change = deleted(noted) + ins(instead)
            lines.append(paragraph(run(f"{first}the report be "), change, run(rest)))
        elif line:
            lines.append(paragraph(run(line)))
    return word("".join([*lines, *more]), **parts)


@pytest.fixture
def hand_over(cast, django_capture_on_commit_callbacks, dilys):
    """Post a Word file to the page and let it be read; hands back the file."""

    def post(data=None, name="draft.docx"):
        upload = SimpleUploadedFile(name, minutes() if data is None else data)
        with django_capture_on_commit_callbacks(execute=True):
            assert dilys.post(reverse("imports:list"), {"files": upload}).status_code == 302
        with cast.acting("dilys"):
            return Handover.objects.latest("id").files.get()

    return post


@pytest.fixture
def choose(dilys, django_capture_on_commit_callbacks):
    """Press one of the two buttons, and let what follows from it be done."""

    def press(file, changes="original"):
        with django_capture_on_commit_callbacks(execute=True):
            return dilys.post(reverse("imports:changes", args=[file.key]), {"changes": changes})

    return press


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.text))


# What is shown


def test_the_page_shows_each_change_and_asks_which_text_counts(dilys, hand_over):
    page = dilys.get(hand_over().get_absolute_url())

    words = words_of(page)
    assert "This Word file holds 2 tracked changes. It was read as if all changes were" in words
    assert "Replaced by Ann Lee, 1 March 2026 at 10:20am" in words
    assert "AGREED that the report be [deleted: noted] [inserted: approved] ." in words
    assert re.search(r"<del>.*noted.*</del>", page.text)
    assert re.search(r"<ins>.*approved.*</ins>", page.text)
    assert "Choose which text of the Word file counts." in words
    assert "answers typed or kept on this page are then dropped" in words


def test_comments_are_shown_and_ask_nothing(cast, dilys, hand_over):
    more = paragraph(run("It was "), commented("late"), run("."))
    said = comments((run("&lt;b&gt;Really?"), "A"))
    data = word(
        "".join(paragraph(run(line)) for line in SURE.split("\n") if line) + more, comments=said
    )

    file = hand_over(data)

    page = dilys.get(file.get_absolute_url())
    assert "Comment by Bob Dean, 1 March 2026 at 10:20am" in words_of(page)
    assert "&lt;b&gt;Really?" in page.text
    assert "It was [it stands on: late] ." in words_of(page)
    assert "Which text counts?" not in page.text
    assert not file.is_undecided


def test_a_long_list_is_folded_and_what_is_not_listed_is_counted(dilys, hand_over):
    many = "".join(ins(f"w{n} ", by(f"Writer {n}")) for n in range(305))

    page = dilys.get(hand_over(minutes(more=[paragraph(many)])).get_absolute_url())

    assert "Show the changes" in page.text
    assert "7 more changes not listed here." in page.text
    assert page.text.count("<strong>Inserted</strong>") == 298
    assert page.text.count("<strong>Replaced</strong>") == 1


def test_a_file_without_marks_has_no_such_part(dilys, received):
    assert "racked changes" not in dilys.get(received().get_absolute_url()).text


# Until somebody has chosen


def test_accepting_before_choosing_is_an_error_on_the_page_and_loses_nothing(
    cast, dilys, hand_over, answers
):
    file = hand_over()

    page = dilys.post(file.get_absolute_url(), answers(file, venue="Fenside Hall"))

    assert page.status_code == 200
    assert '<a href="#changes">Choose how this file with tracked changes is read</a>' in page.text
    assert 'id="changes"' in page.text
    assert 'value="Fenside Hall"' in page.text
    with cast.acting("dilys"):
        assert not Meeting.objects.exists()


def test_the_service_refuses_an_undecided_file_too(hand_over, accepted, cast, review_of):
    file = hand_over()

    with cast.acting("dilys") as actor, pytest.raises(NotAllowed, match="First choose"):
        services.accept(actor, file=file, number=1, answers={})


def test_the_command_leaves_it_to_a_person_and_says_so(cast):
    outcome = import_files(DILYS, [("draft.docx", minutes())], accept=True, personal="keep")

    assert (outcome.accepted, outcome.to_check) == (0, ["draft.docx"])
    assert outcome.undecided == ["draft.docx"]


def test_minutes_without_changes_are_accepted_by_the_command(cast):
    plain = word("".join(paragraph(run(line)) for line in SURE.split("\n") if line))

    outcome = import_files(DILYS, [("plain.docx", plain)], accept=True, personal="keep")

    assert (outcome.accepted, outcome.undecided) == (1, [])


# Choosing


def test_the_text_that_was_read_is_settled_at_once(cast, dilys, hand_over, choose):
    file = hand_over()
    before = Line.objects.count()

    response = choose(file, "accepted")

    assert response["Location"] == file.get_absolute_url()
    file = fresh(cast, file)
    assert (file.state, file.read_as, file.is_undecided) == ("read", "accepted", False)
    assert [line.what for line in Line.objects.all()[: Line.objects.count() - before]] == [
        "file.changes_chosen"
    ]
    page = dilys.get(file.get_absolute_url()).text
    assert "You chose this text." in page
    assert "Read it with the changes" not in page


def test_the_text_before_is_read_again_with_progress_and_a_line_in_the_trail(
    cast, dilys, hand_over, choose
):
    file = hand_over()

    response = choose(file)

    assert "/jobs/" in response["Location"]
    assert "Reading draft.docx again" in dilys.get(response["Location"]).text
    assert Line.objects.filter(what="file.changes_chosen").count() == 1
    file = fresh(cast, file)
    assert (file.state, file.read_as, file.is_undecided) == ("read", "original", False)
    assert "be noted" in file.reading["text"]
    page = words_of(dilys.get(file.get_absolute_url()))
    assert "It was read as it was before the changes." in page
    assert "Read it with the changes" in page


@pytest.mark.usefixtures("children")
def test_there_and_back_again_gives_the_first_reading(cast, hand_over, choose):
    file = hand_over()
    choose(file)
    choose(file, "accepted")

    assert fresh(cast, file).reading == file.reading


def test_records_are_made_of_the_text_that_was_chosen(cast, dilys, hand_over, choose, answers):
    file = hand_over()
    choose(file)
    file = fresh(cast, file)

    response = dilys.post(file.get_absolute_url(), answers(file, read_as="original"))

    assert response.status_code == 302, words_of(response)[:2000]
    with cast.acting("dilys"):
        decisions = [one.text for one in Meeting.objects.get().items.last().decisions.all()]
    assert any("noted" in one for one in decisions)
    assert not any("approved" in one for one in decisions)
    assert fresh(cast, file).read_as == "original"
    assert (
        "Chosen: read as it was before its tracked changes."
        in dilys.get(reverse("imports:list")).text
    )


def test_answers_to_the_other_text_are_dropped_and_those_sent_late_refused(
    cast, dilys, hand_over, choose, answers
):
    file = hand_over()
    late = answers(file, read_as="accepted")
    dilys.post(file.get_absolute_url(), late | {"do": "keep"})
    assert fresh(cast, file).answers

    choose(file)

    assert fresh(cast, file).answers == {}
    for do in ("accept", "keep"):
        response = dilys.post(file.get_absolute_url(), late | {"do": do})
        assert response.status_code == 403
        assert "This file was read again after you opened its page" in response.text


def test_a_file_read_again_between_the_look_and_the_lock_is_not_accepted(
    cast, hand_over, choose, answers
):
    seen = hand_over()
    choose(seen, "original")

    with cast.acting("dilys") as actor:
        for write in (
            lambda: services.accept(actor, file=seen, number=1, answers={}),
            lambda: services.keep_answers(actor, file=seen, number=1, answers={}),
        ):
            with pytest.raises(NotAllowed, match="read again"):
                write()


# When the other text cannot be had


def test_where_all_of_it_was_inserted_the_text_with_changes_stays(cast, dilys, hand_over, choose):
    lines = [line for line in SURE.split("\n") if line]
    file = hand_over(word("".join(paragraph(ins(line), mark=f"<w:ins{by()}/>") for line in lines)))

    choose(file)

    after = fresh(cast, file)
    assert (after.state, after.read_as, after.is_undecided) == ("read", "accepted", True)
    assert after.reading == file.reading
    page = words_of(dilys.get(file.get_absolute_url()))
    assert "could not be read as it was before the changes, so it stays read as if all" in page
    assert "This file holds no text" in page


def test_where_the_other_text_is_no_minutes_the_first_stays(cast, hand_over, choose):
    head, *rest = [line for line in SURE.split("\n") if line]
    body = paragraph(run(head)) + "".join(
        paragraph(ins(line), mark=f"<w:ins{by()}/>") for line in rest
    )
    file = hand_over(word(body))

    choose(file)

    after = fresh(cast, file)
    assert (after.state, after.read_as, after.is_undecided) == ("read", "accepted", True)
    assert after.sentence.startswith("This file could not be read as it was before")


def waits_again(cast, file):
    """Chosen, and not read again yet."""
    with cast.acting("dilys") as actor:
        return services.choose_changes(actor, file=file, read_as=ReadAs.ORIGINAL)


def read_again(cast, file):
    tasks.read_handover(
        handover_key=file.handover.key, account_id=cast.accounts["dilys"].pk, again=file.key
    )


def test_cancelled_it_stays_as_it_was_read(cast, hand_over):
    file = hand_over()
    job = waits_again(cast, file)
    with cast.acting("dilys") as actor:
        jobs.cancel(actor, job=job)

    read_again(cast, file)

    after = fresh(cast, file)
    assert (after.state, after.read_as) == ("read", "accepted")
    assert after.sentence.endswith("You cancelled.")


def test_a_fault_of_ours_leaves_it_as_it_was_read(cast, hand_over, monkeypatch, caplog):
    def fails(*args, **kwargs):
        raise RuntimeError("no room")

    file = hand_over()
    job = waits_again(cast, file)
    monkeypatch.setattr(tasks, "read_each", fails)

    read_again(cast, file)

    after = fresh(cast, file)
    assert (after.state, after.read_as) == ("read", "accepted")
    assert "Something went wrong on our side." in after.sentence
    with cast.acting("dilys"):
        job.refresh_from_db()
    assert job.state == "failed"


def test_a_sentence_of_the_reader_is_passed_on(cast, hand_over, monkeypatch):
    def refuses(files, **kwargs):
        return [(given.of, NotReadable("It took too long.")) for given in files]

    file = hand_over()
    waits_again(cast, file)
    monkeypatch.setattr(tasks, "read_each", refuses)

    read_again(cast, file)

    assert fresh(cast, file).sentence.endswith("It took too long.")


def test_of_several_files_only_the_chosen_one_is_read_again(cast):
    with cast.acting("dilys") as actor:
        both = [("a.docx", minutes()), ("b.docx", minutes(instead="endorsed"))]
        handover = services.hand_over(actor, files=both)
    tasks.read_handover(handover_key=handover.key, account_id=cast.accounts["dilys"].pk)
    with cast.acting("dilys"):
        chosen, other = handover.files.order_by("position")
        File.objects.filter(pk=other.pk).update(state=FileState.WAITING)
    job = waits_again(cast, chosen)

    read_again(cast, chosen)

    assert fresh(cast, chosen).state == FileState.READ
    assert fresh(cast, other).state == FileState.WAITING
    with cast.acting("dilys"):
        job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 1, 1)


def test_begun_again_by_another_worker_it_is_not_read_twice(cast, hand_over, monkeypatch):
    file = hand_over()
    waits_again(cast, file)
    read_again(cast, file)
    taken = []
    monkeypatch.setattr(tasks, "read_each", lambda files, **rest: taken.extend(files) or [])

    read_again(cast, file)

    assert taken == []
    assert fresh(cast, file).read_as == "original"


def test_a_reading_that_was_overtaken_by_another_choice_is_not_kept(cast, hand_over):
    seen = hand_over()
    waits_again(cast, seen)

    with cast.acting("dilys") as actor:
        services.was_read(actor, file=seen, reading=None, notes=[])

    assert fresh(cast, seen).state == FileState.WAITING


# Who may, and when


@pytest.mark.parametrize("who", ["maud", "tobias"])
def test_a_file_of_somebody_else_is_not_there(signed_in, hand_over, who):
    address = reverse("imports:changes", args=[hand_over().key])

    assert signed_in(who).post(address, {"changes": "original"}).status_code == 404


def test_who_lost_the_post_is_refused_with_the_sentence(lost_the_post, hand_over, choose):
    file = hand_over()
    lost_the_post()

    response = choose(file)

    assert response.status_code == 403
    assert "Only a secretary or the partnership manager" in response.text


def test_another_method_is_not_allowed(dilys, hand_over):
    assert dilys.get(reverse("imports:changes", args=[hand_over().key])).status_code == 405


@pytest.mark.parametrize("changes", ["", "both", "original\0"])
def test_a_choice_that_is_none_is_said(cast, dilys, hand_over, choose, changes):
    file = hand_over()

    response = choose(file, changes)

    assert response["Location"] == file.get_absolute_url()
    assert "Choose one of the two ways" in dilys.get(response["Location"]).text
    assert fresh(cast, file).is_undecided


def test_a_file_without_changes_has_nothing_to_choose(received, choose):
    response = choose(received())

    assert response.status_code == 403
    assert "there is nothing to choose" in response.text


@pytest.mark.parametrize(
    ("state", "begun", "sentence"),
    [
        (FileState.READ, False, ""),
        (FileState.READ, True, "how it was read cannot change"),
        (FileState.ACCEPTED, True, "how it was read cannot change"),
        (FileState.ACCEPTED, False, "how it was read cannot change"),
        (FileState.WAITING, False, "This file has not been read yet."),
        (FileState.REFUSED, False, "This file could not be read."),
        (FileState.REJECTED, False, "This file was put aside."),
    ],
)
def test_may_choose_changes(cast, state, begun, sentence):
    with cast.acting("dilys") as actor:
        verdict = policies.may_choose_changes(
            actor, File(state=state, markup={"changes": ["one"]}), begun=begun
        )

    assert bool(verdict) is (sentence == "")
    assert sentence in verdict.why_not


def test_after_one_of_two_meetings_the_choice_is_kept(cast, dilys, hand_over, choose, answers):
    second = SURE.replace("11th March, 2014", "13th May, 2014")
    file = hand_over(minutes(f"{SURE}\n{second}"))
    choose(file, "accepted")
    file = fresh(cast, file)
    assert dilys.post(file.get_absolute_url(), answers(file)).status_code == 302

    page = dilys.get(file.get_absolute_url(), follow=True).text
    response = choose(file)

    assert "so how it was read cannot change" in page
    assert 'name="changes"' not in page
    assert response.status_code == 403
    assert "how it was read cannot change" in response.text
