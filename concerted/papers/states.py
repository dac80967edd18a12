"""How a paper is held: nothing above OFFICIAL-SENSITIVE."""

from concerted.restrictions.states import Tier

__all__ = ["Tier"]
