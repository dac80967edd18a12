"""What may be handed over: a request that is too large is refused before it is kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

AT_ONCE = 4  # files of the largest size that one request may hold together


class LimitHandler(FileUploadHandler):
    """Stops keeping files at the limit; `request.too_large` then says why, in a sentence.

    It works wherever the form is first read, which is often before any view (the check of the
    form's token). One handler serves all files of a request.
    """

    together = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        self.together += len(raw_data)
        limit = settings.UPLOAD_LIMIT
        if self.received > limit:
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


def _size(count: int) -> str:
    return f"{count // 1024**2} MB" if count >= 1024**2 else f"{count:,} bytes"
