"""What may be handed over: a request that is too large is refused before it is kept."""

import io
import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

AT_ONCE = 4  # files of the largest size that one request may hold together
MOST_FILES = 1000


class LimitHandler(FileUploadHandler):
    """Stops keeping files at the limit; `request.too_large` then says why, in a sentence.

    It works wherever the form is first read, which is often before any view (the check of the
    form's token). One handler serves all files of a request.
    """

    together = 0
    count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0
        self.count += 1
        if self.count > MOST_FILES:
            self._stop(f"These are more than {MOST_FILES:,} files. Hand over fewer at once.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        self.together += len(raw_data)
        limit = settings.UPLOAD_LIMIT
        # An archive is many files: it may have what they may have together.
        if self.received > limit and not (self.file_name or "").lower().endswith(".zip"):
            self._stop(f"{self.file_name} is larger than {_size(limit)}. Hand over a smaller file.")
        if self.together > AT_ONCE * limit:
            most = _size(AT_ONCE * limit)
            self._stop(f"These files have more than {most} together. Hand over fewer at once.")
        return raw_data

    def _stop(self, sentence: str) -> None:
        if self.request is not None:
            self.request.too_large = f"{sentence} Nothing was kept."  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=False)

    def file_complete(self, file_size: int) -> None:
        return None


class OneFileHandler(FileUploadHandler):
    """Keeps all files of a request in one file on the disk.

    Django's own handlers keep them in memory, or open as many files as were sent.
    """

    kept: IO[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.kept is None:
            self.kept = tempfile.TemporaryFile()  # noqa: SIM115 - the request closes it
        self.start = self.kept.seek(0, io.SEEK_END)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.kept  # noqa: S101 - a piece belongs to a file
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        assert self.kept  # noqa: S101
        return UploadedFile(
            file=_Stretch(self.kept, self.start, file_size),  # type: ignore[arg-type]
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if self.kept is not None:
            self.kept.close()


class _Stretch(io.RawIOBase):
    """One file inside the file that holds all of a request; closing one closes them all."""

    def __init__(self, whole: IO[bytes], start: int, size: int) -> None:
        self.whole, self.start, self.size, self.at = whole, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        self.at = max(0, base + offset)
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: Any) -> int:
        self.whole.seek(self.start + self.at)
        piece = self.whole.read(min(len(buffer), max(0, self.size - self.at)))
        buffer[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)

    def close(self) -> None:
        self.whole.close()
        super().close()


def _size(count: int) -> str:
    return f"{count // 1024**2} MB" if count >= 1024**2 else f"{count:,} bytes"
