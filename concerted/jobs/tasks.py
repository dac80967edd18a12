"""Work whose worker died is taken up again."""

import asyncio

from procrastinate.contrib.django import app

SILENT = 45  # seconds without a sign of life from its worker


@app.periodic(cron="* * * * *")
@app.task(name="jobs.take_up_again", queueing_lock="jobs.take_up_again", pass_context=False)
async def take_up_again(timestamp: int) -> None:
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT)
    await asyncio.gather(*(app.job_manager.retry_job(job) for job in stalled))
