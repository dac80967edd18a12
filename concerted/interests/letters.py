"""The words of its mail: constant, so that it says nothing of anybody's interests."""

DUE = "interests.due"
SUBJECT = "Your register of interests"
TEXT = (
    "Please look at your entries in the register of interests of your partnership, and say "
    "whether they are complete. To have nothing to declare is an answer too.\n\n"
    "Sign in, and choose “Confirm your register of interests” on the home page.\n\n"
    "This mail was sent by Concerted. Nobody will ask you for your password.\n"
)
