"""The machine's own Chromium: found, or installed where that is ours to do.

`python -m tests.chromium` installs it with apt when root. Otherwise the browser stories are
skipped with a line at the end of the run; with CI set, that is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "install chromium"


def found() -> str:
    """Where Chromium is; empty where there is none. CHROMIUM names another one."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), "")


def must_be_there() -> bool:
    """Whether a run without Chromium fails instead of skipping."""
    return bool(os.environ.get("CI"))


def install() -> None:
    """Ask apt for it, quietly; whether that worked is seen by looking for it again."""
    if os.environ.get("CHROMIUM") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium for the browser stories (once) ...", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        asked = ["apt-get", "-qq", *words]
        done = subprocess.run(asked, env=environ, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"{Path(asked[0]).name} {words[0]} did not work.", file=sys.stderr)


def main() -> int:
    if not found():
        install()
    if found() or not must_be_there():
        return 0
    print("Chromium is missing, and CI is set: install chromium.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
