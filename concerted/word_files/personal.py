"""What Word templates hold of people: who gave one."""

from concerted.kernel.personal import GOVERNANCE, Holds, Record

RECORDS = {
    "word_files.Template": Record(
        "The partnership’s Word template",
        GOVERNANCE,
        "As long as the partnership is on record here",
        {Holds.INTERNAL: "name docx kept_at", Holds.PERSONAL: "kept_by"},
    ),
}
