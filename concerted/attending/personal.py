"""What is held of people here: who answered for a seat, and who comes instead."""

from concerted.kernel.personal import (
    ACCOUNTS,
    FOR_GOOD,
    GOVERNANCE,
    WITH_PARENT,
    Holds,
    Record,
    until_let_go,
)

REPLIES = until_let_go("24 months after the meeting,")
RECORDS = {
    "attending.Rule": Record(
        "When a body may decide, and who put that on record",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.INTERNAL: "body starts members substitutes set_at", Holds.PERSONAL: "set_by"},
    ),
    "attending.Agency": Record(
        "Which organisations must be there",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "rule number organisation"},
    ),
    "attending.Reply": Record(
        "Who said that they come to a meeting, send somebody else or cannot come",
        GOVERNANCE,
        REPLIES,
        {
            Holds.INTERNAL: "meeting seat noted at",
            Holds.PERSONAL: "person answer substitute substitute_name substitute_organisation by",
        },
    ),
    "attending.Invitation": Record(
        "When and by whom those expected were invited to a meeting",
        GOVERNANCE,
        REPLIES,
        {
            Holds.INTERNAL: "meeting method sequence standing sent_at",
            Holds.PERSONAL: "sent_by",
        },
    ),
    "attending.Invited": Record(
        "Whom an invitation went to",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "invitation link", Holds.PERSONAL: "person"},
    ),
    "attending.Feed": Record(
        "A calendar on a device, by a hashed token",
        ACCOUNTS,
        "Until its owner takes it back or their access ends, at once",
        {Holds.INTERNAL: "body token_hash", Holds.PERSONAL: "account name made_at last_used"},
    ),
}
