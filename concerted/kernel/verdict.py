"""The answer of a rule: yes, or the sentence that says why not."""

from dataclasses import dataclass


class NotAllowed(Exception):
    """Somebody may see a thing but not do this to it; the message is the sentence for them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """True when allowed; otherwise false, with a sentence fit for the page and the API.

    The sentence is made of constant words and of the actor's own values, never of what is hidden.
    """

    why_not: str = ""

    def __bool__(self) -> bool:
        return not self.why_not

    def enforce(self) -> None:
        """Raise NotAllowed with the sentence, unless the verdict is yes."""
        if self.why_not:
            raise NotAllowed(self.why_not)


YES = Verdict()


def no(why_not: str) -> Verdict:
    return Verdict(why_not)
