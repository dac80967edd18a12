"""What the public edition holds of people: only what was approved for the public."""

from concerted.kernel.personal import GOVERNANCE, Holds, Record

UNTIL_WITHDRAWN = "Until it is withdrawn; then its number, kind and day stay"

RECORDS = {
    "public_door.StoredThing": Record(
        "What was released, as values",
        GOVERNANCE,
        UNTIL_WITHDRAWN,
        {Holds.PUBLIC: "kind content published_at changed_at"},
    ),
    "public_door.StoredFile": Record(
        "Public files, made afresh",
        GOVERNANCE,
        UNTIL_WITHDRAWN,
        {Holds.PUBLIC: "thing place data"},
    ),
    "public_door.StoredPage": Record(
        "Pages as they are sent",
        GOVERNANCE,
        UNTIL_WITHDRAWN,
        {
            Holds.PUBLIC: "path status media_type file_name body packed etag changed_at kind title "
            "words day"
        },
    ),
}
