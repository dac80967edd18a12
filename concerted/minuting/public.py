"""What other packages may ask of minuting."""

from concerted.minuting.assembling import check
from concerted.minuting.forms import RecordForm
from concerted.minuting.models import Minutes
from concerted.minuting.queries import as_chair, attenders_of, drafts_visible_to, minutes_of
from concerted.minuting.services import (
    Ticked,
    begin,
    circulate,
    clear,
    correct,
    put_on_record,
    save_draft,
    tick,
)

__all__ = [
    "Minutes",
    "RecordForm",
    "Ticked",
    "as_chair",
    "attenders_of",
    "begin",
    "check",
    "circulate",
    "clear",
    "correct",
    "drafts_visible_to",
    "minutes_of",
    "put_on_record",
    "save_draft",
    "tick",
]
