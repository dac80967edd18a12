"""What agendas hold of people: who approved and published one, who presents an item."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "agendas.Issue": Record(
        "An agenda or a supplement to it, and who approved and published it",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "meeting number state version begun_at approved_at published_at",
            Holds.PERSONAL: "approved_by published_by",
        },
    ),
    "agendas.Line": Record(
        "What an agenda said of an item",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "issue position item_key change number kind part minutes_allowed",
            Holds.PERSONAL: "presenter",
            Holds.SPECIAL: "title",
        },
    ),
    "agendas.StandingItem": Record(
        "What comes on every agenda of a body",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body position kind part under minutes_allowed presenter_post starts "
            "ends",
            Holds.PERSONAL: "presenter presenter_person",
            Holds.SPECIAL: "title",
        },
    ),
}
