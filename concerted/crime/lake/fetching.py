"""Archives of data.police.uk brought to the disk, each whole and as it was published, or not.

    fetched/2025-11.zip            an archive that was found whole
    fetched/2025-11.json           its ETag and length: which of its versions lies there
    fetched/arriving/2025-11.zip   as much of one as has come; the next call goes on from there

They are for one import. An archive holds all forces, and of people who were stopped what an import
drops on purpose, so it is deleted when the import is done: the manifest keeps its SHA-256.
"""

import errno
import fcntl
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from concerted.crime.lake.archives import Reading, members_of
from concerted.crime.lake.months import Month, words_of
from concerted.crime.lake.patience import NotNow, Patience
from concerted.crime.lake.publisher import UNCHANGED, WHOLE, WORTH, Answer, NotThere, Publisher
from concerted.crime.lake.refusals import Refused

MOST = 8 * 1024**3  # the largest archive so far has 2.6 GB
SPARE = 200 * 1024**2
_ETAG = re.compile(r'(W/)?"[!#-~]*"')
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Progress:
    """Bytes of an archive that are here, and of how many; None where that is not told."""

    month: Month
    done: int
    of: int | None


Progressed = Callable[[Progress], None]


def fetch(
    publisher: Publisher,
    folder: Path,
    months: Sequence[Month],
    checksums: Mapping[Month, str],
    *,
    progress: Progressed = lambda _: None,
    most: int = MOST,
) -> list[Path]:
    """Bring the archives of some months into a folder, and return where they lie, in that order.

    `checksums` are MD5s as far as they were told; where none was, every member is unpacked to see
    that it is whole. What lies there already and is still what is published is not fetched again.
    An archive larger than `most` bytes is refused. Raises Refused; what had come of an archive is
    kept where the connection failed, and not where what came is wrong or the disk is full.
    Whatever interrupts it, Ctrl-C too, leaves what has come.
    """
    with _alone(folder):
        wanted = [
            _Archive(publisher, folder, month, checksums.get(month), progress, most)
            for month in months
        ]
        _sweep(folder, keep={one.part for one in wanted})
        return [one.bring() for one in wanted]


def discard(paths: Iterable[Path]) -> None:
    """Delete archives that were fetched, and what was noted of them."""
    for path in paths:
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    (folder / "arriving").mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("Archives are being fetched already. Wait until that ends.") from error
        yield


def _sweep(folder: Path, keep: set[Path]) -> None:
    """Parts of archives that nobody goes on with would lie there for good."""
    for part in (folder / "arriving").iterdir():
        if part not in keep:
            part.unlink()


class _Archive:
    """One archive on its way to the disk."""

    def __init__(
        self,
        publisher: Publisher,
        folder: Path,
        month: Month,
        checksum: str | None,
        progress: Progressed,
        most: int,
    ) -> None:
        self._publisher, self._month, self._checksum = publisher, month, checksum
        self._progress, self._most = progress, most
        self._words = words_of(month)
        self.path = folder / f"{self._words}.zip"
        self.part = folder / "arriving" / self.path.name
        self._note = self.path.with_suffix(".json")
        self._furthest = 0

    def bring(self) -> Path:
        if self.path.exists() and not self._is_whole():
            self._drop()
        patience = Patience(self._publisher.wait)
        try:
            while not self._has_come(patience):
                pass
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
                raise
            self._drop()
            raise Refused(
                f"The disk is full: the archive of {self._words} does not go onto it. What had "
                "come was deleted; make room and begin again."
            ) from error
        return self.path

    def _has_come(self, patience: Patience) -> bool:
        """One try. Raises Refused when no other is worth it."""
        before = self._furthest
        try:
            self._try()
        except NotThere as error:
            raise NotThere(f"{error} Ask for other months, or look at its list of them.") from error
        except NotNow as trouble:
            if self._furthest - before >= WORTH:  # it got on
                patience.renew()
            patience.after(trouble)
            return False
        return True

    def _try(self) -> None:
        asked = self._asked()
        path = f"/data/archive/{self._words}.zip"
        with self._publisher.opened(path, f"archive of {self._words}", asked) as answer:
            if answer.status_code != UNCHANGED or "If-None-Match" not in asked:
                self._take(answer, self._begins(answer, asked))
        if not self.path.exists():
            self._settle()

    def _asked(self) -> dict[str, str]:
        """The headers that ask for what is not here yet, of the version of which the rest is."""
        etag, of = self._noted()
        if etag and (self.path.exists() or self._came() == of):
            return {"If-None-Match": etag}
        # A weak ETag says that two versions mean the same, not that their bytes go together.
        if etag and not etag.startswith("W/") and self._came():
            return {"Range": f"bytes={self._came()}-", "If-Range": etag}
        return {}

    def _begins(self, answer: Answer, asked: Mapping[str, str]) -> int:
        """Where in the archive the answer begins: after what is here, or with its first byte.

        A server that knows no parts, or whose file was changed since, answers the whole.
        """
        if answer.status_code == WHOLE:
            return 0
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        same = answer.headers.get("ETag") == asked.get("If-Range")
        if found and same and "Range" in asked and int(found[1]) == self._came():
            return self._came()
        self._drop()
        raise NotNow(f"{self._publisher.name} sent another part than was asked for")

    def _take(self, answer: Answer, begins: int) -> None:
        of = self._length(answer, begins)
        if not begins:
            self._drop()
            note = {"etag": answer.headers.get("ETag"), "of": of}
            self._note.write_text(json.dumps(note), "utf-8")
        self._refuse_no_room(max(0, (of or 0) - begins))
        done = begins
        with open(self.part, "ab") as file:
            for chunk in self._publisher.paced(answer.iter_raw()):
                done += len(chunk)
                self._refuse_more(done, of)
                file.write(chunk)
                self._furthest = max(self._furthest, done)
                self._progress(Progress(self._month, done, of))
        if of is not None and done != of:
            raise NotNow(f"{self._publisher.name} ended in the middle of the {self._words} archive")

    def _length(self, answer: Answer, begins: int) -> int | None:
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        said = found[3] if begins and found else answer.headers.get("Content-Length", "")
        if not said.isdecimal():
            return None
        of = int(said)
        self._refuse_more(of, None)
        return of

    def _refuse_more(self, bytes_: int, of: int | None) -> None:
        if of is not None and bytes_ > of:
            self._drop()
            raise Refused(
                f"The archive of {self._words} is longer than {self._publisher.name} says. Nothing "
                "of it was kept."
            )
        if bytes_ > self._most:
            self._drop()
            raise Refused(
                f"The archive of {self._words} has more than {self._most / 1024**3:,.0f} GB, which "
                "none ever had. Nothing of it was kept."
            )

    def _refuse_no_room(self, needed: int) -> None:
        free = shutil.disk_usage(self.part.parent).free
        if needed and free < needed + SPARE:
            raise Refused(
                f"{needed / 1024**3:,.1f} GB are still to come of the archive of {self._words}, "
                f"and the disk has {free / 1024**3:,.1f} GB left. Make room and begin again."
            )

    def _settle(self) -> None:
        try:
            self._verify(self.part)
        except Refused:
            self._drop()
            raise
        self.part.replace(self.path)

    def _is_whole(self) -> bool:
        try:
            self._verify(self.path)
        except Refused:
            return False
        return True

    def _verify(self, path: Path) -> None:
        if self._checksum and _md5(path) != self._checksum:
            raise Refused(
                f"The archive of {self._words} came whole but is not the one that "
                f"{self._publisher.name} tells of: its checksum (MD5) is another. Nothing of it "
                "was kept. Try again tomorrow: it may just be being replaced."
            )
        try:
            members, _ = members_of([path])
            if not self._checksum:
                with Reading() as reading:
                    for one in members:
                        for _ in reading.chunks(one):
                            pass
        except Refused as refusal:
            raise Refused(f"{refusal} Nothing of it was kept.") from refusal

    def _drop(self) -> None:
        self.part.unlink(missing_ok=True)
        discard([self.path])

    def _came(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _noted(self) -> tuple[str | None, int | None]:
        """The ETag of the version that lies here, and its length in bytes."""
        try:
            noted = json.loads(self._note.read_text("utf-8"))
            etag, of = noted["etag"], noted["of"]
        except (OSError, ValueError, KeyError, TypeError):
            return None, None
        return (etag, of) if isinstance(etag, str) and _ETAG.fullmatch(etag) else (None, None)


def _md5(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
