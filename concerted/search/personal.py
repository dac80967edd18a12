"""What the index holds of people: nothing but copies, which go with what they were made from."""

from concerted.kernel.personal import GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "search.Circle": Record(
        "Audiences whose members alone find something",
        GOVERNANCE,
        "As long as rows carry it",
        {Holds.INTERNAL: "audiences"},
    ),
    "search.Row": Record(
        "A copy of minutes, decisions, actions and papers by which they are found",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "kind source_id root root_id body_id day states due page_key anchor "
            "source_key circle",
            Holds.SPECIAL: "title words found_by",
        },
    ),
}
