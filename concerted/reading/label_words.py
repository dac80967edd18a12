"""The list that a label opens, by the words it is made of ("Officials also present")."""

from concerted.reading.vocabulary import listed

_AWAY = listed("apology apologies absent absentees absences absence")
_OFFICERS = listed("officer officers official officials staff employees")
_BESIDE = listed(
    """also others other advisors advisers advisor adviser observer observers guest guests visitors
    speakers speaker presenters presenter invitees invited invitation non-members non-voting"""
)
_MEMBERS = listed(
    """member members councillors cllrs attendees attendee participants delegates trustees directors
    governors partners representatives residents committee panel board"""
)
_CAME = listed("attendees attendee participants delegates")
_THERE = listed("present attendance attended attending attend")
# What may stand beside them without making the label mean another list.
_BESIDES = listed(
    """in at the of and for from by with to were was those these person persons people following
    meeting council authority partnership partner agency agencies group forum voting core
    statutory independent co-opted elected appointed full council’s council's invited
    remotely virtually online via teams zoom video conference person received given sent
    substitute substitutes support supporting senior district borough county town parish city
    community lead advisory expert external ex-officio name names list representing not"""
)
_KNOWN = _AWAY | _OFFICERS | _BESIDE | _MEMBERS | _THERE | _BESIDES


def section_of(words: str) -> str | None:
    """The section of a label in lower case; None when it is no label of a list of people."""
    said = [word.strip("()/,.&") for word in words.replace("/", " ").split()]
    said = [word for word in said if word]
    if not 1 < len(said) <= 7 or any(word not in _KNOWN for word in said):
        return None
    found = set(said)
    if found & _OFFICERS and "support" in found:
        return "officers"
    if found & _AWAY or ("not" in found and found & _THERE):
        return "apologies"
    if not found & (_THERE | _BESIDE | _CAME):
        return None
    if found & _OFFICERS:
        return "officers"
    if found & _BESIDE:
        return "in_attendance"
    if found & (_MEMBERS | _CAME) or "present" in found:
        return "present"
    return "in_attendance" if "attendance" in found else None
