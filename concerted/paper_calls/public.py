"""What other packages may ask of calls for papers and for comments."""

from concerted.paper_calls.models import Call, CommentCall, Delivery
from concerted.paper_calls.policies import is_asked, works_for
from concerted.paper_calls.queries import (
    asked_of,
    comment_calls_visible_to,
    deliveries_visible_to,
    line_of,
    to_approve,
    visible_to,
)
from concerted.paper_calls.services import (
    Addressee,
    Said,
    Wanted,
    answer,
    approve,
    call,
    call_for_comments,
    comment,
    deliver,
    publish,
    send_back,
)

__all__ = [
    "Addressee",
    "Call",
    "CommentCall",
    "Delivery",
    "Said",
    "Wanted",
    "answer",
    "approve",
    "asked_of",
    "call",
    "call_for_comments",
    "comment",
    "comment_calls_visible_to",
    "deliver",
    "deliveries_visible_to",
    "is_asked",
    "line_of",
    "publish",
    "send_back",
    "to_approve",
    "visible_to",
    "works_for",
]
