"""Each night the pages that say what is still to come are made anew."""

from procrastinate.contrib.django import app

from concerted.public_door import pushing


@app.periodic(cron="5 0 * * *")
@app.task(name="public_door.refresh", queueing_lock="public_door.refresh", pass_context=False)
def refresh(timestamp: int) -> None:
    if pushing.is_there():
        pushing.refresh()
