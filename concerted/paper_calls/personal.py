"""What calls hold of people: who asked, delivered, approved and commented; free text."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "paper_calls.Call": Record(
        "Who is asked for a paper, for which meeting, by when",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body meeting item_key organisation post due_on home called_at "
            "chased_at withdrawn_at",
            Holds.PERSONAL: "person called_by withdrawn_by",
            Holds.SPECIAL: "title wanted because",
        },
    ),
    "paper_calls.Delivery": Record(
        "What came for a call, when, and what was said of it",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "call number file state received_at decided_at published_at paper",
            Holds.PERSONAL: "name received_by decided_by published_by",
            Holds.SPECIAL: "note remark",
        },
    ),
    "paper_calls.CommentCall": Record(
        "Who is asked for comments on a paper, by when",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "paper to_body organisation post until called_at",
            Holds.PERSONAL: "mailbox called_by",
            Holds.SPECIAL: "wanted",
        },
    ),
    "paper_calls.Comment": Record(
        "What was said of a paper, and the answer",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "call source came_on entered_at answered_at",
            Holds.PERSONAL: "by whose entered_by answered_by",
            Holds.SPECIAL: "text answer",
        },
    ),
}
