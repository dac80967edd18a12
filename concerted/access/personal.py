"""What accounts, audiences and the framework's own tables hold of people."""

from concerted.kernel.personal import ACCOUNTS, MACHINERY, Holds, Record, until_let_go

FRAMEWORK = "The framework’s own; nothing of the partnership is written into it"
AS_ACCOUNT = until_let_go("12 months after the last post or seat ended,")
NEVER_FILLED = "As long as the installation; it stays empty or holds names of code"

RECORDS = {
    "access.Account": Record(
        "Signing somebody in; nobody shares one",
        ACCOUNTS,
        f"Its address and password {AS_ACCOUNT}; its row stays as a pseudonym",
        {
            Holds.INTERNAL: "is_active links_void",
            Holds.PERSONAL: "email password last_login created_at",
        },
    ),
    "access.Audience": Record(
        "Who may see the rows that carry it",
        ACCOUNTS,
        "As long as rows carry it",
        {Holds.INTERNAL: "kind"},
    ),
    "access.Session": Record(
        "Keeping somebody signed in, and telling them where",
        ACCOUNTS,
        f"8 hours; its row {until_let_go('1 month after its end,')}",
        {
            Holds.INTERNAL: "expire_date",
            Holds.PERSONAL: "session_key session_data account began last_used device",
        },
    ),
    "access.RememberedDevice": Record(
        "Not asking a device for the second factor again",
        ACCOUNTS,
        f"30 days, or until it is forgotten; its row {until_let_go('1 month after its end,')}",
        {Holds.PERSONAL: "account token device remembered_at until"},
    ),
    "access.Tries": Record(
        "Stopping those who guess",
        ACCOUNTS,
        "As long as the count is of use; the names are hashed",
        {Holds.INTERNAL: "since count", Holds.PERSONAL: "what"},
    ),
    "access.Directory": Record(
        "The directories of organisations that sign their people in",
        ACCOUNTS,
        "As long as an organisation signs in by it; it holds nothing of anybody",
        {
            Holds.INTERNAL: "name label issuer client_id organisation_id asks_second_factor "
            "second_factor_acr is_open open_since"
        },
    ),
    "access.DirectoryIdentity": Record(
        "Who somebody is in their organisation's directory",
        ACCOUNTS,
        AS_ACCOUNT,
        {Holds.INTERNAL: "directory", Holds.PERSONAL: "account subject recorded_at"},
    ),
    "mfa.Authenticator": Record(
        "Second factors: the app's secret, encrypted; passkeys; recovery codes",
        ACCOUNTS,
        AS_ACCOUNT,
        {Holds.PERSONAL: "user type data created_at last_used_at"},
    ),
    "account.EmailAddress": Record(
        "Addresses that were checked by the sign-in library",
        ACCOUNTS,
        AS_ACCOUNT,
        {Holds.INTERNAL: "verified primary", Holds.PERSONAL: "user email"},
    ),
    "account.EmailConfirmation": Record(
        "One-time links to check an address",
        ACCOUNTS,
        AS_ACCOUNT,
        {Holds.INTERNAL: "created sent", Holds.PERSONAL: "email_address"},
    ),
    "auth.Permission": Record(
        FRAMEWORK, MACHINERY, NEVER_FILLED, {Holds.INTERNAL: "name content_type codename"}
    ),
    "auth.Group": Record(FRAMEWORK, MACHINERY, NEVER_FILLED, {Holds.INTERNAL: "name"}),
    "auth.Group_permissions": Record(
        FRAMEWORK, MACHINERY, NEVER_FILLED, {Holds.INTERNAL: "group permission"}
    ),
    "contenttypes.ContentType": Record(
        FRAMEWORK, MACHINERY, NEVER_FILLED, {Holds.INTERNAL: "app_label model"}
    ),
}
