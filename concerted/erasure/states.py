"""How an erasure can stand, what is decided of a record, and what became of it."""

from django.db import models


class ErasureState(models.TextChoices):
    PROPOSED = "proposed", "Waiting for a second person"
    RETURNED = "returned", "Sent back: nothing was erased"
    APPROVED = "approved", "Approved, being carried out"
    DONE = "done", "Carried out"
    STOPPED = "stopped", "Stopped before its end"


NEXT: dict[str, frozenset[str]] = {
    ErasureState.PROPOSED: frozenset({ErasureState.RETURNED, ErasureState.APPROVED}),
    ErasureState.RETURNED: frozenset(),
    ErasureState.APPROVED: frozenset({ErasureState.DONE, ErasureState.STOPPED}),
    ErasureState.DONE: frozenset(),
    ErasureState.STOPPED: frozenset(),
}


class Way(models.TextChoices):
    """What can become of a record, by the table that it stands in."""

    REPLACE = "replace", "Names, addresses and words in it are replaced; the record itself stays"
    TAKE_OUT = "take_out", "The record is taken out"
    BYTES = "bytes", "The bytes are destroyed and its file name goes; their fingerprint stays"
    READ = (
        "read",
        "If nothing came of the file, it goes with its bytes; else what was read in it goes",
    )
    RECORD = "record", "It is never altered. Keep it, and give the ground"
    PERSON = "person", "It goes with the person’s own record, if that is erased"
    LINK = "link", "It only leads to the person’s record: the name goes with that"


# A person decides of these, one by one or those that can only be kept together.
DECIDED = frozenset({Way.REPLACE, Way.TAKE_OUT, Way.BYTES, Way.READ, Way.RECORD})


class Chosen(models.TextChoices):
    ERASE = "erase", "Erase"
    KEEP = "keep", "Keep"
    NOTHING = "none", "Looked at by hand: nothing of them stands there"


_ACT = "Data Protection Act 2018, "


class KeepGround(models.TextChoices):
    """Why something is kept though its erasure was asked for."""

    EXPRESSION = "expression", "Article 17(3)(a): freedom of expression and information"
    OBLIGATION = "obligation", "Article 17(3)(b): a law obliges to keep it"
    PUBLIC_TASK = "public_task", "Article 17(3)(b): a task in the public interest needs it"
    HEALTH = "health", "Article 17(3)(c): public health"
    ARCHIVE = "archive", "Article 17(3)(d): archiving in the public interest"
    CLAIMS = "claims", "Article 17(3)(e): legal claims"
    HOLD = "hold", "It is on hold, and stays while the hold stands"
    NO_GROUND = "no_ground", "No ground of Article 17(1) applies to it"
    NOT_THEIRS = "not_theirs", "It is about somebody else of that name"
    LAWFUL = "lawful", f"{_ACT}section 47(1) does not apply: it is held lawfully"
    EVIDENCE = "evidence", f"{_ACT}section 47(2): it is needed as evidence"


EITHER_LAW = frozenset({KeepGround.HOLD, KeepGround.NOT_THEIRS})
PART_3 = frozenset({KeepGround.LAWFUL, KeepGround.EVIDENCE})


class LineState(models.TextChoices):
    LISTED = "listed", "Listed"
    ERASED = "erased", "Erased"
    KEPT = "kept", "Kept"
    HELD = "held", "Stayed: it is on hold"
    CHANGED = "changed", "Stayed: it had changed, or is in use"
    ABSENT = "absent", "Was not there any more"
