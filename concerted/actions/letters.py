"""The words of its mail: constant, so that it says nothing of the action."""

from concerted.notices.public import LINK

KIND = "actions.owner_link"
SUBJECT = "An action of your partnership is with you"
TEXT = (
    "An action of your partnership is with you or your post.\n\n"
    f"Read it, and say how it stands, here. You need no account:\n\n{LINK}\n\n"
    "The link is for you alone; do not pass it on. It works once, for 14 days. Opening it says "
    "nothing: it is used up when you send your answer. The secretary reads the answer before it "
    "becomes a part of the record.\n\n"
    "This mail was sent by Concerted. Nobody will ask you for your password.\n"
)
