"""What files hold of people: anything that was in them."""

from concerted.kernel.personal import RECEIVED, Holds, Record, until_let_go

AS_RECEIVED = (
    "As long as the record made from it; where none was made, "
    f"{until_let_go('12 months,')}, and the bytes are destroyed"
)

RECORDS = {
    "documents.Document": Record(
        "One file with its versions",
        RECEIVED,
        AS_RECEIVED,
        {Holds.INTERNAL: "needs", Holds.PERSONAL: "title"},
    ),
    "documents.KeptWith": Record(
        "Which record a file is kept with, where the record’s own row does not say so",
        RECEIVED,
        AS_RECEIVED,
        {Holds.INTERNAL: "document kind thing_key"},
    ),
    "documents.Version": Record(
        "The bytes as received, which may tell anything",
        RECEIVED,
        AS_RECEIVED,
        {
            Holds.INTERNAL: "document number size media_type bytes_gone_at",
            Holds.PERSONAL: "name received_at received_by",
            Holds.SPECIAL: "sha256",  # stands for the bytes themselves
        },
    ),
}
