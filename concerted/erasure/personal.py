"""What erasures hold of people: who decided and approved, and no names of whom it was about."""

from concerted.kernel.personal import PART_2, PART_3, Holds, Record, Rules

ERASURES = Rules(
    "Erasures of what is held of somebody",
    "The organisation that a person turned to; each organisation for what came from it",
    f"{PART_2}; {PART_3}",
    "Legal obligation, Article 6(1)(c): Articles 17 and 5(2), and section 47 of the Data "
    "Protection Act 2018",
)
KEPT = "For good: it shows that and how the request was answered; it holds no name"

RECORDS = {
    "erasure.Choice": Record(
        "What was decided of each finding, and on which ground",
        ERASURES,
        KEPT,
        {
            Holds.INTERNAL: "finding chosen ground at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "reason",
        },
    ),
    "erasure.Erasure": Record(
        "Who proposed and who approved an erasure, and when it was carried out",
        ERASURES,
        KEPT,
        {
            Holds.INTERNAL: "request draft state proposed_at decided_at job ended_at",
            Holds.PERSONAL: "proposed_by decided_by",
        },
    ),
    "erasure.Line": Record(
        "What became of each record, by its number",
        ERASURES,
        KEPT,
        {
            Holds.INTERNAL: "erasure position label source_id reference kind href chosen ground "
            "mark fields state settled_at bytes_gone_at",
            Holds.SPECIAL: "reason fingerprint",
        },
    ),
    "erasure.Entry": Record(
        "Which lines of the ledger of erasures were carried out in this database",
        ERASURES,
        KEPT,
        {Holds.INTERNAL: "number digest at"},
    ),
}
