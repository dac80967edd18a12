"""Old Word files: LibreOffice turns them into new ones, shut in; a script stands in for it here."""

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path

import pytest

from concerted.reading import converter, sandbox
from concerted.reading.confinement import landlock_version
from concerted.reading.files import NotReadable
from concerted.reading.sandbox import read_file
from concerted.reading.tests.ole_files import old_word
from concerted.reading.tests.word_files import p, word

pytestmark = pytest.mark.slow

GIVEN = """#!/bin/sh
here=$(dirname "$0")
while [ "$1" != --outdir ]; do shift; done
out=$2 source=$3
"""
CONVERTS = 'cp "$here/done.docx" "$out/minutes.docx"'


@pytest.fixture
def open_folder():
    """A folder that anybody may enter: the converter steps down from root where it can."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def office(open_folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a LibreOffice on the path that is a script of these lines."""
    folder = open_folder / "office"
    folder.mkdir()
    folder.chmod(0o755)
    for name in ("done", "refused"):
        (folder / f"{name}.docx").write_bytes(word(p(f"It was {name}.")))

    def put(*lines: str) -> None:
        script = folder / "soffice"
        script.write_text(GIVEN + "\n".join(lines) + "\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)

    return put


def trying(command: str) -> str:
    """It converts in any case; the text says whether the command worked."""
    return f'if {command}; then {CONVERTS}; else cp "$here/refused.docx" "$out/minutes.docx"; fi'


def converter_with(*lines: str) -> tuple[str, ...]:
    """The process that converts, after these lines of Python."""
    names = "from concerted.reading import confinement, converter"
    return (sys.executable, "-I", "-c", "\n".join([names, *lines, "converter.main()"]))


def refused() -> str:
    with pytest.raises(NotReadable) as refusal:
        read_file(old_word(), "minutes.doc")
    return refusal.value.sentence


def test_an_old_word_file_is_turned_into_a_new_one_and_read(office):
    office(CONVERTS)

    reading, notes = read_file(old_word(), "minutes.doc")

    assert (reading.text, notes.format) == ("It was done.", "doc")
    assert notes.notes == (sandbox._CONVERTED,)


def test_without_libreoffice_a_sentence_asks_for_a_new_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")

    assert refused() == (
        "This file is an old Word file (.doc), and this server has no LibreOffice to open it with. "
        "Open it in Word, save it as .docx and choose that file."
    )


@pytest.mark.parametrize(
    "line",
    [
        "exit 1",
        "kill -ABRT $$",
        "true",
        'echo "no zip" > "$out/minutes.docx"',
        'ln -s "$here/done.docx" "$out/minutes.docx"',
        'mkfifo "$out/minutes.docx"',
        'mkdir "$out/minutes.docx"',
        'head -c 60000000 /dev/zero > "$out/minutes.docx"',
    ],
)
def test_a_converter_that_makes_no_right_file_is_a_sentence(office, line: str):
    office(line)

    assert refused() == sandbox._NOT_CONVERTED


def test_a_converter_that_makes_something_hostile_is_no_worse_than_any_file(office):
    office('printf "PK\\003\\004 broken" > "$out/minutes.docx"')

    assert "damaged" in refused()


@pytest.mark.slow
def test_a_converter_that_writes_without_end_is_stopped(office):
    office('n=0; while :; do n=$((n + 1)); head -c 20000000 /dev/zero > "$out/$n"; done')
    began = time.monotonic()

    assert refused() == sandbox._NOT_CONVERTED
    assert time.monotonic() - began < 30


@pytest.mark.slow
def test_a_person_can_cancel_a_converter_that_hangs(office):
    office("sleep 60")
    began = time.monotonic()

    with pytest.raises(NotReadable, match="you cancelled it"):
        read_file(old_word(), "m.doc", cancelled=lambda: time.monotonic() - began > 1)

    assert time.monotonic() - began < 10


@pytest.mark.slow
def test_a_converter_that_hangs_is_stopped(office, monkeypatch: pytest.MonkeyPatch):
    office("sleep 60")
    monkeypatch.setattr(sandbox, "_CONVERTER", converter_with("converter.SECONDS = 1"))

    assert "because it took too long" in refused()


@pytest.mark.slow
def test_a_converter_that_uses_up_its_processor_time_is_stopped(office, monkeypatch):
    office("while :; do :; done")
    monkeypatch.setattr(sandbox, "_CONVERTER", converter_with("confinement.CPU = 1"))
    began = time.monotonic()

    assert refused() == sandbox._NOT_CONVERTED
    assert time.monotonic() - began < 30


def running(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found += [entry.parent.name] * (mark.encode() in entry.read_bytes())
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.parametrize("then", ["sleep 60", CONVERTS])
@pytest.mark.parametrize("namespaces", [True, False])
def test_nothing_that_it_started_is_left(office, then: str, namespaces: bool, monkeypatch):
    mark = f"61.{time.monotonic_ns()}"
    office(f"setsid setsid sleep {mark} &", "sleep 1", then)
    without = "confinement._NEW_USER = confinement._NEW_PIDS = confinement._NEW_IPC = 0"
    lines = [] if namespaces else [without, "confinement._NEW_NETWORK = 0"]
    monkeypatch.setattr(sandbox, "_CONVERTER", converter_with("converter.SECONDS = 4", *lines))
    seen = []

    with contextlib.suppress(NotReadable):
        read_file(old_word(), "m.doc", cancelled=lambda: seen.extend(running(mark)))

    assert seen
    assert running(mark) == []


def test_its_folder_is_gone_afterwards(office, open_folder: Path, monkeypatch):
    made = open_folder / "temporary"
    made.mkdir()
    made.chmod(0o755)
    monkeypatch.setattr("tempfile.tempdir", str(made))
    office(CONVERTS)

    read_file(old_word(), "minutes.doc")

    assert list(made.iterdir()) == []


def test_it_knows_no_name_no_address_and_no_secret(office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    office(trying('[ -z "$DATABASE_URL" ] && [ "$(basename "$source")" = minutes.doc ]'))

    reading, _ = read_file(old_word(), "Case of Ann Bell.doc")

    assert reading.text == "It was done."


@pytest.fixture
def open_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")
@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        "cat /etc/hostname",
        "cat /proc/self/environ",
        "ls /",
        "ls /tmp",
        "touch /tmp/left-behind",
        'echo x >> "$here/done.docx"',
        "bash -c 'exec 3<>/dev/tcp/127.0.0.1/PORT'",
    ],
)
def test_it_reaches_no_other_folder_and_no_network(office, open_port: int, command: str):
    office(trying(command.replace("PORT", str(open_port))))

    reading, _ = read_file(old_word(), "m.doc")

    assert reading.text == "It was refused."


@pytest.mark.skipif(not shutil.which("soffice"), reason="this machine has no LibreOffice")
def test_the_real_libreoffice_refuses_or_reads_what_is_no_word_file():
    assert refused() in (sandbox._NOT_CONVERTED, sandbox._SLOW)


def test_the_limits_leave_room_for_the_reader():
    assert converter.SECONDS < sandbox.SECONDS
