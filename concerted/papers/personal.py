"""What papers hold of people: posts, no contact details, and free text."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "papers.Paper": Record(
        "A report as it was put to a body",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body dated_on author organisation contact_post tier marking "
            "exempt_reason review_on version accepted_at published_at working due_on received_at "
            "number follows",
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
        {
            Holds.INTERNAL: "paper position body body_name on item_ref meeting_key item_key "
            "issued_at begins_at"
        },
    ),
    "papers.Put": Record(
        "What one meeting was asked to do, as it was put there",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "presentation position ref of", Holds.SPECIAL: "text"},
    ),
    "papers.Withdrawal": Record(
        "That a paper was taken back after it was published, and why",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.INTERNAL: "paper at", Holds.PERSONAL: "by", Holds.SPECIAL: "because"},
    ),
}
