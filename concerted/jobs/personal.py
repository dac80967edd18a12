"""What work in the background holds of people: who asked for it, and the names of their files."""

from concerted.kernel.personal import BY_HAND, MACHINERY, Holds, Record, until_let_go

QUEUE = "The queue of the worker: identifiers of work to do, no names and no text"

RECORDS = {
    "jobs.Job": Record(
        "Telling whoever asked how far their work is",
        MACHINERY,
        until_let_go("3 months after its end,"),
        {
            Holds.INTERNAL: "unit state total done task arguments leads_to cancel_asked "
            "pause_asked asked_at started_at run_at run_done beat_at ended_at",
            Holds.PERSONAL: "account_id title note",
        },
    ),
    "procrastinate.ProcrastinateJob": Record(
        QUEUE,
        MACHINERY,
        BY_HAND,
        {
            Holds.INTERNAL: "queue_name task_name priority lock args status scheduled_at attempts "
            "queueing_lock abort_requested worker"
        },
    ),
    "procrastinate.ProcrastinateEvent": Record(
        QUEUE, MACHINERY, BY_HAND, {Holds.INTERNAL: "job type at"}
    ),
    "procrastinate.ProcrastinatePeriodicDefer": Record(
        QUEUE, MACHINERY, BY_HAND, {Holds.INTERNAL: "task_name defer_timestamp job periodic_id"}
    ),
    "procrastinate.ProcrastinateWorker": Record(
        QUEUE, MACHINERY, "Until the worker ends", {Holds.INTERNAL: "last_heartbeat"}
    ),
}
