"""What other packages may ask of business that is put forward."""

from concerted.raising.models import ItemRequest
from concerted.raising.policies import may_see_all
from concerted.raising.queries import of_key, to_rule_on
from concerted.raising.services import Wanted, ask, raise_urgent, rule
from concerted.raising.states import RequestState

__all__ = [
    "ItemRequest",
    "RequestState",
    "Wanted",
    "ask",
    "may_see_all",
    "of_key",
    "raise_urgent",
    "rule",
    "to_rule_on",
]
