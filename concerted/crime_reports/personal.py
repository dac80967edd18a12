"""What crime reports hold of people: who prepared, wrote, cleared and issued; free text."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "crime_reports.Report": Record(
        "A report of recorded crime for a body, how it stands and who prepared it",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body owner title area area_name first last years state number follows "
            "paper prepared_at issued_on",
            Holds.PERSONAL: "prepared_by",
        },
    ),
    "crime_reports.Figures": Record(
        "The figures of a crime report as they were computed: counts of places, about nobody",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "report number held drafted snapshots computed_at"},
    ),
    "crime_reports.Section": Record(
        "What an analyst says of the figures",
        GOVERNANCE,
        WITH_PARENT,
        {
            Holds.INTERNAL: "report code position heading drafted saves",
            Holds.SPECIAL: "text rests_on",
        },
    ),
    "crime_reports.Done": Record(
        "Each step of a crime report, with who took it and what they said",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "report step at", Holds.PERSONAL: "by", Holds.SPECIAL: "words"},
    ),
    "crime_reports.Shown": Record(
        "Which counts of places public versions of crime reports show and hide, about nobody",
        GOVERNANCE,
        FOR_GOOD,
        {Holds.INTERNAL: "report release_key cells at"},
    ),
    "crime_reports.Print": Record(
        "A crime report as a file: what it holds of people, it holds too",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "report form size made_at", Holds.SPECIAL: "content"},
    ),
}
