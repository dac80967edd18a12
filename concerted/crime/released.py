"""What public versions of reports have shown, and what follows from them together.

A count that is hidden in one table can follow by subtraction: from the wards around it, from the
measures that make up a total, or from a report of other months. So every cell that was ever shown
is kept, and a new public version is held against all of them. Plain Python.

What was shown of the same place and months at another time counts as the figure of today: that the
force corrected it since would only blur what follows, and nobody should rely on that. What was
small in any version stays hidden, though it is not small any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from concerted.crime.lake.months import Month, Period, later
from concerted.crime.lake.refusals import Refused
from concerted.figures.errors import NoFigure
from concerted.figures.suppression import SMALLEST_SHOWN, Sum, follows, suppressed


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A count of a measure in an area over whole months, as a public version shows or hides it.

    `small`: it is to be hidden for its own sake, as it stands in that version.
    """

    measure: str
    area: str
    first: Month
    last: Month
    hidden: bool = False
    small: bool = False

    @property
    def place(self) -> tuple[str, str, Month, Month]:
        return (self.measure, self.area, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Known:
    """What everybody may know of how places make each other up.

    `parts` are the areas that an area falls into, `groups` the measures that a measure is made of,
    where they do add up. `months` are the counts of today: of each measure and area, by month.
    `protected` are the areas whose small counts are hidden: wards and smaller.
    """

    parts: Mapping[str, Sequence[str]]
    groups: Mapping[str, Sequence[str]]
    months: Mapping[tuple[str, str], Mapping[Month, int]]
    protected: frozenset[str]

    def count(self, measure: str, area: str, period: Period) -> int:
        """Raises Refused where a month has no figure: what is not known cannot be checked."""
        of = self.months.get((measure, area), {})
        if missing := [month for month in period.months if month not in of]:
            raise Refused(
                f"{missing[0]:%B %Y} has no figure for {measure} in {area}, so nobody can tell "
                "what would follow from this release."
            )
        return sum(of[month] for month in period.months)


def hidden_in(
    new: Iterable[Cell],
    known: Known,
    earlier: Iterable[Cell] = (),
    *,
    smallest: int = SMALLEST_SHOWN,
) -> tuple[Cell, ...]:
    """The cells of a new public version, with those hidden that must be: in the same order.

    Small counts of protected areas are hidden, and what else must go so that neither they nor
    those of earlier versions follow from all versions together. Raises Refused where earlier ones
    have shown so much that hiding does not help.
    """
    wanted, before = tuple(new), tuple(earlier)
    table = _Table(known, (*before, *wanted))
    out = table.places_of(one for one in before if not one.hidden)
    try:
        hidden = suppressed(
            table.values,
            table.sums,
            smallest=smallest,
            among=table.protected,
            also=table.places_of(one for one in (*before, *wanted) if one.small),
            unshown=table.unshown | (table.places_of(before) - out),
            out=out,
        )
    except NoFigure:
        raise Refused(
            "Earlier public versions have shown so much that a small count would follow from "
            "this one, whatever it hides. Choose other months, or leave out the wards."
        ) from None
    return tuple(replace(one, hidden=table.at[one.place] in hidden) for one in wanted)


def given_away(
    new: Iterable[Cell],
    known: Known,
    earlier: Iterable[Cell] = (),
    *,
    smallest: int = SMALLEST_SHOWN,
) -> tuple[Cell, ...]:
    """What would follow of the small counts of protected areas, from all versions together.

    Among them are counts that no version has ever named, such as those of a month between two
    reports.
    """
    cells = (*earlier, *new)
    table = _Table(known, cells)
    shown = table.places_of(one for one in cells if not one.hidden)
    hidden = frozenset(range(len(table.values))) - shown
    small = {one for one in table.protected & hidden if 0 < table.values[one] < smallest}
    small |= {one for one in table.places_of(one for one in cells if one.small) if one in hidden}
    found = follows(table.values, table.sums, hidden, among=small)
    return tuple(sorted(Cell(*place, hidden=True) for place, at in table.at.items() if at in found))


def as_json(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    """Cells as JSON can hold them; months as ISO days."""
    ends = ("first", "last")
    return [asdict(one) | {end: getattr(one, end).isoformat() for end in ends} for one in cells]


def cells_from(held: Iterable[Mapping[str, Any]]) -> tuple[Cell, ...]:
    """What `as_json` wrote."""
    return tuple(
        Cell(**{**one, **{end: Month.fromisoformat(one[end]) for end in ("first", "last")}})
        for one in held
    )


class _Table:
    """Every place of these cells, cut into the months between all their ends, as one table.

    `unshown` are the places that no cell names.
    """

    def __init__(self, known: Known, cells: Sequence[Cell]) -> None:
        self._known = known
        self.at: dict[tuple[str, str, Month, Month], int] = {}
        self.values: list[int] = []
        self.sums: list[Sum] = []
        ends = sorted({end for one in cells for end in (one.first, later(one.last, 1))})
        self._pieces = [
            Period(first, later(end, -1))
            for first, end in pairwise(ends)
            if any(one.first <= first and end <= later(one.last, 1) for one in cells)
        ]
        of = {(one.measure, one.area) for one in cells}
        for measure, area in sorted(of | self._whole(of)):
            for piece in self._pieces:
                self._add(measure, area, piece)
        for one in cells:
            self._add(one.measure, one.area, Period(one.first, one.last))
        self._add_up(cells)
        named = self.places_of(cells)
        self.unshown = frozenset(range(len(self.values))) - named
        self.protected = frozenset(
            at for (_, area, _, _), at in self.at.items() if area in known.protected
        )

    def places_of(self, cells: Iterable[Cell]) -> frozenset[int]:
        return frozenset(self.at[one.place] for one in cells)

    def _whole(self, of: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """The measures and areas that those of the cells are made of, where there are figures."""
        known = self._known
        made_of = {
            *((measure, part) for measure, area in of for part in known.parts.get(area, ())),
            *((group, area) for measure, area in of for group in known.groups.get(measure, ())),
        }
        return made_of & known.months.keys()

    def _add(self, measure: str, area: str, period: Period) -> None:
        place = (measure, area, period.first, period.last)
        if place not in self.at:
            self.at[place] = len(self.values)
            self.values.append(self._known.count(measure, area, period))

    def _add_up(self, cells: Sequence[Cell]) -> None:
        for one in sorted({one.place for one in cells}):
            measure, area, first, last = one
            inside = [
                piece for piece in self._pieces if first <= piece.first and piece.last <= last
            ]
            if len(inside) > 1:
                self._sum(one, [(measure, area, piece.first, piece.last) for piece in inside])
        for measure, area, first, last in list(self.at):
            if parts := self._known.parts.get(area, ()):
                self._sum(
                    (measure, area, first, last), [(measure, one, first, last) for one in parts]
                )
            if groups := self._known.groups.get(measure, ()):
                self._sum(
                    (measure, area, first, last), [(one, area, first, last) for one in groups]
                )

    def _sum(
        self,
        total: tuple[str, str, Month, Month],
        parts: Sequence[tuple[str, str, Month, Month]],
    ) -> None:
        """Where all the parts are places of the table. What is in none of them, such as crimes
        that could not be placed, is a part that nothing is ever said of."""
        if not all(part in self.at for part in parts):
            return
        places = tuple(self.at[part] for part in parts)
        rest = self.values[self.at[total]] - sum(self.values[one] for one in places)
        if rest > 0:
            self.values.append(rest)
            places = (*places, len(self.values) - 1)
        if rest >= 0:
            self.sums.append(Sum(self.at[total], places))
