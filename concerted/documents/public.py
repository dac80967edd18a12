"""What other packages may ask of documents."""

from concerted.documents.models import Document, Version
from concerted.documents.queries import same_bytes, versions_visible_to, visible_to
from concerted.documents.services import (
    add_version,
    destroy,
    fingerprint,
    hand_to,
    let_bytes_go,
    let_go,
    needs,
    needs_no_more,
    read_bytes,
    receive,
    without_bytes,
)

__all__ = [
    "Document",
    "Version",
    "add_version",
    "destroy",
    "fingerprint",
    "hand_to",
    "let_bytes_go",
    "let_go",
    "needs",
    "needs_no_more",
    "read_bytes",
    "receive",
    "same_bytes",
    "versions_visible_to",
    "visible_to",
    "without_bytes",
]
