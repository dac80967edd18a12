"""What the trail holds of people: pseudonyms, and no more."""

from concerted.kernel.personal import MEMBERSHIP, TRAIL, Holds, Record

SEALS = "For good: digests, from which nothing can be read back"

RECORDS = {
    "audit.Line": Record(
        "Showing who did what to which record, under a pseudonym",
        TRAIL,
        "6 whole years, then dropped by the year (concerted audit expire); never altered",
        {Holds.INTERNAL: "at verb what kind reference fields", Holds.PERSONAL: "actor"},
    ),
    "audit.Seal": Record(
        "Showing that no line was changed",
        TRAIL,
        SEALS,
        {Holds.INTERNAL: "at previous digest lines"},
    ),
    "audit.SealedLine": Record(
        "Naming the first line that was changed",
        TRAIL,
        SEALS,
        {Holds.INTERNAL: "line_id line_at seal digest"},
    ),
    "audit.Anchor": Record(
        "Showing that the end of the trail was not cut off",
        TRAIL,
        SEALS,
        {Holds.INTERNAL: "day at seals lines digest"},
    ),
    "audit.Keeper": Record(
        "Which two posts the anchors go to",
        MEMBERSHIP,
        "Until the manager chooses others",
        {Holds.INTERNAL: "post_key organisation_key since"},
    ),
}
