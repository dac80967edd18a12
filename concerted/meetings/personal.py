"""What minutes hold of people: who was there, and free text, which is never altered."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "meetings.Meeting": Record(
        "That a body met, or will",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body held_on starts_at venue state status_as_printed next_meeting_on "
            "length_minutes agenda_issue with_office document created_at"
        },
    ),
    "meetings.Rearrangement": Record(
        "That a planned meeting was moved or cancelled, and why",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting did was_on was_at was_venue at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "reason",
        },
    ),
    "meetings.Item": Record(
        "What was talked about",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting position ref part pieces kind under minutes_allowed "
            "presenter_post issue withdrawn_in",
            Holds.PERSONAL: "presenter presenter_person",
            Holds.SPECIAL: "title sub_items text",
        },
    ),
    "meetings.Reference": Record(
        "Which earlier minute is meant",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "item position ref held_on printed to"},
    ),
    "meetings.Passage": Record(
        "Words withheld from an item, for the secretaries alone",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "item number", Holds.SPECIAL: "text"},
    ),
    "meetings.Paragraph": Record(
        "A paragraph of an item that only some may read",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "item place", Holds.SPECIAL: "text"},
    ),
    "meetings.Attendance": Record(
        "Who was there, for which organisation",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting position organisation_name organisation representing",
            Holds.PERSONAL: "attended name role person",
        },
    ),
    "meetings.Decision": Record(
        "What was settled",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.INTERNAL: "item body position decided_on code doubt", Holds.SPECIAL: "text"},
    ),
    "meetings.Limb": Record(
        "One part of a decision",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "decision position letter code", Holds.SPECIAL: "text"},
    ),
}
