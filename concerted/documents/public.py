"""What other packages may ask of documents."""

from concerted.documents.holding import Held, Holder, register
from concerted.documents.models import Document, Version
from concerted.documents.narrowing import needs, needs_no_more
from concerted.documents.queries import (
    readable,
    same_bytes,
    versions_visible_to,
    versions_with,
    visible_to,
)
from concerted.documents.services import (
    add_version,
    destroy,
    fingerprint,
    gives_way,
    hand_to,
    keep_beside,
    let_bytes_go,
    let_go,
    let_stray_bytes_go,
    read_bytes,
    receive,
    without_bytes,
)
from concerted.documents.shown import Files, closed_files, files_shown

__all__ = [
    "Document",
    "Files",
    "Held",
    "Holder",
    "Version",
    "add_version",
    "closed_files",
    "destroy",
    "files_shown",
    "fingerprint",
    "gives_way",
    "hand_to",
    "keep_beside",
    "let_bytes_go",
    "let_go",
    "let_stray_bytes_go",
    "needs",
    "needs_no_more",
    "read_bytes",
    "readable",
    "receive",
    "register",
    "same_bytes",
    "versions_visible_to",
    "versions_with",
    "visible_to",
    "without_bytes",
]
