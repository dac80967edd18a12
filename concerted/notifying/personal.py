"""What notices hold of people: who is to hear of what, and what mail they want."""

from concerted.kernel.personal import ACCOUNTS, GOVERNANCE, WITH_PARENT, Holds, Record, until_let_go

RECORDS = {
    "notifying.Preference": Record(
        "What mail somebody wants",
        ACCOUNTS,
        "As long as the account",
        {Holds.INTERNAL: "wanted chosen_at", Holds.PERSONAL: "account"},
    ),
    "notifying.Notice": Record(
        "That somebody is to hear of a thing, as its key",
        ACCOUNTS,
        "Until it is told, at most 30 days; then as long as the record of its mail",
        {Holds.INTERNAL: "kind reference about at mail", Holds.PERSONAL: "account"},
    ),
    "notifying.Letter": Record(
        "Mails to a whole body or to those who lead an organisation, and who sent them",
        GOVERNANCE,
        until_let_go("24 months after it was sent or dropped,"),
        {
            Holds.INTERNAL: "body organisation constant state made_at ended_at",
            Holds.PERSONAL: "ended_by",
            Holds.SPECIAL: "opening reason",
        },
    ),
    "notifying.News": Record(
        "What such a mail told of, as keys of things",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "letter kind reference about at"},
    ),
}
