"""What actions hold of people: who owns one, and what was said of it in free text."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, WITH_PARENT, Holds, Record

RECORDS = {
    "actions.Action": Record(
        "Who does what by when",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body source_kind source_id source_label source_route source_key how "
            "agreed_on due_text due all_seats state done_on created_at",
            Holds.PERSONAL: "owner_text",
            Holds.SPECIAL: "text",
        },
    ),
    "actions.Owner": Record(
        "Who owns an action",
        GOVERNANCE,
        WITH_PARENT,
        {Holds.INTERNAL: "action organisation post body", Holds.PERSONAL: "person"},
    ),
    "actions.Proposal": Record(
        "What an owner without an account says of an action, until it is taken up or not",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "action post link said at decided_at update",
            Holds.PERSONAL: "person asked_by decided_by",
            Holds.SPECIAL: "note reason",
        },
    ),
    "actions.Update": Record(
        "What was said of an action, by whom; never altered",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "action said at organisation due_before due_after source_label "
            "source_route source_key taken_back_at",
            Holds.PERSONAL: "by",
            Holds.SPECIAL: "note",
        },
    ),
}
