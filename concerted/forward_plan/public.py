"""What other packages may ask of forward plans."""

from concerted.forward_plan.services import Wanted, add, deal_with
from concerted.forward_plan.states import Cycle

__all__ = ["Cycle", "Wanted", "add", "deal_with"]
