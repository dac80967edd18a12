"""The words by which a place is known."""

import re

PLACES = re.compile(
    r"\b(?:room|hall|chamber|centre|center|library|house|suite|building|offices?|school|church|street|road|"
    r"lane|avenue|teams|zoom|virtual|remote|online|town hall|civic|conference|hotel|pavilion|"
    r"station|college|"
    r"walk|terrace|grove|crescent|gardens|parlour|barn|institute|quay|wharf|drive|mill|arena|"
    r"stadium|auditorium|gallery|vestry|rectory|vicarage|depot|"
    r"campus|court|square|headquarters|hq|microsoft|video|skype|webex|annexe?|park|inn|club|lounge|theatre|"
    r"[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2})\b",
    re.IGNORECASE,
)


_NOWHERE = re.compile(
    r"(?:an? )?(?:virtual|remote|online|on-line|hybrid|telephone|video)(?: online)?"
    r"[ -](?:meeting|conference|event|call|session)\b",
    re.IGNORECASE,
)


def is_place(text: str) -> bool:
    """Whether a line with a word for a place is one, though its parts look like people's names.

    Told by its end ("Lecture Theatre, Moss Library"), or by two parts that name places, or as a
    meeting that was held nowhere ("Virtual Meeting").
    """
    if _NOWHERE.match(text):
        return True
    parts = text.split(",")
    placed = sum(PLACES.search(part) is not None for part in parts)
    words = text.split()
    return bool(words) and (
        PLACES.fullmatch(words[-1].strip(" .,")) is not None
        or placed >= 2
        or (placed == 1 and PLACES.search(parts[0]) is not None and len(parts) > 1)
    )
