"""Whether a body may decide: by its rule, from the seats that are filled. Plain Python.

Nothing here knows a person: a seat is told apart by whose it is and who fills it.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from concerted.attending.states import Outlook, Substitutes
from concerted.kernel.verdict import YES, Verdict, no
from concerted.ui.words import plural


@dataclass(frozen=True, slots=True)
class Agency:
    """One that must be there: an organisation, or any one of several."""

    names: tuple[str, ...]

    @property
    def words(self) -> str:
        return " or ".join(self.names)


@dataclass(frozen=True, slots=True)
class Rule:
    """So many members, and each of these agencies. Without either it asks for nothing."""

    members: int = 0
    agencies: tuple[Agency, ...] = ()
    substitutes: str = Substitutes.COUNT

    def __bool__(self) -> bool:
        return bool(self.members or self.agencies)


@dataclass(frozen=True, slots=True)
class Filled:
    """A seat that is filled. `who` is the same for two seats of one person, who is one member."""

    who: str
    organisation: str
    member: bool = True
    substitute: bool = False


def quorum(rule: Rule, present: Sequence[Filled]) -> Verdict:
    """Whether those present are enough; if not, what is missing: `4 of 5 members, no Probation`."""
    counted = [
        one for one in present if not one.substitute or rule.substitutes == Substitutes.COUNT
    ]
    members = len({one.who for one in counted if one.member})
    there = {
        one.organisation
        for one in present
        if not one.substitute or rule.substitutes != Substitutes.NOT
    }
    missing = []
    if members < rule.members:
        missing.append(f"{members} of {plural(rule.members, 'member')}")
    missing += [f"no {one.words}" for one in rule.agencies if there.isdisjoint(one.names)]
    return no(", ".join(missing)) if missing else YES


@dataclass(frozen=True, slots=True)
class Look:
    """What can be said by now. `why` is what is missing, `unsaid` how many seats may still come."""

    outlook: Outlook
    why: str = ""
    unsaid: int = 0

    @property
    def ahead(self) -> str:
        """Of answers to a meeting to come."""
        match self.outlook:
            case Outlook.QUORATE:
                return "Will be quorate"
            case Outlook.INQUORATE:
                return f"Will be inquorate: {self.why}"
            case Outlook.OPEN:
                return f"Not yet known: {self._open('no answer')}; so far {self.why}"
        return "No quorum is on record for this body, so nothing is computed"

    @property
    def there(self) -> str:
        """Of who is at a meeting, or was."""
        match self.outlook:
            case Outlook.QUORATE:
                return "Quorate"
            case Outlook.INQUORATE:
                return f"Inquorate: {self.why}"
            case Outlook.OPEN:
                return f"Cannot be said: {self._open('nothing on record')}; so far {self.why}"
        return "No quorum is on record for this body, so nothing is computed"

    def _open(self, what: str) -> str:
        return f"{what} for {plural(self.unsaid, 'seat')}"


def look(rule: Rule | None, certain: Sequence[Filled], may_come: Sequence[Filled]) -> Look:
    """From seats that are filled for certain, and those of which it is not known.

    What is not known never makes a quorum, and never takes one away.
    """
    if not rule:
        return Look(Outlook.NO_RULE, unsaid=len(may_come))
    now = quorum(rule, certain)
    if now:
        return Look(Outlook.QUORATE, unsaid=len(may_come))
    best = quorum(rule, [*certain, *may_come])
    if not best:
        return Look(Outlook.INQUORATE, best.why_not, len(may_come))
    return Look(Outlook.OPEN, now.why_not, len(may_come))


@dataclass(frozen=True, slots=True)
class Stay:
    """A seat that was filled, and for how long: without times from beginning to end."""

    filled: Filled
    arrived: datetime.time | None = None
    left: datetime.time | None = None

    def at(self, moment: datetime.time | None) -> bool:
        """Whether it was filled then; None is the beginning."""
        if moment is None:
            return self.arrived is None
        come = self.arrived is None or self.arrived <= moment
        return come and (self.left is None or self.left > moment)


@dataclass(frozen=True, slots=True)
class Turn:
    """What holds from a moment on; None is the beginning of the meeting."""

    since: datetime.time | None
    look: Look


def course(rule: Rule | None, stays: Sequence[Stay], unsaid: Sequence[Filled]) -> list[Turn]:
    """Whether there was a quorum, from the beginning on and each time that this changed."""
    moments = sorted({time for one in stays for time in (one.arrived, one.left) if time})
    turns: list[Turn] = []
    for moment in (None, *moments):
        there = [one.filled for one in stays if one.at(moment)]
        found = look(rule, there, unsaid)
        if not turns or replace(turns[-1].look, unsaid=0) != replace(found, unsaid=0):
            turns.append(Turn(moment, found))
    return turns
