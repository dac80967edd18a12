"""What mail and one-time links hold of people: to whom they go."""

from concerted.kernel.personal import ACCOUNTS, Holds, Record, until_let_go

RECORDS = {
    "notices.Mail": Record(
        "Telling people that something waits for them; never what it says",
        ACCOUNTS,
        until_let_go("12 months after it went,"),
        {
            Holds.INTERNAL: "kind about link once state tries note asked_at ended_at",
            Holds.PERSONAL: "account address subject text",
        },
    ),
    "notices.Event": Record(
        "What happened that somebody is to hear of, as the key of a thing",
        ACCOUNTS,
        "Until people are told of it, within minutes",
        {Holds.INTERNAL: "kind reference at", Holds.PERSONAL: "by"},
    ),
    "notices.OneTimeLink": Record(
        "Links that work once, kept as hashes",
        ACCOUNTS,
        until_let_go("12 months after its end,"),
        {
            Holds.INTERNAL: "purpose reference opens token_hash made_at expires_at used_at "
            "withdrawn_at",
            Holds.PERSONAL: "account",
        },
    ),
}
