"""What minuting holds of people: who came, who typed, what is said of people in minutes."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "minuting.Minutes": Record(
        "How far the minutes of a meeting are, and who was in attendance",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.INTERNAL: "meeting state version", Holds.PERSONAL: "others"},
    ),
    "minuting.Attender": Record(
        "Who came to a meeting for which seat",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "minutes position seat organisation_name role",
            Holds.PERSONAL: "person name came substitute arrived_at left_at",
        },
    ),
    "minuting.Draft": Record(
        "Minutes of an item while they are typed; gone once they are on record",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "minutes item version page saved_at",
            Holds.PERSONAL: "saved_by",
            Holds.SPECIAL: "text",
        },
    ),
    "minuting.Recorded": Record(
        "Which words of a draft are an action on record; gone with the draft",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "draft action_key", Holds.SPECIAL: "words"},
    ),
    "minuting.Step": Record(
        "Who put minutes on record, cleared and circulated them",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "minutes taken at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "words",
        },
    ),
    "minuting.Correction": Record(
        "What minutes should have said",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "item agreed_at at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "before after",
        },
    ),
}
