"""The pages: hand over (bad input too), check, keep, accept, reject; each by the same list."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.audit.models import Line
from concerted.documents.models import Version
from concerted.imports import services
from concerted.imports.models import File, Handover
from concerted.imports.states import FileState
from concerted.imports.tests.conftest import BOARD, fresh
from concerted.jobs.models import Job
from concerted.meetings.models import Meeting

LIST = reverse("imports:list")
SECOND = BOARD.replace("11th March, 2014", "13th May, 2014")
ONLY = "Only a secretary or the partnership manager can hand over minutes."


def upload(name, data):
    return SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())


@pytest.fixture
def hand_over(dilys, cast, django_capture_on_commit_callbacks):
    """Post files to the page and let them be read; hands back how each of them stands."""

    def post(*files):
        with django_capture_on_commit_callbacks(execute=True):
            response = dilys.post(LIST, {"files": [upload(*file) for file in files]})
        assert response.status_code == 302, response.text[:3000]
        with cast.acting("dilys"):
            return list(Handover.objects.latest("id").files.order_by("position"))

    return post


def count_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([one for one in asked if not re.match("BEGIN|SAVEPOINT|RELEASE", one["sql"])])


# Handing over


def test_what_is_handed_over_leaves_lines_in_the_trail_and_is_ones_own(cast, hand_over):
    before = Line.objects.count()

    [file] = hand_over(("board.txt", BOARD))

    lines = {line.what for line in Line.objects.all()[: Line.objects.count() - before]}
    assert lines == {"handover.made", "job.begun", "document.received", "file.read"}
    with cast.acting("maud"):
        assert not File.objects.exists()
        assert not Version.objects.exists()
        assert not Job.objects.exists()
    assert file.state == FileState.READ


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti", "owen", "sid"])
def test_others_may_not_hand_over_and_are_told_why(signed_in, who):
    client = signed_in(who)

    for response in (client.get(LIST), client.post(LIST, {"files": upload("a.txt", BOARD)})):
        assert response.status_code == 403
        assert ONLY in response.text
    assert Line.objects.filter(what="request.refused").count() == 2


def test_no_file_chosen_is_said(dilys):
    response = dilys.post(LIST, {})

    assert response.status_code == 200
    assert "Choose at least one file" in response.text


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p>" + b"a" * 120_000_000)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.usefixtures("children")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        ("bomb.docx", zip_bomb),
        ("broken.docx", b"PK\x03\x04 this is no archive"),
        ("shopping.txt", b"Milk, eggs, a bag of flour and something for the cat."),
    ],
)
def test_a_file_that_is_no_minutes_gets_a_sentence(cast, dilys, hand_over, name, data):
    [file] = hand_over((name, data() if callable(data) else data))

    assert file.state == FileState.REFUSED
    assert file.sentence.endswith(".")
    assert len(file.sentence) > 20
    assert not file.reading or not file.reading["meetings"]
    page = dilys.get(LIST).text
    assert "Not read" in page
    assert file.sentence.split("“")[0][:40].replace("'", "&#39;") in page
    refused = dilys.get(file.get_absolute_url())
    assert refused.status_code == 403
    assert "This file could not be read." in refused.text
    with cast.acting("dilys"):
        assert not Meeting.objects.exists()


@pytest.fixture
def small(settings):
    settings.UPLOAD_LIMIT = 2000


def posted_with_token(client, files):
    """As a browser does: the token is checked, and so the form read, before any view."""
    page = client.get(LIST)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    return client.post(LIST, {"csrfmiddlewaretoken": token, "files": files})


@pytest.mark.parametrize("check", [True, False])
def test_a_file_that_is_too_large_is_named_and_nothing_is_kept(cast, small, check):
    client = Client(enforce_csrf_checks=check)
    client.force_login(cast.accounts["dilys"])

    response = posted_with_token(
        client, [upload("a.txt", BOARD[:100]), upload("b.txt", "x" * 3000)]
    )

    assert response.status_code == 200
    assert "b.txt is larger than 2,000 bytes. Hand over a smaller file." in response.text
    assert response.text.count("Nothing was kept.") >= 1
    with cast.acting("dilys"):
        assert not Handover.objects.exists()
        assert not Version.objects.exists()


def test_too_much_at_once_is_refused_too(cast, small):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.accounts["dilys"])

    response = posted_with_token(client, [upload(f"{n}.txt", "x" * 1900) for n in range(5)])

    assert "These files have more than 8,000 bytes together." in response.text
    with cast.acting("dilys"):
        assert not Handover.objects.exists()


def test_the_limit_is_the_one_that_the_page_tells(dilys, settings):
    assert settings.UPLOAD_LIMIT == 50 * 1024 * 1024
    assert "up to 50 MB each" in dilys.get(LIST).text


@pytest.mark.slow
def test_mixed_encodings_are_read_with_a_note(dilys, hand_over):
    data = (
        BOARD.encode() + "\nCaf\u00e9 \u201cZo\u00eb\u201d".encode() + b"\nCaf\xe9 at Canal Walk\n"
    )

    [file] = hand_over(("mixed.txt", data))

    assert file.state == FileState.READ
    assert file.notes
    assert file.notes[0].replace("'", "&#39;") in dilys.get(file.get_absolute_url()).text


@pytest.mark.slow
def test_text_cut_in_a_word_is_read_and_said(dilys, hand_over):
    [file] = hand_over(("cut.txt", BOARD[: BOARD.index("response and that") + 5]))

    assert file.state == FileState.READ
    assert "The text stops in the middle of a sentence" in dilys.get(file.get_absolute_url()).text


@pytest.mark.slow
def test_scripts_in_a_web_page_are_never_part_of_ours(dilys, hand_over):
    lines = "".join(f"<p>{line}</p>" for line in BOARD.split("\n"))
    html = f"<html><script>alert(1)</script><body onload=alert(2)>{lines}<script>alert(3)</script>"
    text = html.replace("Shop Theft", "Shop &lt;script&gt;alert(4)&lt;/script&gt; Theft")

    [file] = hand_over(("page.html", text))

    page = dilys.get(file.get_absolute_url()).text
    assert "alert(1)" not in page
    assert "<script>alert" not in page
    assert "onload" not in page
    assert "&lt;script&gt;alert(4)" in page


def test_the_same_file_twice_in_one_upload_is_read_once(hand_over):
    first, second = hand_over(("a.txt", BOARD), ("b.txt", BOARD))

    assert first.state == FileState.READ
    assert second.sentence == "This file is in this upload twice. It is read once."
    assert second.version is None


@pytest.mark.slow
def test_the_same_file_later_is_named_as_such(hand_over, accepted):
    [first] = hand_over(("a.txt", BOARD))
    [again] = hand_over(("other name.txt", BOARD))
    assert again.sentence.startswith("You handed over this very file before: it waits")

    accepted(first)
    [again] = hand_over(("a.txt", BOARD))
    assert again.sentence.startswith("This very file was made into records before.")


@pytest.mark.slow
def test_that_somebody_else_holds_the_same_file_never_shows(cast, received, hand_over):
    received(who="maud")

    [file] = hand_over(("a.txt", BOARD))

    assert (file.state, file.sentence) == (FileState.READ, "")


@pytest.mark.slow
def test_ten_at_once_are_read_one_by_one(dilys, hand_over):
    files = hand_over(
        *[(f"{day}.txt", BOARD.replace("11th March", f"{day}th March")) for day in range(10, 20)]
    )

    assert [file.state for file in files] == [FileState.READ] * 10
    assert "(10 to check)" in dilys.get(LIST).text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Minutes\\board.txt", "board.txt"),
        ("a\x07b\ncd\x00.txt", "abcd.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        ("x" * 300, "x" * 200),
        ("\udcffboard.txt", "board.txt"),
        ("Protokoll Übersicht “März”.docx", "Protokoll Übersicht “März”.docx"),
        ("folder/", "folder"),
        ("..", "file"),
        ("\n", "file"),
        ("", "file"),
    ],
)
def test_a_file_name_is_kept_as_its_last_part_in_signs_that_show(name, kept):
    assert services.plain_name(name) == kept


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x" * 250 + ".txt", "../../board.txt", "a\tb<i>&.txt"])
def test_an_odd_file_name_does_no_harm_on_any_page(dilys, hand_over, name):
    [file] = hand_over((name, BOARD))

    assert file.state == FileState.READ
    assert "/" not in file.name
    for address in (LIST, file.get_absolute_url(), reverse("desk:home")):
        page = dilys.get(address)
        assert page.status_code == 200
        assert "<i>&" not in page.text


@pytest.mark.slow
def test_the_list_costs_the_same_for_1_file_and_30(signed_in, received, accepted):
    accepted(received())
    client = signed_in("dilys")
    few = count_queries(client, LIST)
    for number in range(14):
        received(f"{SECOND}{' ' * number}", name=f"{number}.txt")

    assert count_queries(client, LIST) == few
    assert few <= 14


@pytest.mark.slow
def test_the_files_of_one_handover_cost_the_same_for_1_and_30(cast, signed_in):
    client = signed_in("dilys")

    def cost(number):
        with cast.acting("dilys") as dilys:
            files = [(f"{n}.txt", f"{number} {n}".encode()) for n in range(number)]
            handover = services.hand_over(dilys, files=files)
        return count_queries(client, reverse("imports:handover", args=[handover.key]))

    assert cost(1) == cost(30)


# Every address of one file


def addresses(file):
    return {
        "handover": reverse("imports:handover", args=[file.handover.key]),
        "review": reverse("imports:review", args=[file.key]),
        "review_of": reverse("imports:review_of", args=[file.key, 1]),
        "reject": reverse("imports:reject", args=[file.key]),
    }


@pytest.mark.parametrize("who", ["maud", "tobias"])
@pytest.mark.parametrize("name", ["handover", "review", "review_of", "reject"])
def test_a_file_of_somebody_else_is_not_there(signed_in, received, who, name):
    address = addresses(received())[name]
    client = signed_in(who)

    response = client.post(address) if name == "reject" else client.get(address)

    assert response.status_code == 404
    assert "board.txt" not in response.text


@pytest.mark.parametrize("name", ["review", "review_of", "reject"])
def test_who_lost_the_post_still_sees_the_file_and_is_refused(
    signed_in, received, lost_the_post, name
):
    address = addresses(received())[name]
    lost_the_post()

    response = signed_in("dilys").post(address)

    assert response.status_code == 403
    assert ONLY in response.text


@pytest.mark.parametrize(
    ("name", "method"),
    [("list", "put"), ("handover", "post"), ("review", "delete"), ("reject", "get")],
)
def test_another_method_is_not_allowed(signed_in, received, name, method):
    address = LIST if name == "list" else addresses(received())[name]

    assert getattr(signed_in("dilys"), method)(address).status_code == 405


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (FileState.WAITING, "This file has not been read yet."),
        (FileState.REFUSED, "This file could not be read."),
        (FileState.ACCEPTED, "This file was made into records already."),
        (FileState.REJECTED, "This file was put aside."),
    ],
)
def test_a_file_in_another_state_is_explained(cast, signed_in, received, state, sentence):
    file = received()
    with cast.acting("dilys"):
        File.objects.filter(pk=file.pk).update(state=state)

    response = signed_in("dilys").get(file.get_absolute_url())

    assert response.status_code == 403
    assert sentence in response.text


@pytest.mark.parametrize("number", [2, 9, 0])
def test_a_meeting_that_the_file_does_not_hold_is_not_there(signed_in, received, number):
    address = reverse("imports:review_of", args=[received().key, number])

    assert signed_in("dilys").get(address).status_code == 404


def test_what_an_earlier_version_read_asks_to_be_handed_over_again(cast, signed_in, received):
    file = received()
    with cast.acting("dilys"):
        File.objects.filter(pk=file.pk).update(reading={"text": "x", "other": 1})

    response = signed_in("dilys").get(file.get_absolute_url())

    assert response.status_code == 403
    assert "Reject it and hand it over again." in response.text


# Checking


@pytest.mark.slow
def test_the_page_asks_first_and_nothing_is_a_record(signed_in, received):
    page = signed_in("dilys").get(received().get_absolute_url()).text

    places = [page.index(words) for words in ("1. Questions", "2. Actions offered", "4. Read")]
    assert places == sorted(places)
    assert "Nothing becomes a record until you accept." in page


@pytest.mark.slow
def test_errors_name_each_question_in_the_summary(signed_in, received, answers):
    file = received()

    page = signed_in("dilys").post(
        file.get_absolute_url(), answers(file, d3_0_0="", d3_0_1="", p_rest="")
    )

    assert page.status_code == 200
    summary = page.text[page.text.index("govuk-error-summary") :][:3000]
    assert "Say what “the report be noted” decided" in summary
    assert "Keep, replace or restrict Joy Hallam" in summary
    for anchor in re.findall(r'href="#([^"]+)"', summary.split("</ul>")[0]):
        assert f'id="{anchor}"' in page.text


@pytest.mark.slow
def test_answers_are_kept_and_come_back(cast, signed_in, received, answers):
    file = received()
    client = signed_in("dilys")
    typed = answers(
        file, venue="Fenside Hall\0", o0_follow="on", do="keep", stranger="x", p0="keep"
    )

    response = client.post(file.get_absolute_url(), typed)

    assert response["Location"] == LIST
    assert Line.objects.filter(what="file.answered").count() == 1
    page = client.get(file.get_absolute_url()).text
    assert 'value="Fenside Hall"' in page
    assert re.search(r'name="o0_follow"[^>]*checked', page)
    with cast.acting("dilys"):
        kept = fresh(cast, file).answers["1"]
        assert not Meeting.objects.exists()
    assert "stranger" not in kept
    assert "csrfmiddlewaretoken" not in kept


@pytest.mark.slow
def test_accepting_twice_is_refused_in_a_sentence(cast, signed_in, received, answers):
    file = received()
    client = signed_in("dilys")
    given = answers(file)

    assert client.post(file.get_absolute_url(), given).status_code == 302
    again = client.post(file.get_absolute_url(), given)

    assert again.status_code == 403
    assert "This file was made into records already." in again.text
    with cast.acting("dilys"):
        assert Meeting.objects.count() == 1


@pytest.mark.slow
def test_a_day_on_record_already_is_refused_on_the_page(
    cast, signed_in, received, answers, accepted
):
    accepted(received())
    again = received(f"{BOARD} ", name="again.txt")

    response = signed_in("dilys").post(again.get_absolute_url(), answers(again))

    assert response.status_code == 403
    assert "This body has minutes of that day on record already." in response.text
    with cast.acting("dilys"):
        assert Meeting.objects.count() == 1


@pytest.mark.slow
def test_after_one_of_two_meetings_the_page_goes_on_to_the_other(
    signed_in, received, answers, cast
):
    file = received(f"{BOARD}\n\n\n{SECOND}")
    client = signed_in("dilys")
    assert "This file holds 2 meetings." in client.get(file.get_absolute_url()).text

    page = client.post(file.get_absolute_url(), answers(file), follow=True)

    assert page.request["PATH_INFO"] == reverse("imports:review_of", args=[file.key, 2])
    assert "Meeting 1: made into records" in page.text
    second = client.post(page.request["PATH_INFO"], answers(file, 2))
    with cast.acting("dilys"):
        made = Meeting.objects.latest("id")
        assert made.held_on.isoformat() == "2014-05-13"
    assert second["Location"] == made.get_absolute_url()


@pytest.mark.slow
def test_a_form_sent_late_never_lands_on_another_meeting(cast, signed_in, received, answers):
    file = received(f"{BOARD}\n\n\n{SECOND}")
    client = signed_in("dilys")
    client.post(file.get_absolute_url(), answers(file))

    again = client.post(file.get_absolute_url(), answers(file))

    assert again.status_code == 403
    assert "This meeting was made into records already." in again.text


def test_a_file_is_rejected_and_no_record_is_made(cast, signed_in, received):
    file = received()
    client = signed_in("dilys")

    page = client.post(reverse("imports:reject", args=[file.key]), follow=True)

    assert "board.txt was put aside. No record was made." in page.text
    assert fresh(cast, file).state == FileState.REJECTED
    assert Line.objects.filter(what="file.rejected").count() == 1
    again = client.post(reverse("imports:reject", args=[file.key]))
    assert again.status_code == 403


@pytest.mark.slow
def test_the_rest_of_a_file_is_rejected_and_what_was_made_stays(
    cast, signed_in, received, accepted
):
    file = received(f"{BOARD}\n\n\n{SECOND}")
    accepted(file, 1)

    page = signed_in("dilys").post(reverse("imports:reject", args=[file.key]), follow=True)

    assert "What was made into records of it stays." in page.text
    with cast.acting("maud"):
        assert Meeting.objects.count() == 1
        assert Version.objects.count() == 1
