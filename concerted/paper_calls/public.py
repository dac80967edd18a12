"""What other packages may ask of calls for papers and for comments."""

from concerted.paper_calls.models import Call, CommentCall, Delivery
from concerted.paper_calls.policies import is_asked, works_for
from concerted.paper_calls.queries import (
    Line,
    asked_of,
    comment_calls_visible_to,
    deliveries_visible_to,
    line_of,
    of_meeting,
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
from concerted.paper_calls.states import Standing

__all__ = [
    "Addressee",
    "Call",
    "CommentCall",
    "Delivery",
    "Line",
    "Said",
    "Standing",
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
    "of_meeting",
    "publish",
    "send_back",
    "to_approve",
    "visible_to",
    "works_for",
]
