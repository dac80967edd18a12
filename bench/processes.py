"""Processes of a measurement: begun, looked at through /proc, ended by their own number."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 120.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], *, cookie: str = "") -> bytes:
    """The first answer of a page, asked for until somebody is there."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The process ended by itself, with {process.returncode}.")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"Nothing answered within {PATIENCE:.0f} seconds.")


def end(process: subprocess.Popen[bytes], number: int) -> None:
    """End a process that we began, and wait until it is gone."""
    if process.poll() is None:
        process.send_signal(number)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in found.read_text().split()] if found.exists() else []


def cpu_of_all(pid: int) -> float:
    """Seconds of processor of a process, all its threads."""
    found = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in found) / 1e9


def mebibytes(pid: int) -> dict[str, float]:
    """`Rss` and `Pss` of a process: all pages it holds, and its share of those held with others."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return {name: sizes[name] for name in ("Rss", "Pss")}


def working_in(folder: Path) -> list[int]:
    """Processes whose command or environment names a folder."""
    named = os.fsencode(folder)
    found = []
    for one in Path("/proc").iterdir():
        if not one.name.isdigit() or int(one.name) == os.getpid():
            continue
        try:
            told = (one / "cmdline").read_bytes() + (one / "environ").read_bytes()
        except OSError:
            continue
        if named in told:
            found.append(int(one.name))
    return found
