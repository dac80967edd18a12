"""Which passwords are refused, besides short and common ones."""

import re
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError

from concerted.access.models import Account

# Shorter words are in too many good passwords.
SHORTEST = 6
OURS = ("concerted",)
# What everybody in an account's partnership knows; packages above add to it.
sources: list[Callable[[Account], Iterable[str]]] = []


def own_words(account: Account | None) -> set[str]:
    """Words that somebody who wants to guess here tries first, in small letters."""
    texts = [*OURS]
    if account is not None and account.pk:
        texts += [text for source in sources for text in source(account)]
    found = {_squashed(text) for text in texts}
    found |= {word for text in texts for word in re.findall(r"[^\W_]+", text.casefold())}
    return {word for word in found if len(word) >= SHORTEST}


class OwnWordsValidator:
    """Refuses a password that holds the name of the partnership or of this product."""

    def validate(self, password: str, user: Account | None = None) -> None:
        squashed = _squashed(password)
        if any(word in squashed for word in own_words(user)):
            raise ValidationError(
                "This password holds the name of the partnership, or “Concerted”: "
                "who guesses tries these first. Choose other words.",
                code="password_own_words",
            )

    def get_help_text(self) -> str:
        return "Not the name of the partnership, and not “Concerted”."


def _squashed(text: str) -> str:
    """Letters and digits alone, so that no dash or capital hides a word."""
    return re.sub(r"[\W_]", "", text.casefold())
