"""What other packages may ask of series."""

from concerted.series.recurring import EveryMonths, EveryWeeks, Wanted, places
from concerted.series.services import plan_all

__all__ = ["EveryMonths", "EveryWeeks", "Wanted", "places", "plan_all"]
