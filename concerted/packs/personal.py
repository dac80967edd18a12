"""What packs hold of people: who built one, what a member has seen, and their own notes."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record, until_let_go

OWN = until_let_go("24 months after they were written,")
RECORDS = {
    "packs.Pack": Record(
        "When the pack of a meeting was built and by whom, and on which page what stands",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting number first last marks pages stands standing at replaced_at",
            Holds.PERSONAL: "by",
        },
    ),
    "packs.Print": Record(
        "The papers of a meeting as a PDF: what they hold of people, they hold too",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "pack large size", Holds.SPECIAL: "pdf"},
    ),
    "packs.Look": Record(
        "Showing members what is new in a pack since they last looked",
        GOVERNANCE,
        until_let_go("24 months after they last looked,"),
        {Holds.INTERNAL: "meeting seen at", Holds.PERSONAL: "person"},
    ),
    "packs.Note": Record(
        "What members write for themselves on papers; nobody else reads it",
        GOVERNANCE,
        OWN,
        {Holds.INTERNAL: "paper at", Holds.PERSONAL: "person", Holds.SPECIAL: "text"},
    ),
}
