"""What other packages may ask of minuting."""

from concerted.minuting.assembling import check
from concerted.minuting.differing import Run, differences
from concerted.minuting.forms import AgreedForm, DraftForm, RecordForm
from concerted.minuting.models import Attender, Draft, Minutes
from concerted.minuting.policies import may_correct, may_write
from concerted.minuting.queries import (
    as_chair,
    attenders_of,
    could_have_agreed,
    drafts_of,
    drafts_visible_to,
    minutes_of,
    page_of,
)
from concerted.minuting.services import (
    Met,
    Overtaken,
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
    "AgreedForm",
    "Attender",
    "Draft",
    "DraftForm",
    "Met",
    "Minutes",
    "Overtaken",
    "RecordForm",
    "Run",
    "Ticked",
    "as_chair",
    "attenders_of",
    "begin",
    "check",
    "circulate",
    "clear",
    "correct",
    "could_have_agreed",
    "differences",
    "drafts_of",
    "drafts_visible_to",
    "may_correct",
    "may_write",
    "minutes_of",
    "page_of",
    "put_on_record",
    "save_draft",
    "tick",
]
