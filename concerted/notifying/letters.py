"""The words of its mails. Those about anything restricted are constant, and have one link."""

SUBJECT = "What is new for you"
CONSTANT = "Something is new for you in Concerted. Sign in to read it:\n\n{home}"
MORE = "There is more: sign in to see it."
FOOT = (
    "\n\nChoose what mail you get: {choose}\nStop such mail with one click: {stop}\n\n"
    "This mail was sent by Concerted. Nobody will ask you for your password.\n"
)
# At most so many lines in one mail.
MOST = 30


def lines(told: list[tuple[str, str]]) -> str:
    """The body of a mail: each (words, address) as a paragraph."""
    shown = [f"{words}\n{address}" for words, address in told[:MOST]]
    return "\n\n".join([*shown, MORE] if len(told) > MOST else shown)
