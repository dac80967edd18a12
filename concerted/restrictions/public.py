"""What other packages may ask of restrictions."""

from concerted.restrictions.kinds import (
    RESTRICTABLE,
    Move,
    Place,
    Restrictable,
    Thing,
    by_label,
    kind_of,
    moved,
    register,
)
from concerted.restrictions.models import Closure, Restriction
from concerted.restrictions.policies import Wanted
from concerted.restrictions.queries import (
    closed_to,
    closure_of,
    closures_in,
    highest_tier,
    history_of,
    told_to_all,
)
from concerted.restrictions.services import Overtaken, restrict
from concerted.restrictions.states import Level, Tier

__all__ = [
    "RESTRICTABLE",
    "Closure",
    "Level",
    "Move",
    "Overtaken",
    "Place",
    "Restrictable",
    "Restriction",
    "Thing",
    "Tier",
    "Wanted",
    "by_label",
    "closed_to",
    "closure_of",
    "closures_in",
    "highest_tier",
    "history_of",
    "kind_of",
    "moved",
    "register",
    "restrict",
    "told_to_all",
]
