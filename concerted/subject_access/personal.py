"""What requests of people hold of people: who asked, what was found, what was decided."""

from concerted.kernel.personal import PART_2, PART_3, Holds, Record, Rules

REQUESTS = Rules(
    "Requests of people for what is held of them",
    "The organisation that a person turned to; each organisation for what came from it",
    f"{PART_2}; {PART_3}",
    "Legal obligation, Article 6(1)(c): Article 15, and section 45 of the Data Protection Act 2018",
)
KEPT = "For good: it shows that and how the request was answered"
THIRTY = "30 days after the request ended, then its texts are emptied by the program"

RECORDS = {
    "subject_access.Handlers": Record("Which audience handles requests", REQUESTS, KEPT, {}),
    "subject_access.AccessRequest": Record(
        "Who asked what is held of them, or to have it erased, and when",
        REQUESTS,
        KEPT,
        {
            Holds.INTERNAL: "right asked_by ground regime asked_on state registered_at ended_at "
            "erased_at held_for",
            Holds.PERSONAL: "person name spellings registered_by",
            Holds.SPECIAL: "wish",
        },
    ),
    "subject_access.Step": Record(
        "What was done about a request, and when",
        REQUESTS,
        KEPT,
        {Holds.INTERNAL: "request kind on at unfit", Holds.PERSONAL: "shown by note"},
    ),
    "subject_access.Draft": Record(
        "One collection of what is held of somebody",
        REQUESTS,
        KEPT,
        {
            Holds.INTERNAL: "request job begun_at finished_at",
            Holds.PERSONAL: "names by",
            Holds.SPECIAL: "files_through",  # stands for bytes, until the draft is whole or emptied
        },
    ),
    "subject_access.Finding": Record(
        "Where something is held of whoever asked, in its words",
        REQUESTS,
        THIRTY,
        {
            Holds.INTERNAL: "draft position source source_id why through kind purpose on href "
            "names_others",
            Holds.SPECIAL: "parts others",
        },
    ),
    "subject_access.Ruling": Record(
        "What was decided of each finding, and why",
        REQUESTS,
        KEPT,
        {
            Holds.INTERNAL: "finding decided exemption carried_over at",
            Holds.PERSONAL: "by redactions",
            Holds.SPECIAL: "reason",
        },
    ),
    "subject_access.Release": Record(
        "That and when an answer went out, and its file for 30 days",
        REQUESTS,
        KEPT,
        {
            Holds.INTERNAL: "request draft version disclosed redacted withheld at until",
            Holds.PERSONAL: "by",
        },
    ),
}
