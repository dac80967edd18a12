"""Stable areas: small areas of 2011 and 2021 joined while the one changed into the other.

The changes (split, merged, irregular) are the edges of a graph; each connected component has one
outline in both censuses, whatever happened inside it. It is called by the first of its codes.
"""


class Components:
    """Sets of codes that changed into each other: union by the first code, paths halved."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.name(one), self.name(other)))
        self._above[second] = first

    def name(self, code: str) -> str:
        """The first code of the component, which a code of no change is itself."""
        above = self._above
        while (next_up := above.get(code, code)) != code:
            above[code] = code = above.get(next_up, next_up)
        return code
