"""Registers of interests are looked at each day."""

from procrastinate.contrib.django import app

from concerted.interests import services
from concerted.kernel.clock import today


@app.periodic(cron="40 5 * * *")
@app.task(name="interests.watch", queueing_lock="interests.watch", pass_context=False)
def watch(timestamp: int) -> None:
    """Who may read each register as of today, and mails to those who have to confirm theirs."""
    services.watch(today())
