"""What matters arising hold of people: who raised a minute, who fixed a table; free text."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "arising.Raised": Record(
        "An earlier minute raised again at a meeting, and who put it there",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting earlier at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "note",
        },
    ),
    "arising.Table": Record(
        "When what was open at a meeting was fixed, and by whom",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting occasion issue since as_of at",
            Holds.PERSONAL: "by",
        },
    ),
    "arising.Row": Record(
        "How an action or a question stood on that day",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "table position kind reference action due change slips standing",
            Holds.SPECIAL: "text said",
        },
    ),
    "arising.RowOwner": Record(
        "Which organisation or body owned it on that day",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "row organisation body name"},
    ),
    "arising.Named": Record(
        "An action put on an agenda by name after due dates that were not kept, and by whom",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "action meeting item_key slips at",
            Holds.PERSONAL: "by",
        },
    ),
}
