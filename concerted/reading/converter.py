"""The process that lets LibreOffice turn one old Word file into a .docx.

Bytes of a .doc on standard input, bytes of a .docx on output. LibreOffice is large and the file is
hostile, so it runs shut in: a home and a profile of its own in one temporary folder, no network,
no other folder but the system’s own for reading, limits on memory, time and size, no macros and
no links; and nothing it started is left when this process ends.
"""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from concerted.reading import confinement
from concerted.reading.files import MAX_BYTES

SECONDS = 60.0
MEMORY = 4 * 1024 * 1024 * 1024  # bytes of address space; LibreOffice maps far more than it uses
MAX_FOLDER = 300 * 1024 * 1024
SLOW = 75  # the status that says: it took too long
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/opt", "/nix/store", "/snap"),
    *("/etc/alternatives", "/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/localtime"),
    *("/etc/nsswitch.conf", "/etc/passwd", "/var/cache/fontconfig", "/var/lib/libreoffice"),
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class _TooSlow(Exception):
    pass


class _TooMuch(Exception):
    pass


def main() -> None:
    """Convert with the program and in the empty folder that are the two arguments."""
    program, folder = sys.argv[1], Path(sys.argv[2])
    signal.signal(signal.SIGTERM, _leave)
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    source, made, profile = folder / "minutes.doc", folder / "made", folder / "profile" / "user"
    source.write_bytes(data)
    made.mkdir()
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    real = Path(program).resolve()
    children = _list_of_children()
    confinement.enclose(
        str(folder), [*_SYSTEM, str(real.parent)], memory=MEMORY, file_size=MAX_BYTES
    )
    try:
        _run(str(real), folder, source, made)
        converted = _plain_file(made / "minutes.docx")
    except _TooSlow:
        sys.exit(SLOW)
    except (_TooMuch, OSError):
        sys.exit(1)
    finally:
        _end_all(children)
    sys.stdout.buffer.write(converted)


def _run(program: str, folder: Path, source: Path, made: Path) -> None:
    command = [
        program,
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        f"-env:UserInstallation=file://{folder}/profile",
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made), str(source)),
    ]
    deadline = time.monotonic() + SECONDS
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/local/bin:/usr/bin:/bin"},
        preexec_fn=confinement.die_with_parent,
    )
    while child.poll() is None:
        if time.monotonic() > deadline:
            raise _TooSlow
        if sum(_sizes(folder)) > MAX_FOLDER:
            raise _TooMuch
        time.sleep(0.1)


def _sizes(folder: Path) -> Iterator[int]:
    for path, _, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(OSError):
                yield os.lstat(os.path.join(path, name)).st_size


def _plain_file(path: Path) -> bytes:
    """The bytes of a file that is one: no link, no pipe, and not more than is read."""
    opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(opened, "rb") as file:
        held = os.fstat(opened)
        if not stat.S_ISREG(held.st_mode) or held.st_size > MAX_BYTES:
            raise OSError("no plain file of a fitting size")
        return file.read()


def _list_of_children() -> int | None:
    """The kernel’s list of this process’s children, opened while it can be."""
    with contextlib.suppress(OSError):
        return os.open(f"/proc/self/task/{os.getpid()}/children", os.O_RDONLY | os.O_CLOEXEC)
    return None


def _end_all(children: int | None) -> None:
    """Kill what is left, until nothing is: a killed process hands its children to this one."""
    while True:
        listed = b"" if children is None else os.pread(children, 65_536, 0)
        for pid in listed.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        try:
            os.waitpid(-1, 0 if listed else os.WNOHANG)
        except ChildProcessError:
            return
        if not listed:
            return


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(1)


if __name__ == "__main__":
    main()
