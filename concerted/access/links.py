"""Links by which somebody chooses a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from concerted.access.models import Account


class LinkTokens(PasswordResetTokenGenerator):
    """Void once the password, the address or the last sign-in is another, and by `end_sessions`."""

    def _make_hash_value(self, user: Account, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}|{user.links_void}"
