"""What the make-up of the partnership holds of people: who holds which post and seat."""

from concerted.kernel.personal import FOR_GOOD, MEMBERSHIP, WITH_PARENT, Holds, Record, until_let_go

TERM = "For good: who sat on a body is part of its record; a later name can be put in its place"

RECORDS = {
    "people.Partnership": Record(
        "The name of the partnership",
        MEMBERSHIP,
        FOR_GOOD,
        {Holds.PUBLIC: "name short_name force_area"},
    ),
    "people.District": Record(
        "The councils’ areas", MEMBERSHIP, FOR_GOOD, {Holds.PUBLIC: "name code force_area"}
    ),
    "people.Organisation": Record(
        "Who takes part",
        MEMBERSHIP,
        FOR_GOOD,
        {
            Holds.PUBLIC: "starts ends name short_name other_names district successor",
            Holds.INTERNAL: "stopped_on",
            Holds.PERSONAL: "confirmer",
        },
    ),
    "people.OrganisationStanding": Record(
        "Which authorities are responsible by law, and when",
        MEMBERSHIP,
        FOR_GOOD,
        {Holds.PUBLIC: "starts ends organisation standing"},
    ),
    "people.Person": Record(
        "Who holds posts and seats, and came to meetings",
        MEMBERSHIP,
        TERM,
        {Holds.PERSONAL: "name other_names account same_as"},
    ),
    "people.Post": Record(
        "Jobs with a role mailbox, so that no person’s address is needed",
        MEMBERSHIP,
        FOR_GOOD,
        {Holds.PUBLIC: "title organisation role_mailbox", Holds.INTERNAL: "starts ends support"},
    ),
    "people.BodyKind": Record(
        "Kinds of body", MEMBERSHIP, FOR_GOOD, {Holds.PUBLIC: "name position"}
    ),
    "people.Body": Record(
        "The boards and groups",
        MEMBERSHIP,
        FOR_GOOD,
        {
            Holds.INTERNAL: "starts ends name short_name other_names kind parent district purpose "
            "quorum frequency outside private papers_audience office_audience"
        },
    ),
    "people.NameWithin": Record(
        "What a short name means in the papers of one body",
        MEMBERSHIP,
        WITH_PARENT,
        {Holds.INTERNAL: "organisation body name"},
    ),
    "people.BodyLink": Record(
        "Which body reports to which",
        MEMBERSHIP,
        WITH_PARENT,
        {Holds.INTERNAL: "body to kind note starts"},
    ),
    "people.Seat": Record(
        "Places on a body, and what each contributes",
        MEMBERSHIP,
        FOR_GOOD,
        {
            Holds.INTERNAL: "starts ends body holder holder_body role capacity proposed "
            "contributes_confirmed_on ended_at_once apart",
            Holds.PERSONAL: "contributes",
        },
    ),
    "people.SeatPost": Record(
        "Which post fills a seat", MEMBERSHIP, WITH_PARENT, {Holds.INTERNAL: "seat post"}
    ),
    "people.PostSupport": Record(
        "Which bodies a post supports", MEMBERSHIP, WITH_PARENT, {Holds.INTERNAL: "post body"}
    ),
    "people.Appointment": Record(
        "Who held which post or seat, and when: all access rests on it",
        MEMBERSHIP,
        TERM,
        {
            Holds.PERSONAL: "person post seat starts ends substitute ended_at_once confirmed_on "
            "noticed_on"
        },
    ),
    "people.AudienceMember": Record(
        "Who belongs to an audience",
        MEMBERSHIP,
        "As long as the audience",
        {Holds.INTERNAL: "body organisation post", Holds.PERSONAL: "person holder"},
    ),
    "people.OtherName": Record(
        "Other names, as papers print them",
        MEMBERSHIP,
        FOR_GOOD,
        {Holds.INTERNAL: "organisation body", Holds.PERSONAL: "person name"},
    ),
    "people.Invitation": Record(
        "Who was invited to have an account",
        MEMBERSHIP,
        until_let_go("12 months after its link ended,"),
        {
            Holds.INTERNAL: "link directory",
            Holds.PERSONAL: "person address subject sent_by sent_at",
        },
    ),
    "people.Recovery": Record(
        "Who asked to be let in again, and who vouched",
        MEMBERSHIP,
        until_let_go("12 months after its link ended,"),
        {
            Holds.INTERNAL: "link",
            Holds.PERSONAL: "account asked_at first_by second_by refused_by",
        },
    ),
    "people.Area": Record(
        "Parts of a district", MEMBERSHIP, FOR_GOOD, {Holds.PUBLIC: "name district body"}
    ),
    "people.AreaVersion": Record(
        "What an area was made of, and when",
        MEMBERSHIP,
        FOR_GOOD,
        {Holds.PUBLIC: "starts ends area"},
    ),
    "people.AreaPart": Record(
        "Wards and streets of an area",
        MEMBERSHIP,
        FOR_GOOD,
        {Holds.PUBLIC: "version kind code name excluded"},
    ),
}
