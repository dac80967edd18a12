"""What papers hold of people: posts, no contact details, and free text."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "papers.Paper": Record(
        "A report as it was put to a body",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body dated_on author organisation contact_post tier marking "
            "exempt_reason review_on version accepted_at",
            Holds.PERSONAL: "author_text",
            Holds.SPECIAL: "title purpose summary",
        },
    ),
    "papers.Recommendation": Record(
        "What the body is asked to do",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "paper position ref", Holds.SPECIAL: "text parts"},
    ),
    "papers.Paragraph": Record(
        "What the report says",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "paper position ref", Holds.SPECIAL: "heading text"},
    ),
    "papers.Appendix": Record(
        "What is appended, by its title",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "paper position ref marking here", Holds.SPECIAL: "title"},
    ),
    "papers.Presentation": Record(
        "Which meetings it was put to",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "paper position body body_name on item_ref meeting_key"},
    ),
}
