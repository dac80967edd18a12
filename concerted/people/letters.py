"""The words of every mail about accounts: constant, so that no mail can hold what is restricted."""

from dataclasses import dataclass

from concerted.notices.public import LINK


@dataclass(frozen=True, slots=True)
class Letter:
    kind: str
    subject: str
    text: str


FOOT = "\n\nThis mail was sent by Concerted. Nobody will ask you for your password.\n"

INVITATION = Letter(
    "people.invitation",
    "You are invited to Concerted",
    "Your partnership keeps its meetings, papers and actions in Concerted, and invites you to "
    "have an account.\n\n"
    f"Choose your password here:\n\n{LINK}\n\n"
    "The link works once, for 7 days. After the password you set up a second step, for which you "
    "need a telephone or a security key. What you can see rests on the posts and seats that you "
    "hold.\n\n"
    "If you did not expect this, do nothing: no account is made.",
)
INVITATION_BY_DIRECTORY = Letter(
    "people.invitation_by_directory",
    "You are invited to Concerted",
    "Your partnership keeps its meetings, papers and actions in Concerted, and invites you to "
    "have an account. You sign in with your own organisation's directory, as you do at work.\n\n"
    f"Begin here:\n\n{LINK}\n\n"
    "The link works once, for 7 days. What you can see rests on the posts and seats that you "
    "hold.\n\n"
    "If you did not expect this, do nothing: no account is made.",
)
DIRECTORY_OFFERED = Letter(
    "people.directory_offered",
    "You can sign in with your organisation's directory",
    "Whoever keeps the accounts of your partnership offers that you sign in to Concerted with your "
    "own organisation's directory, as you do at work.\n\n"
    f"Begin here:\n\n{LINK}\n\n"
    "The link works once, for 7 days. Your password goes on working.\n\n"
    "If you did not expect this, do not follow the link, and tell the partnership manager.",
)
# To an address that signs in already. What the inviter sees is the same.
INVITED_AGAIN = Letter(
    "people.invited_again",
    "You are invited to Concerted",
    "Somebody invited this address to Concerted. It has an account already, so there is nothing "
    "for you to do: sign in as you always do.\n\n"
    "If you cannot, the sign-in page helps. If you did not expect this, tell the partnership "
    "manager.",
)
RECOVERY = Letter(
    "people.recovery",
    "You can set up your account anew",
    "Two people of your partnership have said that it is you who asks to be let in again.\n\n"
    f"Choose a new password here:\n\n{LINK}\n\n"
    "The link works once, for 24 hours. Your old second step ends when you use it, and you set up "
    "a new one.\n\n"
    "If you did not ask for this, do not follow the link, and tell the partnership manager now.",
)
RECOVERY_ASKED = Letter(
    "people.recovery_asked",
    "Somebody asks to be let in to your account",
    "Somebody said that they lost the password and the second step of this account. Two people of "
    "your partnership now make sure that it is you.\n\n"
    "If you did not ask for this, tell the partnership manager now.",
)
SIGN_IN_CHANGED = Letter(
    "people.sign_in_changed",
    "How you sign in was changed",
    "Your password, your second step, your recovery codes or the directory that you come in "
    "through were changed or used just now.\n\n"
    "If that was you, there is nothing to do. If not, tell the partnership manager now: they can "
    "close your account until it is settled.",
)
CONFIRM = Letter(
    "people.confirm",
    "Appointments wait for you to confirm them",
    "You have a list to read in Concerted: who still holds the posts and seats that you look "
    "after. What nobody confirms lapses 14 days after the end of the quarter.\n\n"
    "Sign in, and choose People, then Confirm appointments.",
)
CONFIRM_SOON = Letter(
    "people.confirm_soon",
    "Appointments lapse in 3 days",
    "You have a list to read in Concerted. What is not confirmed within 3 days lapses.\n\n"
    "Sign in, and choose People, then Confirm appointments.",
)
LAPSED = Letter(
    "people.lapsed",
    "Appointments have lapsed",
    "Nobody confirmed them within the quarter or the 14 days after it, so they have ended. You "
    "have a list to read in Concerted: sign in, and choose People, then Confirm appointments. "
    "Whoever is still right can be appointed again.",
)
