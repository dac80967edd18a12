"""What decisions on keeping and letting go hold of people: who took them."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, RECEIVED, Holds, Record

RECORDS = {
    "retention.Period": Record(
        "How long each kind of record is kept, and who said so",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.INTERNAL: "kind months set_at", Holds.PERSONAL: "set_by"},
    ),
    "retention.Hold": Record(
        "What must not go though its time is past, and why",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "reach kind reference body ground review_on put_at",
            Holds.PERSONAL: "put_by",
            Holds.SPECIAL: "reason",
        },
    ),
    "retention.Lift": Record(
        "That a hold stands no longer, and why",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "hold lifted_at",
            Holds.PERSONAL: "lifted_by",
            Holds.SPECIAL: "reason",
        },
    ),
    "retention.Run": Record(
        "Who let records go whose time was past, and when",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "state proposed_at decided_at job ended_at",
            Holds.PERSONAL: "decided_by",
        },
    ),
    "retention.RunLine": Record(
        "Showing that a record went, by its key and the fingerprint of its bytes",
        RECEIVED,
        FOR_GOOD,
        {
            Holds.INTERNAL: "run kind reference since mark state settled_at bytes_gone_at",
            Holds.SPECIAL: "fingerprint",
        },
    ),
}
