"""What mail and one-time links hold of people: to whom they go."""

from concerted.kernel.personal import ACCOUNTS, Holds, Record, until_let_go

RECORDS = {
    "notices.Mail": Record(
        "Telling people that something waits for them; never what it says",
        ACCOUNTS,
        until_let_go("12 months after it went,"),
        {
            Holds.INTERNAL: "kind link once state tries note asked_at ended_at",
            Holds.PERSONAL: "account address subject text",
        },
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
