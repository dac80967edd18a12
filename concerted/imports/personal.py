"""What files handed over hold of people before anybody has accepted them."""

from concerted.kernel.personal import RECEIVED, WITH_PARENT, Holds, Record, until_let_go

RECORD_OR_LET_GO = (
    f"As long as the record made from it; where none was made, {until_let_go('12 months,')}"
)

RECORDS = {
    "imports.Handover": Record(
        "Files handed over together, for that person alone",
        RECEIVED,
        "As long as one of its files",
        {Holds.INTERNAL: "at job asked_for", Holds.PERSONAL: "by"},
    ),
    "imports.File": Record(
        "What was read in a file, and what a person answered",
        RECEIVED,
        RECORD_OR_LET_GO,
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
        "Until it is settled; at most as long as its file",
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
        until_let_go("24 months after it was last given,"),
        {Holds.INTERNAL: "held_on at", Holds.PERSONAL: "by name organisation who"},
    ),
    "imports.Batch": Record(
        "Meetings accepted together",
        RECEIVED,
        until_let_go("12 months after it was accepted,"),
        {Holds.INTERNAL: "at job personal", Holds.PERSONAL: "by"},
    ),
    "imports.BatchLine": Record(
        "One meeting of a batch",
        RECEIVED,
        WITH_PARENT,
        {Holds.INTERNAL: "batch position file number mark state sentence meeting"},
    ),
}
