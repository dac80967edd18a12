"""What restrictions hold of people: who set them, and reasons in words."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "restrictions.Ground": Record(
        "Reasons for keeping something back",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.PUBLIC: "starts ends source words public_interest_test position"},
    ),
    "restrictions.Restriction": Record(
        "Who may see a thing from a moment on, why, and who said so",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "kind thing_key number level tier owner ground review_on whom_to_ask "
            "seen_by set_at",
            Holds.PERSONAL: "set_by",
            Holds.SPECIAL: "public_interest",
        },
    ),
    "restrictions.Closure": Record(
        "What others read of a closed thing: no title and no words",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "kind thing_key parent_kind parent_key number position level tier body "
            "day ground owner review_on whom_to_ask"
        },
    ),
}
