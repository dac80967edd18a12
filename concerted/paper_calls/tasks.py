"""Who sees calls for papers is brought up to date each night."""

from procrastinate.contrib.django import app

from concerted.paper_calls import services


@app.periodic(cron="50 5 * * *")
@app.task(name="paper_calls.keep", queueing_lock="paper_calls.keep", pass_context=False)
def keep(timestamp: int) -> None:
    """Let whoever is in an office or chairs a body as of today see its calls."""
    services.bring_up_to_date()
