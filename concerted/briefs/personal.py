"""What prompts hold of people: who wrote one; free text that may name anybody."""

from concerted.kernel.personal import GOVERNANCE, Holds, Record

RECORDS = {
    "briefs.Prompt": Record(
        "A private note for the chair at an item of a meeting",
        GOVERNANCE,
        "Until 12 months after the meeting, unless set otherwise: the retention job lets it go",
        {
            Holds.INTERNAL: "item at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "text",
        },
    ),
}
