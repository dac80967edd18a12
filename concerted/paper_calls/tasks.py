"""Who sees calls for papers is brought up to date each night, and when a chair is appointed."""

from procrastinate.contrib.django import app

from concerted.paper_calls import services


@app.periodic(cron="50 5 * * *")
@app.task(name=services.KEEP, queueing_lock=services.KEEP, pass_context=False)
def keep(timestamp: int) -> None:
    """Let whoever is in an office or chairs a body as of today see its calls."""
    services.bring_up_to_date()
