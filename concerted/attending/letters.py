"""The words of its mails. Of a restricted meeting they are constant, and have no link."""

KIND = "attending.invitation"
RESTRICTED_SUBJECT = "A meeting"
RESTRICTED = (
    "You are expected at a meeting. Sign in to read more, and to say whether you come:\n\n{home}"
)
RESTRICTED_CANCELLED = "A meeting is cancelled. Sign in to read more:\n\n{home}"
SUBJECT = "{body}, {day}"
CANCELLED_SUBJECT = "Cancelled: {body}, {day}"
INVITED = (
    "You are expected at the meeting of {body}\non {when}.\n\n"
    "Say whether you come, send a substitute or send apologies, without signing in. You can change "
    "the answer until the meeting begins:\n\n{link}\n\n"
    "What will be talked about, for those who have an account:\n\n{href}"
)
CANCELLED = "The meeting of {body}\non {when}\nis cancelled.\n\n{href}"
FOOT = (
    "\n\nAn answer to this mail reaches the secretary.\n"
    "This mail was sent by Concerted. Nobody will ask you for your password.\n"
)
