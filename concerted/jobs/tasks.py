"""Work whose worker died is taken up again; what is done is taken out of the queue."""

import asyncio

from procrastinate.contrib.django import app

KEEP_HOURS = 14 * 24
SILENT = 45  # seconds without a sign of life from its worker


@app.periodic(cron="* * * * *")
@app.task(name="jobs.take_up_again", queueing_lock="jobs.take_up_again", pass_context=False)
async def take_up_again(timestamp: int) -> None:
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT)
    await asyncio.gather(*(app.job_manager.retry_job(job) for job in stalled))


@app.periodic(cron="50 3 * * *")
@app.task(name="jobs.clear_queue", queueing_lock="jobs.clear_queue", pass_context=False)
async def clear_queue(timestamp: int) -> None:
    """Take out what was done, failed or was cancelled two weeks ago: numbers and keys alone."""
    await app.job_manager.delete_old_jobs(
        nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
