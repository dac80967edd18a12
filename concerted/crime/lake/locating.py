"""Where the rows of a mapped file lie: its codes or names of areas, and what these lie in."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from concerted.crime.lake.areas import Geography, Place, level_of
from concerted.crime.lake.lookups import CODE
from concerted.crime.lake.mappings import ALL_OTHERS, LEFT_OUT, LEVELS, ColumnMapping
from concerted.crime.lake.refusals import Refused


class Located(NamedTuple):
    """What a row lies in; None where it cannot be said."""

    small_area: str | None = None
    vintage: int | None = None
    stable_area: str | None = None
    ward: str | None = None
    district: str | None = None
    partnership: str | None = None
    police_area: str | None = None


NOWHERE = Located()


class Outside(Exception):
    """The row lies outside the area that the file is of."""


class Unmapped(Exception):
    """The words stand for no area that is known."""


class Locating:
    """Finds areas for one mapping. `holds` are the areas that the file holds whole, by level."""

    def __init__(self, mapping: ColumnMapping, geography: Geography) -> None:
        self._mapping, self._geography = mapping, geography
        self._names = names_of(geography, mapping.level)
        self._found: dict[str, Located | type[Exception] | None] = {}
        self._strange: set[str] = set()
        self._inside = _Inside(geography)
        self.holds = _whole(mapping, self._inside) if mapping.within else {}
        self._within = _of_level(mapping.within, self._inside) if mapping.within else NOWHERE

    @property
    def finest(self) -> str:
        """The smallest kind of area of which the file can give counts; force for none."""
        if self._mapping.level:
            return self._mapping.level
        return next(iter(self.holds), "force")

    def place(self, words: str) -> Located | None:
        """Where a value of the column of areas lies; None where the mapping leaves such rows out.

        Raises Outside, and Unmapped for words that are neither code nor name nor mapped.
        """
        if words not in self._found:
            try:
                self._found[words] = self._place(words)
            except (Outside, Unmapped) as why:
                self._found[words] = type(why)
        found = self._found[words]
        if isinstance(found, type):
            raise found
        return found

    def is_unknown(self, words: str) -> bool:
        """Whether no lookup has the code: the row is kept, and lies in nothing that is known."""
        return words in self._strange

    def _place(self, words: str) -> Located | None:
        code = self._code(words)
        if code is None:
            return None
        located = self._located(code, words) if code else NOWHERE
        if not self._mapping.within:
            return located
        level, within = level_of(self._mapping.within) or "", self._mapping.within
        found = getattr(located, level)
        # What no lookup knows may lie inside; of tables of the whole country it hardly does.
        elsewhere = level_of(code) == level or self._mapping.feed == "home_office"
        if code and found != within and (found or elsewhere):
            raise Outside
        if found:
            return located
        return self._within._replace(small_area=located.small_area)

    def _code(self, words: str) -> str | None:
        mapping = self._mapping
        code = mapping.areas.get(words)
        if code is None and words and not self._is_known(words):
            code = mapping.areas.get(ALL_OTHERS)
        return None if code == LEFT_OUT else (words if code is None else code)

    def _is_known(self, words: str) -> bool:
        return bool(CODE.fullmatch(words)) or plain_name(words) in self._names

    def _located(self, code: str, words: str) -> Located:
        code = code if CODE.fullmatch(code) else self._names.get(plain_name(code), "")
        if not code or level_of(code) != self._mapping.level:
            raise Unmapped
        if self._mapping.level == "small_area":
            place = self._geography.places.get(code)
            found = Located(*place) if place else NOWHERE
        else:
            found = _of_level(code, self._inside)
        if found != NOWHERE:
            return found
        self._strange.add(words)
        return NOWHERE._replace(small_area=code) if level_of(code) == "small_area" else NOWHERE


def plain_name(words: str) -> str:
    """A name of an area as `names_of` has it: in small letters, `&` written out."""
    return " ".join(words.casefold().replace("&", "and").split())


def names_of(geography: Geography, level: str) -> dict[str, str]:
    """Codes by name, where a name is of one area alone."""
    codes: dict[str, set[str]] = defaultdict(set)
    for (of, code), name in geography.names.items():
        if of == level and name:
            codes[plain_name(name)].add(code)
    return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}


class _Inside:
    """The small areas that lie in each ward, district, partnership and police area."""

    def __init__(self, geography: Geography) -> None:
        self._of: dict[str, list[Place]] = defaultdict(list)
        for place in geography.places.values():
            for level in LEVELS[1:]:
                if code := getattr(place, level):
                    self._of[code].append(place)

    def __call__(self, code: str) -> list[Place]:
        return self._of.get(code, [])


def _of_level(code: str, inside: _Inside) -> Located:
    """A ward, district, partnership or police area, and what all of it lies in."""
    places = inside(code)
    if not places:
        return NOWHERE
    level = level_of(code) or ""
    return Located(
        **{  # type: ignore[arg-type]
            one: _only(getattr(place, one) for place in places)
            for one in LEVELS[LEVELS.index(level) :]
        }
    )


def _only(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return next(iter(found)) if len(found) == 1 else None


def _whole(mapping: ColumnMapping, inside: _Inside) -> dict[str, str]:
    """The areas of each level that a file cut to one area holds whole: at least that one."""
    within = mapping.within
    places = inside(within)
    level = level_of(within)
    if not places or not level:
        raise Refused(
            f"The mapping says that the file is cut to {within[:40]}, which no lookup knows. Check "
            "the code, or give the lookup first."
        )
    found = {level: within}
    for above in LEVELS[LEVELS.index(level) + 1 :]:
        code = _only(getattr(one, above) for one in places)
        if code and len(inside(code)) == len(places):
            found[above] = code
    if "police_area" in found:
        found["force"] = mapping.recorded_by
    return found
