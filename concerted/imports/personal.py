"""What files handed over hold of people before anybody has accepted them."""

from concerted.kernel.personal import BY_HAND, RECEIVED, WITH_PARENT, Holds, Record

RECORDS = {
    "imports.Handover": Record(
        "Files handed over together, for that person alone",
        RECEIVED,
        BY_HAND,
        {Holds.INTERNAL: "at job", Holds.PERSONAL: "by"},
    ),
    "imports.File": Record(
        "What was read in a file, and what a person answered",
        RECEIVED,
        BY_HAND,
        {
            Holds.INTERNAL: "handover within position version state sentence read_as chosen_at "
            "again accepted_at marking",
            Holds.PERSONAL: "name",
            Holds.SPECIAL: "reading notes answers markup",
        },
    ),
    "imports.ReadMeeting": Record(
        "One meeting that waits to be checked, in short",
        RECEIVED,
        "Until it is settled",
        {
            Holds.INTERNAL: "file number agenda report body body_name held_on starts_at status "
            "asks questions certain personal mark same_as apart"
        },
    ),
    "imports.MadeMeeting": Record(
        "Which record came of which file",
        RECEIVED,
        WITH_PARENT,
        {Holds.INTERNAL: "file number meeting kept"},
    ),
    "imports.NameAnswer": Record(
        "What somebody answered about a printed name, for them alone",
        RECEIVED,
        BY_HAND,
        {Holds.INTERNAL: "held_on", Holds.PERSONAL: "by name organisation who"},
    ),
    "imports.Batch": Record(
        "Meetings accepted together",
        RECEIVED,
        BY_HAND,
        {Holds.INTERNAL: "at job personal", Holds.PERSONAL: "by"},
    ),
    "imports.BatchLine": Record(
        "One meeting of a batch",
        RECEIVED,
        WITH_PARENT,
        {Holds.INTERNAL: "batch position file number mark state sentence meeting"},
    ),
}
