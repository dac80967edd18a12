"""Which item of an agenda minutes are of: by its title, else by its number."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Protocol, TypeVar


class Titled(Protocol):
    """An item as far as it is compared."""

    @property
    def ref(self) -> str: ...

    @property
    def title(self) -> str: ...


Agenda = TypeVar("Agenda", bound=Titled)


def matched(
    minutes: Sequence[Titled], agenda: Sequence[Agenda], taken: Collection[str] = ()
) -> dict[int, Agenda]:
    """The agenda's items by the place of their minutes; each stands for one, some for none.

    Titles count before numbers, since an item may be dealt with under another number. What two
    items bear tells neither. `taken` are numbers whose minutes have their item already.
    """
    found: dict[int, Agenda] = {}
    for said in (_title, _ref):
        places = [
            place
            for place, one in enumerate(minutes)
            if place not in found and one.ref not in taken
        ]
        left = [one for one in agenda if one not in found.values()]
        here = _once([(said(minutes[place]), place) for place in places])
        there = _once([(said(one), one) for one in left])
        found |= {here[words]: there[words] for words in here.keys() & there.keys()}
    return found


def _title(one: Titled) -> str:
    return " ".join(one.title.casefold().split())


def _ref(one: Titled) -> str:
    return one.ref


Thing = TypeVar("Thing")


def _once(pairs: Sequence[tuple[str, Thing]]) -> dict[str, Thing]:
    """Things by what they bear, where it is said once and at all."""
    often = Counter(words for words, _ in pairs)
    return {words: thing for words, thing in pairs if words and often[words] == 1}
