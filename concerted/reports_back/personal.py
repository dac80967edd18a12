"""What reports back hold of people: who keeps, reports, shares and answers; free text."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "reports_back.Link": Record(
        "That one body reports to another, how often, and which seat, post or organisation does",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "reporting receiving seat post organisation frequency every_meetings "
            "starts ends added_at",
            Holds.PERSONAL: "added_by",
        },
    ),
    "reports_back.Return": Record(
        "What was reported to a body of another one, and who said so",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "meeting link kind attached replaces at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "summary for_decision",
        },
    ),
    "reports_back.Sharing": Record(
        "That the minutes of a meeting were shared with another body, and by whom",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting with_body at revoked_at",
            Holds.PERSONAL: "by revoked_by",
        },
    ),
    "reports_back.SharedMinutes": Record(
        "The words of minutes that were shared with another body",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "sharing receiving of_body held_on shared_at revoked_at",
            Holds.SPECIAL: "text",
        },
    ),
    "reports_back.Referral": Record(
        "A question from one body to another, with the decision that it came of",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "decision from_body to_body due_on due_at made_at answered_on",
            Holds.PERSONAL: "made_by",
            Holds.SPECIAL: "question answer",
        },
    ),
    "reports_back.Asked": Record(
        "The same question as the body has it that is asked, and who recorded the answer",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "referral from_body to_body due_on due_at made_on item_key item "
            "answered_on",
            Holds.PERSONAL: "answered_by",
            Holds.SPECIAL: "question answer",
        },
    ),
}
