"""What the register of interests holds of people: members, and what they say of themselves."""

from concerted.kernel.personal import (
    FOR_GOOD,
    GOVERNANCE,
    MEMBERSHIP,
    WITH_PARENT,
    Holds,
    Record,
    until_let_go,
)

RECORDS = {
    "interests.Kind": Record(
        "Kinds of interest that the partnership registers",
        MEMBERSHIP,
        FOR_GOOD,
        {Holds.PUBLIC: "starts ends words covers position"},
    ),
    "interests.Rule": Record(
        "Within which times interests are registered and confirmed",
        MEMBERSHIP,
        FOR_GOOD,
        {
            Holds.PUBLIC: "starts days_after_appointment days_after_change confirm_months "
            "remind_days gift_pounds gift_days set_at"
        },
    ),
    "interests.Register": Record(
        "Whose interests are registered, and who keeps them",
        MEMBERSHIP,
        until_let_go("6 years after the last seat ended,"),
        {Holds.INTERNAL: "keepers", Holds.PERSONAL: "person"},
    ),
    "interests.Entry": Record(
        "What interests a member has, so that decisions are taken by those who have none",
        MEMBERSHIP,
        WITH_PARENT,
        {
            Holds.INTERNAL: "register kind organisation follows registered_at",
            Holds.PERSONAL: "nothing organisation_name whose starts ends",
            Holds.SPECIAL: "what",
        },
    ),
    "interests.Sensitivity": Record(
        "Why details of an interest are withheld, and who decided",
        MEMBERSHIP,
        WITH_PARENT,
        {
            Holds.INTERNAL: "entry asked_at agreed decided_at",
            Holds.PERSONAL: "decided_by",
            Holds.SPECIAL: "reason answer",
        },
    ),
    "interests.Withheld": Record(
        "That there is an entry with details withheld",
        MEMBERSHIP,
        WITH_PARENT,
        {Holds.INTERNAL: "register entry_key"},
    ),
    "interests.Remark": Record(
        "What the keeper asks about an entry, and the answer",
        MEMBERSHIP,
        WITH_PARENT,
        {Holds.INTERNAL: "entry said at", Holds.PERSONAL: "by", Holds.SPECIAL: "text"},
    ),
    "interests.Confirmation": Record(
        "When a member said that the register is complete",
        MEMBERSHIP,
        WITH_PARENT,
        {Holds.INTERNAL: "register", Holds.PERSONAL: "at"},
    ),
    "interests.Gift": Record(
        "Gifts and hospitality that members were offered or gave",
        MEMBERSHIP,
        WITH_PARENT,
        {
            Holds.INTERNAL: "register organisation corrects registered_at",
            Holds.PERSONAL: "direction on what pounds other_side accepted",
        },
    ),
    "interests.Dismissal": Record(
        "That a paper and an interest were looked at together, and why nothing came of it",
        MEMBERSHIP,
        WITH_PARENT,
        {Holds.INTERNAL: "item_key entry at", Holds.PERSONAL: "by", Holds.SPECIAL: "reason"},
    ),
    "interests.Declaration": Record(
        "Which interest somebody declared at an item, and what they did",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "item kind corrects at",
            Holds.PERSONAL: "person did dispensation by",
            Holds.SPECIAL: "words",
        },
    ),
}
