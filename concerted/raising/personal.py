"""What requests for items hold of people: who raised and ruled; free text that may name them."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, Holds, Record

RECORDS = {
    "raising.ItemRequest": Record(
        "What somebody wanted on an agenda, and what was answered",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body meeting urgent kind minutes_wanted at state answered_at item_key "
            "follows version",
            Holds.PERSONAL: "by raised_by answered_by noted_by",
            Holds.SPECIAL: "title why why_urgent because",
        },
    ),
    "raising.Ruling": Record(
        "That the chair took an item as urgent business, and why",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "item request at",
            Holds.PERSONAL: "raised_by by",
            Holds.SPECIAL: "why_urgent because",
        },
    ),
}
