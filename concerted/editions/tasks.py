"""Checking and carrying in the background; each asks again what it may do when it runs."""

from procrastinate.contrib.django import app

from concerted.editions import announcing, checking, looking, outbox


@app.task(name=checking.CHECK)
def check(release_key: str) -> None:
    """The leak check of one release that was asked for."""
    checking.check(release_key)


@app.task(name=announcing.TELL)
def tell(release_key: str) -> None:
    """The mails that a release asks for as it stands."""
    announcing.tell(release_key)


@app.task(name=outbox.CARRY)
def carry() -> None:
    """Carry what was approved to the public edition."""
    outbox.carry_all()


@app.periodic(cron="* * * * *")
@app.task(name="editions.carry_again", queueing_lock="editions.carry_again", pass_context=False)
def carry_again(timestamp: int) -> None:
    """Try again what could not be carried."""
    if outbox.waits():
        outbox.carry_soon()


@app.periodic(cron="17 * * * *")
@app.task(name="editions.look_again", queueing_lock="editions.look_again", pass_context=False)
def look_again(timestamp: int) -> None:
    """Mark what is public and whose source was changed or restricted since."""
    looking.look_again()
