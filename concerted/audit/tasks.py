"""The trail is sealed each minute."""

from procrastinate.contrib.django import app

from concerted.audit import sealing


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal", pass_context=False)
def seal(timestamp: int) -> None:
    sealing.seal()
