"""What people hear of by mail: the outbox with what waits, and an owner who has no account."""

import datetime

from concerted.actions.public import Owners, agree
from concerted.demonstration.partnership import Made, address
from concerted.kernel.clock import today
from concerted.notifying.public import drop, shown, tell, waiting, watch, word
from concerted.people import seating, services
from concerted.people.public import acting_as

# Of all that would wait after a year put on record in one day, the demonstration keeps these.
KEPT = ("violence", "board")
OPENING = "The next meeting is about licences. Please read the police’s figures before it."


def tell_people(made: Made) -> int:
    """Tell of what happened, and leave two mails waiting; returns how many wait."""
    _warden(made)
    tell()
    watch(today())
    with acting_as(made.accounts["dilys"]) as dilys:
        kept = [made.bodies[one].pk for one in KEPT]
        for letter in waiting(dilys):
            if letter.body_id not in kept or letter.organisation_id or letter.constant:
                drop(dilys, letter=letter, reason="Everybody was told of it when it was new.")
        for letter in waiting(dilys):
            if letter.body_id == kept[0]:
                word(dilys, letter=letter, opening=OPENING)
        return sum(bool(shown(dilys, one).text) for one in waiting(dilys))


def _warden(made: Made) -> None:
    """Somebody without an account, who reads a mailbox and is asked by a link."""
    with acting_as(made.accounts["maud"]) as maud:
        post = services.add_post(
            maud,
            title="Head of town wardens",
            organisation=made.organisations["council"],
            role_mailbox=address("wardens"),
        )
        person = services.add_person(maud, name="Hesper Quill")
        seating.appoint(maud, person=person, post=post, starts=today())
    with acting_as(made.accounts["dilys"]) as dilys:
        agree(
            dilys,
            body=made.bodies["board"],
            text="Walk the footpath behind Tanner Street at dusk, and say which lamps are out",
            agreed_on=today(),
            due=today() + datetime.timedelta(days=21),
            owners=Owners(posts=[post]),
        )
