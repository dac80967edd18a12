"""The one way in which the lake says no: a sentence for whoever asked."""


class Refused(Exception):
    """What was asked for is not done; the message says what happened and what to do."""

    @property
    def sentence(self) -> str:
        return str(self)


class Stopped(Refused):
    """An import was cancelled. Nothing of it is kept."""


def listed(things: list[str], most: int = 12) -> str:
    """Some of many things as words: `2023-01, 2023-02 and 3 more`."""
    if len(things) > most:
        return f"{', '.join(things[:most])} and {len(things) - most:,} more"
    return f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else "".join(things)
