"""Other programs that use a cluster, for the tests."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCRIPT = f"""
import sys
sys.path += {sys.path!r}
from pathlib import Path
from concerted.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), fast=True).start()
print(cluster.sql("SELECT 1"), flush=True)
if sys.argv[2] == "stop":
    cluster.stop()
if sys.argv[2] == "wait":
    sys.stdin.read()
"""


def program(folder: Path, then: str) -> subprocess.Popen[str]:
    """Another program that starts the cluster, then goes, stops it or waits."""
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, folder, then],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )


def in_parallel(count: int, folder: Path) -> list[str]:
    """What so many programs say that start one cluster at the same time."""
    programs = [program(folder, "go") for _ in range(count)]
    return [each.communicate(timeout=120)[0] for each in programs]
