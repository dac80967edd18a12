"""Mail goes in the background."""

from procrastinate.contrib.django import app

from concerted.notices import services


@app.task(name="notices.deliver")
def deliver(mail_key: str) -> None:
    services.deliver(mail_key)
