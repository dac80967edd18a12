"""What public texts and releases hold of people, before they are cleared and after."""

from concerted.kernel.personal import (
    FOR_GOOD,
    GOVERNANCE,
    MACHINERY,
    Holds,
    Record,
    until_let_go,
)

RECORDS = {
    "editions.PublicText": Record(
        "What the public may read of a meeting or paper, while it is written",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "kind meeting paper body number source_digest saves started_at "
            "approved_at",
            Holds.PERSONAL: "started_by approved_by",
            Holds.SPECIAL: "content kept",
        },
    ),
    "editions.Release": Record(
        "A public version: who asked, who approved, and exactly what went out",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "text kind meeting paper source_key body number state source_digest "
            "tables sha256 restricted originator made_at asked_for asked_at checked_at hits "
            "hits_accepted approved_at pushed_at look_again ended_at",
            Holds.PERSONAL: "made_by asked_by approved_by ended_by title frozen reason",
        },
    ),
    "editions.LeakHit": Record(
        "Words of a restricted thing found in what would have gone out",
        GOVERNANCE,
        until_let_go("6 years after its release was over,"),
        {
            Holds.INTERNAL: "release kind reference digest paths found_at accepted_at",
            Holds.PERSONAL: "accepted_by reason",
            Holds.SPECIAL: "words around",
        },
    ),
    "editions.Outgoing": Record(
        "What waits to be carried to the public edition",
        MACHINERY,
        until_let_go("12 months after it was carried,"),
        {
            Holds.INTERNAL: "errand release made_at tries ended_at",
            Holds.PERSONAL: "account_id",
        },
    ),
    "editions.Published": Record(
        "What stands in the public edition",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.PUBLIC: "kind frozen pushed_at withdrawn_on"},
    ),
    "editions.EditionSettings": Record(
        "How the partnership publishes",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.PUBLIC: "partnership contact", Holds.INTERNAL: "alone"},
    ),
    "editions.NamedPublicly": Record(
        "Public office holders, who are named to the public",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.PERSONAL: "person", Holds.PUBLIC: "office since ended_at"},
    ),
}
