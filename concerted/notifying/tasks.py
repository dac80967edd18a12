"""What happened is told each minute, what falls due each night, and the mail of the day."""

from procrastinate.contrib.django import app

from concerted.kernel.clock import now, today
from concerted.notifying import telling


@app.periodic(cron="* * * * *")
@app.task(name="notifying.tell", queueing_lock="notifying.tell", pass_context=False)
def tell(timestamp: int) -> None:
    telling.tell()


@app.periodic(cron="20 5 * * *")
@app.task(name="notifying.watch", queueing_lock="notifying.watch", pass_context=False)
def watch(timestamp: int) -> None:
    telling.watch(today())


@app.periodic(cron="*/10 * * * *")
@app.task(name="notifying.digests", queueing_lock="notifying.digests", pass_context=False)
def digests(timestamp: int) -> None:
    telling.digests(now())
