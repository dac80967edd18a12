"""What cannot be had now is asked for again, each time after a longer wait, and not for ever."""

from collections.abc import Callable

from concerted.crime.lake.refusals import Refused

TRIES = 6
LONGEST_WAIT = 300.0  # seconds


class NotNow(Exception):
    """It may be had later: the message says why, `after` in how many seconds if that was told."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Patience:
    """How often something is asked for again, each time after a longer wait."""

    def __init__(self, wait: Callable[[float], None], tries: int = TRIES) -> None:
        self._wait, self._tries = wait, tries
        self._failed = 0

    def renew(self) -> None:
        """Something came: what failed before is forgotten."""
        self._failed = 0

    def after(self, trouble: NotNow) -> None:
        """Wait until it may be asked for again. Raises Refused when that was often enough."""
        self._failed += 1
        seconds = 2.0 ** (self._failed - 1) if trouble.after is None else trouble.after
        if seconds > LONGEST_WAIT:
            raise Refused(f"{trouble}, and asks to wait for {seconds / 60:,.0f} minutes. Try then.")
        if self._failed >= self._tries:
            raise Refused(f"{trouble}. It was tried {self._tries} times; try again later.")
        self._wait(seconds)
