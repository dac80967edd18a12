"""Who gets in is looked at each day."""

from procrastinate.contrib.django import app

from concerted.kernel.clock import today
from concerted.people import confirming


@app.periodic(cron="20 0,6 * * *")
@app.task(name="people.watch", queueing_lock="people.watch", pass_context=False)
def watch(timestamp: int) -> None:
    """Notices of appointments that lapse, and access that ended with a date: each day, and anew
    in the morning if the night's turn was missed."""
    confirming.watch(today())
