"""What forward plans hold of people: who ended an entry; free text that may name somebody."""

from concerted.kernel.personal import FOR_GOOD, GOVERNANCE, Holds, Record

RECORDS = {
    "forward_plan.Entry": Record(
        "What is to come to a body, when and why",
        GOVERNANCE,
        FOR_GOOD,
        {
            Holds.INTERNAL: "body asked owner_organisation owner_post driver decision cycle "
            "every_meetings due_month meeting item_key state ended_at follows version added_at",
            Holds.PERSONAL: "ended_by",
            Holds.SPECIAL: "topic comes_from because",
        },
    ),
}
