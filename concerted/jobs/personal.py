"""What work in the background holds of people: who asked for it, and the names of their files."""

from concerted.kernel.personal import MACHINERY, Holds, Record, until_let_go

TWO_WEEKS = "14 days after it was done, then the program takes it out each night"
QUEUE = "The queue of the worker: identifiers of work to do, no names and no text"

RECORDS = {
    "jobs.Job": Record(
        "Telling whoever asked how far their work is",
        MACHINERY,
        until_let_go("3 months after its end,"),
        {
            Holds.INTERNAL: "unit state total done task arguments leads_to whole cancel_asked "
            "pause_asked asked_at started_at run_at run_done beat_at ended_at",
            Holds.PERSONAL: "account_id title note",
        },
    ),
    "procrastinate.ProcrastinateJob": Record(
        QUEUE,
        MACHINERY,
        TWO_WEEKS,
        {
            Holds.INTERNAL: "queue_name task_name priority lock args status scheduled_at attempts "
            "queueing_lock abort_requested worker"
        },
    ),
    "procrastinate.ProcrastinateEvent": Record(
        QUEUE, MACHINERY, TWO_WEEKS, {Holds.INTERNAL: "job type at"}
    ),
    "procrastinate.ProcrastinatePeriodicDefer": Record(
        QUEUE,
        MACHINERY,
        "Until the same is due again; it says when something was done last",
        {Holds.INTERNAL: "task_name defer_timestamp job periodic_id"},
    ),
    "procrastinate.ProcrastinateWorker": Record(
        QUEUE, MACHINERY, "Until the worker ends", {Holds.INTERNAL: "last_heartbeat"}
    ),
}
