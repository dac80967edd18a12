"""The anchor of the trail is made and mailed each day."""

import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from concerted.audit import anchors
from concerted.audit.models import Keeper
from concerted.desk import anchoring

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=60)


@app.periodic(cron="15 2 * * *")
@app.task(name="desk.anchor", queueing_lock="desk.anchor", pass_context=False)
def anchor(timestamp: int) -> None:
    made = anchors.make()
    for keeper in Keeper.objects.all():
        send_anchor.defer(day=made.day.isoformat(), post_key=keeper.post_key)


@app.task(name="desk.send_anchor", retry=AGAIN)
def send_anchor(day: str, post_key: str) -> None:
    anchoring.send(day=datetime.date.fromisoformat(day), post_key=post_key)
