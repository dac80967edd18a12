"""What the members of the board registered: an invented rule, and invented interests."""

from decimal import Decimal

from concerted.demonstration.partnership import Made
from concerted.interests import public as interests
from concerted.interests.public import NewEntry, NewGift, Whose
from concerted.kernel.clock import today
from concerted.people.public import acting_as

KINDS = (
    ("Employment, office or trade", "Any paid work, and what you are director of"),
    ("Contracts with a partner", "Between you, or a firm of yours, and an organisation of ours"),
    ("Land and houses", "In the area of the partnership"),
    ("Office in another body", "Trustee, governor, committee member"),
)


def register_interests(made: Made) -> int:
    """Set the rule, and let some members register; returns how many of them did."""
    with acting_as(made.accounts["maud"]) as maud:
        interests.set_rule(
            maud,
            starts=today(),
            days_after_appointment=28,
            days_after_change=28,
            confirm_months=12,
            remind_days=28,
            gift_pounds=Decimal(50),
            gift_days=28,
        )
        kinds = {
            words: interests.add_kind(maud, words=words, covers=covers, starts=today())
            for words, covers in KINDS
        }
    with acting_as(made.accounts["rowena"]) as rowena:
        office = NewEntry(
            kind=kinds["Office in another body"],
            what="Member of the board of this landlord, unpaid",
            whose=Whose.OWN,
            starts=today(),
            organisation=made.organisations["homes"],
        )
        interests.add(rowena, new=office)
        tickets = NewGift(
            direction="received",
            on=today(),
            what="Two tickets for the summer fair",
            pounds=Decimal(24),
            accepted=False,
            other_side="Marlbeck Traders",
        )
        interests.register_gift(rowena, new=tickets)
        interests.confirm(rowena)
    with acting_as(made.accounts["tobias"]) as tobias:
        home = NewEntry(
            kind=kinds["Land and houses"],
            what="A house near one that was attacked",
            whose=Whose.PARTNER,
            starts=today(),
        )
        interests.add(tobias, new=home, because="Showing the street could bring callers.")
    with acting_as(made.accounts["gareth"]) as gareth:
        interests.say_nothing(gareth)
    return 3
