"""Areas: what each small area lies in, and a partnership's own areas.

A *small area* is a Lower layer Super Output Area of 2011 or 2021. Published data change from one to
the other inside 2023, so a trend by small area breaks; by *stable area* it does not (`components`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from concerted.crime.lake.components import Components
from concerted.crime.lake.lookups import Line, Lookup, read_lookup
from concerted.crime.lake.refusals import Refused, listed

LEVELS = ("small_area", "stable_area", "ward", "district", "partnership", "police_area")
# The first letters of a code of the Office for National Statistics say what it is of.
_PREFIXES = {
    "small_area": ("E01", "W01"),
    "ward": ("E05", "W05"),
    "district": ("E06", "E07", "E08", "E09", "W06"),
    "partnership": ("E22", "W14"),
    "police_area": ("E23", "W15"),
}


def level_of(code: str) -> str | None:
    """What a code is of, such as district; None for none that is known."""
    return next((level for level, starts in _PREFIXES.items() if code[:3] in starts), None)


class Place(NamedTuple):
    """A small area and what it lies in; None where no lookup says so.

    `vintage` is 2011 or 2021 for a code of one census only, and None for one of both. The ward is
    that of the whole stable area, so that a ward's trend does not break where a small area was
    split between two.
    """

    small_area: str
    vintage: int | None
    stable_area: str
    ward: str | None
    district: str | None
    partnership: str | None
    police_area: str | None


@dataclass(frozen=True)
class Geography:
    """All small areas of the lookups given. `sources` are the files' names and SHA-256.

    `ward_year` is the version of the wards' boundaries. `remarks` are sentences on what the lookups
    leave open: they are shown to whoever imports and kept with the snapshot.
    """

    places: Mapping[str, Place]
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    ward_year: int | None = None
    sources: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def within(self, level: str, code: str) -> frozenset[str]:
        """The stable areas of a district, ward or partnership. Raises Refused for none."""
        found = frozenset(
            one.stable_area for one in self.places.values() if getattr(one, level) == code
        )
        if not found:
            raise Refused(f"The lookups know no {level.replace('_', ' ')} {code}. Check the code.")
        return found


@dataclass(frozen=True)
class OwnArea:
    """An area of the partnership's own: an area board, a joint action group, a focus area.

    Made of small areas (of either census), or of whole wards. `version` says which boundaries
    were meant, such as “wards 2025”.
    """

    code: str
    label: str
    version: str
    small_areas: frozenset[str] = frozenset()
    wards: frozenset[str] = frozenset()

    def stable_areas(self, geography: Geography) -> frozenset[str]:
        """What it is made of, over both censuses.

        Raises Refused for unknown codes, and where it holds part of a stable area only: counts
        from before the change could then not be told apart.
        """
        unknown = sorted(self.small_areas - set(geography.places))
        if unknown:
            raise Refused(
                f"{self.label} is made of small areas that no lookup knows: {listed(unknown)}. "
                "Mend its list, or add a lookup."
            )
        places = [geography.places[code] for code in self.small_areas]
        found = frozenset(place.stable_area for place in places)
        self._refuse_parts(found, geography)
        return found.union(*(geography.within("ward", ward) for ward in self.wards))

    def _refuse_parts(self, found: frozenset[str], geography: Geography) -> None:
        whole: dict[tuple[str, int], set[str]] = defaultdict(set)
        for place in geography.places.values():
            if place.stable_area in found and place.vintage:
                whole[place.stable_area, place.vintage].add(place.small_area)
        for stable in sorted({stable for stable, _ in whole}):
            years = [codes for (one, _), codes in whole.items() if one == stable]
            if not any(codes <= self.small_areas for codes in years):
                missing = sorted(set().union(*years) - self.small_areas)
                raise Refused(
                    f"{self.label} holds only part of what was one small area ({stable}) in one of "
                    f"the censuses, so its trend would break. Add {listed(missing)}, or leave out "
                    "the rest of it."
                )


def rest_of(district: str, areas: Iterable[OwnArea], geography: Geography) -> frozenset[str]:
    """The stable areas of a district that none of its own areas holds. Raises Refused for none."""
    held = frozenset[str]().union(*(one.stable_areas(geography) for one in areas))
    rest = geography.within("district", district) - held
    if not rest:
        raise Refused(f"These areas hold all of {district}: there is no rest of it.")
    return rest


def read_geography(paths: Iterable[Path], *, ward_year: int | None = None) -> Geography:
    """All lookups together; the newest wards unless `ward_year` says which.

    Raises Refused for a file that is no lookup, and where no file names small areas.
    """
    return _Joining([read_lookup(path) for path in paths], ward_year).geography()


class _Joining:
    """Lookups put together: first what each says of a code, then one place for each code."""

    def __init__(self, lookups: Sequence[Lookup], ward_year: int | None) -> None:
        years = sorted({year for one in lookups for year in one.ward_years})
        if ward_year is not None and ward_year not in years:
            raise Refused(
                f"No lookup has wards of {ward_year}; there are those of "
                f"{listed([str(year) for year in years]) or 'no year'}."
            )
        self.lookups = lookups
        self.ward_year = ward_year or (years[-1] if years else None)
        self.names: dict[tuple[str, str], str] = {}
        self.vintages: dict[str, set[int]] = defaultdict(set)
        self.said: dict[str, dict[str, str]] = defaultdict(dict)
        self.in_changes: dict[str, set[str]] = defaultdict(set)
        self.of_district: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.parts = Components()
        self.remarks: list[str] = []

    def geography(self) -> Geography:
        take = {
            "changes": self._take_change,
            "small areas": self._take_small_area,
            "districts": self._take_district,
        }
        for lookup in self.lookups:
            for line in lookup.lines:
                take[lookup.kind](line)
        codes = sorted(set(self.vintages) | set(self.said))
        if not codes:
            raise Refused(
                "None of the lookups names small areas. Add one with LSOA codes, such as that of "
                "changes from 2011 to 2021."
            )
        wards = self._wards(codes)
        places = {code: self._place(code, wards) for code in codes}
        sources = tuple((one.name, one.sha256) for one in self.lookups)
        return Geography(places, self.names, self.ward_year, sources, tuple(self.remarks))

    def _take_change(self, line: Line) -> None:
        old, new = line["old"], line["new"]
        self.parts.join(old, new)
        self.vintages[old].add(2011)
        self.vintages[new].add(2021)
        self.names.setdefault(("small_area", old), line["old_name"])
        self.names.setdefault(("small_area", new), line["new_name"])
        if line["district"]:
            self.in_changes[old].add(line["district"])
            self.in_changes[new].add(line["district"])
            self.names.setdefault(("district", line["district"]), line["district_name"])

    def _take_small_area(self, line: Line) -> None:
        code, said = line["small_area"], self.said[line["small_area"]]
        if line["vintage"] in ("2011", "2021"):
            self.vintages[code].add(int(line["vintage"]))
        for level in ("small_area", "district", "partnership", "police_area"):
            self._hear(said, level, line[level], line[f"{level}_name"], code)
        if self.ward_year:
            ward = f"ward{self.ward_year % 100:02}"
            self._hear(said, "ward", line[ward], line[f"{ward}_name"], code)

    def _hear(self, said: dict[str, str], level: str, value: str, name: str, code: str) -> None:
        if not value:
            return
        if said.setdefault(level, value) != value:
            raise Refused(
                f"The lookups put {code} into two of a kind ({level.replace('_', ' ')}): "
                f"{said[level]} and {value}. Use one of them only."
            )
        self.names.setdefault((level, value), name)

    def _take_district(self, line: Line) -> None:
        for level in ("district", "partnership", "police_area"):
            if line[level]:
                self.of_district[line["district"]].add((level, line[level]))
                self.names.setdefault((level, line[level]), line[f"{level}_name"])

    def _wards(self, codes: list[str]) -> dict[str, str]:
        """One ward for each stable area: that of most of its codes, first that of 2011's."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        # The older codes are the lower ones; of equals, a counter names the first it met.
        for code in codes:
            if ward := self.said.get(code, {}).get("ward"):
                votes[self.parts.name(code)][ward] += 1
        across = sorted(stable for stable, count in votes.items() if len(count) > 1)
        if across:
            self.remarks.append(
                f"{len(across)} small areas that changed in 2021 lie in more than one ward and are "
                f"counted in the one that holds most of them: {listed(across)}."
            )
        return {stable: count.most_common(1)[0][0] for stable, count in votes.items()}

    def _place(self, code: str, wards: Mapping[str, str]) -> Place:
        said = self.said.get(code, {})
        stable = self.parts.name(code)
        district = said.get("district") or self._district(code)
        vintages = self.vintages[code]
        return Place(
            code,
            min(vintages) if len(vintages) == 1 else None,
            stable,
            wards.get(stable),
            district,
            said.get("partnership") or self._above(district, "partnership"),
            said.get("police_area") or self._above(district, "police_area"),
        )

    def _district(self, code: str) -> str | None:
        """The only district; or of several, that by which the small area is called."""
        districts = self.in_changes.get(code, set())
        if len(districts) <= 1:
            return next(iter(districts), None)
        name = self.names.get(("small_area", code), "")
        named = [one for one in districts if name.startswith(self.names["district", one] or "?")]
        if len(named) == 1:
            return named[0]
        self._remark(f"{code} lies in more than one district and is counted in none.")
        return None

    def _above(self, district: str | None, level: str) -> str | None:
        found = [code for what, code in self.of_district.get(district or "", ()) if what == level]
        if len(found) > 1:
            self._remark(
                f"{district} has several of a kind ({level.replace('_', ' ')}): "
                f"{listed(sorted(found))}. Its small areas are counted in none until a lookup says "
                "which lie in which."
            )
        return found[0] if len(found) == 1 else None

    def _remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)
