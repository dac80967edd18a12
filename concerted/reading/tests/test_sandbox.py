"""The child that reads a hostile file: what it cannot do, and what the parent makes of its end."""

import json
import os
import signal
import sys
import time
import zlib
from pathlib import Path

import pytest

from concerted.reading import sandbox
from concerted.reading.confinement import landlock_version
from concerted.reading.files import NotReadable
from concerted.reading.files.containers import Member
from concerted.reading.sandbox import FileNotes, open_container, read_file
from concerted.reading.tests.odt_files import odt
from concerted.reading.tests.odt_files import p as odt_p
from concerted.reading.tests.ole_files import message, msg
from concerted.reading.tests.pdf_files import document, font, pdf, put, stream
from concerted.reading.tests.test_containers import packed
from concerted.reading.tests.word_files import deleted, ins, p, paragraph, run, word

pytestmark = pytest.mark.slow

MINUTES = b"Minutes of a meeting\n1. Apologies\nNone.\nAGREED that it be noted.\n"


def child(*lines: str) -> tuple[str, ...]:
    """A child whose reader runs these lines on `text`; its Reading is unknown, `why` is yours."""
    body = "\n".join(f"    {line}" for line in lines)
    return (
        *(sys.executable, "-I", "-c"),
        "import concerted.reading as reading, os, sys, time, socket, subprocess\n"
        "from concerted.reading.model import Reading\n"
        f"def trial(text):\n    why = ''\n{body}\n    return Reading(text, 'unknown', why)\n"
        # The rehearsal, before the doors close, reads samples that hold other words.
        "def read(text, **_):\n    return trial(text) if 'Apologies\\nNone' in text else "
        "Reading(text, 'unknown', '')\nreading.read = read\n"
        "from concerted.reading import child\nchild.main()",
    )


def attempt(what: str) -> tuple[str, ...]:
    """A child that tries something and tells how it went."""
    return child("try:", f"    {what}", "    why = 'done'", "except Exception as e: why = str(e)")


def sentence(*lines: str, data: bytes = MINUTES, seconds: float = 20.0) -> str:
    with pytest.raises(NotReadable) as refusal:
        read_file(data, "minutes.txt", _command=child(*lines), _seconds=seconds)
    return refusal.value.sentence


def liar(said: str) -> tuple[str, ...]:
    """A child that says something of its own, and only that."""
    return (sys.executable, "-I", "-c", f"print({said!r})")


def lines_of(*said: object) -> tuple[str, ...]:
    """A child that says these things, one a line."""
    return liar("\n".join(json.dumps(one) for one in said))


# --- what goes well -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text", "found"),
    [
        (MINUTES, MINUTES.decode(), "txt"),
        (b"<html><p>Caf\xe9</p></html>", "Café", "html"),
        (word(p("Agreed.")), "Agreed.", "docx"),
        (document(put(72, 700, "Agreed.")), "Agreed.", "pdf"),
        (odt(odt_p("Agreed.")), "Agreed.", "odt"),
        (rb"{\rtf1\ansicpg932 \'93\'fa}", "日", "rtf"),
        (msg(message(words="Agreed.")), "Agreed.", "msg"),
        (
            b"X-Mailer: a\nSubject: =?big5?q?=A4=A4?=\nContent-Type: text/plain; charset=gb18030"
            b"\n\nAgreed.",
            "Subject: 中\n\nAgreed.",
            "eml",
        ),
        ("AGREED £5".encode("utf-16"), "AGREED £5", "txt"),
        ("<html><meta charset=ISO-8859-2>Łódź".encode("iso-8859-2"), "Łódź", "html"),
        (b"Caf\xe9 one\nCaf\xc3\xa9 two", "Café one\nCafé two", "txt"),
    ],
)
def test_a_file_comes_back_as_a_reading_and_what_it_was(data: bytes, text: str, found: str):
    reading, notes = read_file(data, "minutes", _command=child("pass"))

    assert (reading.text, notes.format) == (text, found)


@pytest.mark.slow
def test_a_large_file_and_a_large_answer_pass_each_other():
    data = b"The Board noted the position.\n" * 150_000

    reading, _ = read_file(data, "minutes.txt", _command=child("pass"))

    assert len(reading.text) == len(data)


def test_notes_come_back():
    _, notes = read_file(MINUTES, "minutes.docx", _command=child("pass"))

    assert notes.notes == ("The file’s name ends in .docx, but it is plain text; so it was read.",)


def test_the_text_before_tracked_changes_comes_back_on_request_and_with_it_what_is_marked():
    data = word(paragraph(run("Buy "), deleted("ten"), ins("twelve")))

    accepted, notes = read_file(data, "m.docx", _command=child("pass"))
    original, same = read_file(data, "m.docx", changes="original", _command=child("pass"))

    assert (accepted.text, original.text) == ("Buy twelve", "Buy ten")
    assert [one.words for one in notes.markup.changes] == ["ten", "twelve"]
    assert same == notes


@pytest.mark.parametrize("name", ["\udce4.txt", "half \ud800.txt"])
def test_a_name_with_half_a_character_does_no_harm(name: str):
    reading, _ = read_file(MINUTES, name, _command=child("pass"))
    (member,) = open_container(packed(("a.txt", MINUTES)), name, _command=child("pass"))

    assert reading.text == MINUTES.decode()
    assert member.data == MINUTES


def test_the_real_reader_reads_in_the_child():
    reading, notes = read_file(MINUTES, "minutes.txt")

    assert reading.text == MINUTES.decode()
    assert notes == FileNotes("txt")


# --- what the file cannot do --------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "what",
    [
        "open('/proc/%d/environ' % os.getppid())",
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "open('/etc/hostname')",
        "open('/tmp/left-behind', 'w')",
        "os.listdir('/')",
        "os.fork()",
        "os.system('true')",
        "os.kill(os.getppid(), 15)",
        "subprocess.run(['true'])",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_the_child_has_no_files_no_network_and_no_processes(what: str):
    reading, _ = read_file(MINUTES, "minutes.txt", _command=attempt(what))

    assert reading.why != "done"
    assert "not allowed here" in reading.why


@pytest.mark.slow
@pytest.mark.parametrize("what", ["socket.socket()", "open('/etc/hostname')", "os.fork()"])
def test_the_kernel_refuses_too_when_the_audit_hook_is_got_round(what: str):
    run = list(attempt(what))
    run[-1] = run[-1].replace(
        "from concerted", "sys.addaudithook = lambda hook: None; from concerted"
    )

    reading, _ = read_file(MINUTES, "minutes.txt", _command=run)

    assert reading.why not in ("", "done")
    assert "not allowed here" not in reading.why


@pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")
@pytest.mark.slow
def test_the_kernel_shows_no_file_even_where_a_descriptor_was_made_free():
    *run, script = attempt("os.close(2); open('/etc/passwd')")
    run.append("import sys; sys.addaudithook = lambda hook: None\n" + script)

    reading, _ = read_file(MINUTES, "minutes.txt", _command=run)

    assert "Permission denied" in reading.why


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to step down from")
def test_root_steps_down_to_nobody():
    reading, _ = read_file(MINUTES, "m.txt", _command=child("why = repr(os.getresuid())"))

    assert reading.why == "(65534, 65534, 65534)"


def test_the_child_knows_no_address_and_no_secret(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")

    reading, _ = read_file(MINUTES, "m.txt", _command=child("why = repr(sorted(os.environ))"))

    assert "DATABASE_URL" not in reading.why
    assert "PATH" not in reading.why


@pytest.mark.parametrize("name", ["a.pdf", "minutes"])
def test_a_pdf_is_read_behind_closed_doors(name: str):
    words = put(72, 700, "Minutes of a meeting", bold=True) + put(72, 680, "Apologies – £5")

    reading, notes = read_file(document(words), name)

    assert (reading.text, notes) == ("Minutes of a meeting\n\nApologies – £5", FileNotes("pdf"))


def deflated(*pieces: bytes) -> bytes:
    """A stream that unpacks to these pieces."""
    press = zlib.compressobj(9)
    held = b"".join(press.compress(piece) for piece in pieces) + press.flush()
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(held), held)


def page_of(content: bytes, *more: bytes) -> bytes:
    """A PDF of one page with this content stream; `more` are objects from number 6 on."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        content,
        font("Helvetica"),
        *more,
    )


def form(content: bytes, inner: int) -> bytes:
    return stream(
        content,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        b"/Resources << /Font << /F 5 0 R >> /XObject << /X %d 0 R >> >>" % inner,
    )


SAID = put(72, 700, "Minutes of a meeting")
MEBIBYTE = bytes(1 << 20)
MILLION = b"agreed the " * 91_000
TREE = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, 20_000)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        page_of(deflated(*[MEBIBYTE] * 1024)),
        page_of(deflated(b"BT /F 11 Tf 72 700 Td (", *[MILLION] * 100, b") Tj ET")),
        page_of(deflated(*[b"BT /F 11 Tf 1 0 0 1 72 700 Tm (%s) Tj ET " % MILLION] * 9)),
        page_of(stream(b"q " * 2_000_000 + SAID)),
        page_of(stream(b"[" * 1_000_000)),
        page_of(stream(b"/X Do"), form(b"/X Do /X Do", 6)),
        page_of(
            stream(b"/X Do " * 10), *(form(b"/X Do " * 10, n) for n in range(7, 14)), form(SAID, 6)
        ),
        pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *TREE),
        pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % (b"3 0 R " * 100_000),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(b""),
        ),
    ],
    ids=[
        *("a gigabyte of zeros", "a line of 100 MB", "letters on each other", "deep states"),
        *("deep lists", "a form that draws itself", "ten to the eighth forms", "deep page tree"),
        "a hundred thousand pages",
    ],
)
def test_a_hostile_pdf_is_a_text_or_a_sentence_soon(data: bytes):
    began = time.monotonic()
    try:
        said = read_file(data, "minutes.pdf")[0].text
    except NotReadable as refusal:
        said = refusal.sentence

    assert said.strip()
    assert time.monotonic() - began < 30


# --- how it may end -----------------------------------------------------------------------------


def test_sixty_megabytes_are_refused_at_once_without_a_child():
    began = time.monotonic()

    with pytest.raises(NotReadable, match="This file has 60 MB"):
        read_file(b"a" * 60 * 1024 * 1024, "minutes.txt", _command=("/no/such/program",))

    assert time.monotonic() - began < 1


def test_a_refusal_in_the_child_keeps_its_sentence():
    assert sentence("pass", data=b"\x89PNG\r\n\x1a\n picture").startswith("This file is a picture")


@pytest.mark.slow
def test_a_child_that_hangs_is_stopped():
    began = time.monotonic()

    assert "because it took too long" in sentence("time.sleep(60)", seconds=1.0)
    assert time.monotonic() - began < 5


@pytest.mark.slow
def test_a_child_that_says_nothing_more_but_stays_is_stopped():
    script = "import os, time; os.close(1); time.sleep(60)"

    with pytest.raises(NotReadable, match="because it took too long"):
        read_file(MINUTES, "m.txt", _command=(sys.executable, "-c", script), _seconds=1.0)


@pytest.mark.slow
def test_a_child_that_never_listens_is_stopped():
    script = "import time; time.sleep(60)"

    with pytest.raises(NotReadable, match="because it took too long"):
        read_file(b"a" * 5_000_000, "m", _command=(sys.executable, "-c", script), _seconds=1.0)


@pytest.mark.slow
def test_a_child_that_uses_up_its_processor_time_is_stopped():
    limit = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 6))"

    assert "because it took too long" in sentence(limit, "while True: pass", seconds=60.0)


def test_a_child_that_fills_the_memory_is_a_sentence():
    assert "needs more memory than minutes ever do" in sentence(
        "x = [bytes(1 << 20)] * 9", "x = bytes(2 << 30)"
    )


def test_a_child_that_is_killed_is_a_sentence():
    assert "the reader failed on it" in sentence("sys.stdout.close()", "os._exit(9)")


def test_a_child_killed_by_the_system_for_its_memory_is_a_sentence():
    script = f"import os; os.kill(os.getpid(), {signal.SIGKILL:d})"

    with pytest.raises(NotReadable, match="the reader failed on it"):
        read_file(MINUTES, "m.txt", _command=(sys.executable, "-c", script))


def test_a_reader_that_raises_is_a_sentence_and_shows_no_text(capfd: pytest.CaptureFixture[str]):
    assert "the reader failed on it" in sentence("raise KeyError(text)")
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_person_can_cancel():
    began = time.monotonic()

    with pytest.raises(NotReadable, match="you cancelled it"):
        read_file(
            MINUTES,
            "m.txt",
            cancelled=lambda: time.monotonic() - began > 0.5,
            _command=child("time.sleep(60)"),
        )

    assert time.monotonic() - began < 5


@pytest.mark.slow
def test_nothing_of_a_stopped_child_stays_behind(tmp_path: Path):
    pids = tmp_path / "pids"
    script = (
        "import os, subprocess, time; other = subprocess.Popen(['/bin/sleep', '60']); "
        f"open({str(pids)!r}, 'w').write(str(other.pid)); time.sleep(60)"
    )

    with pytest.raises(NotReadable):
        read_file(MINUTES, "m.txt", _command=(sys.executable, "-c", script), _seconds=1.5)

    time.sleep(0.2)
    stat = Path("/proc", pids.read_text(), "stat")
    assert not stat.exists() or stat.read_text().split()[2] == "Z"


# --- what the parent believes -------------------------------------------------------------------


READING: dict[str, object] = {"text": "a", "kind": "unknown", "why": "", "meetings": []}
MARKUP: dict[str, object] = {
    "changes": [],
    "comments": [],
    "more_changes": 0,
    "more_comments": 0,
    "formatting": 0,
}
GOOD: dict[str, object] = {
    "format": "txt",
    "marking": "",
    "notes": [],
    "markup": MARKUP,
    "reading": READING,
    "report": None,
}


def test_the_parent_believes_a_right_answer():
    reading, notes = read_file(MINUTES, "m.txt", _command=liar(json.dumps(GOOD)))

    assert (reading.text, notes) == ("a", FileNotes("txt"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [
        "",
        "no JSON",
        "[]",
        "[" * 100_000,
        "{}",
        json.dumps(GOOD | {"more": 1}),
        json.dumps(GOOD | {"format": "exe"}),
        json.dumps(GOOD | {"notes": "note"}),
        json.dumps(GOOD | {"notes": ["two\nlines"]}),
        json.dumps(GOOD | {"markup": None}),
        json.dumps(GOOD | {"marking": None}),
        json.dumps(GOOD | {"marking": "SECRET\n"}),
        json.dumps(GOOD | {"markup": MARKUP | {"more_changes": -1}}),
        json.dumps(GOOD | {"reading": None}),
        json.dumps(GOOD | {"report": {}}),
        json.dumps(GOOD | {"report": READING}),
        json.dumps(GOOD | {"reading": READING | {"meetings": [{}]}}),
        json.dumps({"refused": 1}),
        json.dumps({"refused": "x" * 2000}),
    ],
)
def test_the_parent_believes_nothing_else(said: str):
    with pytest.raises(NotReadable, match="the reader failed on it"):
        read_file(MINUTES, "m.txt", _command=liar(said))


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 1_000_000)
    script = "import sys\nwhile True: sys.stdout.write('x' * 100_000)"

    with pytest.raises(NotReadable, match="the reader failed on it"):
        read_file(MINUTES, "m.txt", _command=(sys.executable, "-c", script))


# --- containers ---------------------------------------------------------------------------------


def test_the_members_of_a_container_come_back():
    data = packed(
        ("2014/minutes.txt", MINUTES), ("map.png", b"\x89PNG\r\n\x1a\n"), ("in.zip", packed())
    )

    minutes, picture, empty = open_container(data, "year.zip")

    assert minutes == Member("2014/minutes.txt", MINUTES)
    assert (picture.data, picture.sentence[:23]) == (None, "This file is a picture.")
    assert empty.data is None


def test_a_container_that_cannot_be_opened_is_a_sentence():
    with pytest.raises(NotReadable, match="made to do harm"):
        open_container(packed(("a.txt", bytes(60_000_000))), "bomb.zip")
    with pytest.raises(NotReadable, match="holds no other files"):
        open_container(MINUTES, "minutes.txt")
    with pytest.raises(NotReadable, match="files of up to 200 MB"):
        open_container(bytes(201 * 1024 * 1024), "large.zip", _command=("/no/such/program",))


@pytest.mark.slow
def test_many_large_members_pass_the_limits_of_the_child():
    large = os.urandom(3_000_000).hex().encode()
    data = packed(*[(f"{number}.txt", large) for number in range(12)])

    members = open_container(data, "large.zip")

    assert [len(member.data) for member in members] == [6_000_000] * 12


GOOD_MEMBER = {"name": "a.txt", "data": "TWludXRlcw=="}


def test_the_parent_believes_right_members():
    said = [GOOD_MEMBER, {"name": "b", "sentence": "Why."}, {"count": 2}]

    assert open_container(MINUTES, "a.zip", _command=lines_of(*said)) == [
        Member("a.txt", b"Minutes"), Member("b", None, "Why."),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [
        [],
        [GOOD_MEMBER],
        [GOOD_MEMBER, {"count": 2}],
        [GOOD_MEMBER, GOOD_MEMBER, {"count": 2}],
        [GOOD_MEMBER | {"more": 1}, {"count": 1}],
        [GOOD_MEMBER | {"name": "../a.txt"}, {"count": 1}],
        [GOOD_MEMBER | {"name": "/a.txt"}, {"count": 1}],
        [GOOD_MEMBER | {"name": 1}, {"count": 1}],
        [GOOD_MEMBER | {"data": "TWlu!"}, {"count": 1}],
        [GOOD_MEMBER | {"data": None}, {"count": 1}],
        [{"name": "b", "sentence": "two\nlines"}, {"count": 1}],
        [{"refused": 1}],
        [[], {"count": 1}],
    ],
)
def test_the_parent_believes_no_other_members(said: list[object]):
    with pytest.raises(NotReadable, match="the reader failed on it"):
        open_container(MINUTES, "a.zip", _command=lines_of(*said))


def test_open_files_do_not_leak():
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        read_file(MINUTES, "m.txt", _command=liar(json.dumps(GOOD)))

    assert len(os.listdir("/proc/self/fd")) == before
