"""Where the title ends in a run of words: before the word that begins the first sentence."""

import re

from concerted.reading.dates import find_dates
from concerted.reading.vocabulary import (
    STANDARD_TITLES,
    STRONG_TITLES,
    bare,
    is_initials,
    is_person,
    is_standard,
    listed,
)

_MOST = 200
_MOST_WORDS = 14
# "NHS 111 5.1 The service ...": the number of the item's first paragraph.
_PARAGRAPH = re.compile(r"\(?\d{1,3}[A-Z]?\.\d{1,2}\.?\)?$")
# "(a)", "ii)": the first point of a list.
_LISTED = re.compile(r"\(?(?:[a-h]|[ivx]{1,3}|\d)\)$")
_MOST_BEHIND_COLON = 9
_STROKES = ("-", "–", "—")
_SMALL = listed("of for and the to from in on at with by a an & or - – under / as per held")
_STARTERS = listed(
    """the a an there it this these councillor councillors cllr cllrs in on no none all
    apologies following standing resolved agreed members: he she they we his her
    as to draft copies noted nothing nil after at deferred approved received accepted carried
    monday tuesday wednesday thursday friday saturday sunday"""
)
_ALSO_TITLES = listed(
    """councillor councillors members officers monday tuesday wednesday thursday friday saturday
    sunday"""
)
_PERSONS = listed("cllr cllrs councillor councillors mr mrs ms miss dr rev revd pc sgt insp")
_VERBS = listed(
    """was were is are had has have would will shall should could may said told gave asked spoke
    felt thought wished took left met went came saw brought put wrote read sent held drew set made
    advised found heard"""
)
# Words by which a known title is only the first word of a longer one.
_GOES_ON = listed(
    """application applications report reports committee sub-committee update updates matters policy
    group sub-group received strategy plan plans board panel programme regulations arising sheet
    officer officer's secretary clerk and of from for in on to & performance statement budget
    appointments obligations enforcement inspectorate issues items"""
)
_TITLES = tuple(sorted(STANDARD_TITLES, key=len, reverse=True))


def title_end(text: str, start: int, stop: int) -> int:
    """Where the title that begins at ``start`` ends, at the latest at ``stop``."""
    window = text[start : min(stop, start + _MOST)]
    words = list(re.finditer(r"\S+", window))
    if not words:
        return start
    known = _standard_end(window, words)
    capitals = _capitals_end(words) if _is_capitals(words) else 0
    if known or capitals:
        return start + max(known, capitals)
    whole = stop <= start + _MOST
    return start + words[_last_word(words, whole=whole)].end()


def begins_with_title(text: str) -> bool:
    """Whether a title and not at once a sentence stands at the front."""
    words = list(re.finditer(r"\S+", text[:_MOST]))
    return bool(words) and not _begins_sentence(words, 0)


def begins_sentence(text: str) -> bool:
    """Whether a sentence stands at the front."""
    words = list(re.finditer(r"\S+", text[:_MOST]))
    return bool(words) and _begins_sentence(words, 0)


def _standard_end(window: str, words: list[re.Match[str]]) -> int:
    """The end of a title that nearly every agenda has, when a sentence or a mark follows it."""
    low = window.lower()
    lead = len(low) - len(low.lstrip(" .:-–"))
    for title in _TITLES:
        if not low.startswith(title, lead):
            continue
        end = lead + len(title)
        if low[end : end + 1].isalnum():
            continue
        following = next((word.group() for word in words if word.start() >= end), "")
        if not following or _can_follow(following):
            year = _YEAR.match(window, end)
            end = year.end() if year else end
            return _behind_the_day(window, end) if "minutes" in title else end
    return 0


_YEAR = re.compile(r"[ ](?:for )?(?:19|20)\d\d(?:[/-]\d{2,4})?(?=[ ]|$)")  # "Budget 2012/13"
_LEADS_TO_DAY = re.compile(r"[ ,:(–-]{0,4}(?:(?:held )?(?:on|of) )?(?:the )?", re.IGNORECASE)


def _behind_the_day(window: str, end: int) -> int:
    """``Minutes of the last meeting, 5 May 2018`` and ``... (5.5.18)``: the day is in the title."""
    lead = _LEADS_TO_DAY.match(window, end)
    at = lead.end() if lead else end
    found = find_dates(window[at : at + 40])
    if not found or found[0].start > 0 or at == end:
        return end
    stop = at + found[0].end
    return stop + 1 if window[stop : stop + 1] == ")" else stop


def _can_follow(word: str) -> bool:
    """The word behind a known title opens its text: "Finance (a) ..." but "Finance Report"."""
    if word[0].isupper():
        return bare(word) not in _GOES_ON
    return not word[0].islower() or word[1:2] == ")"


def _is_capitals(words: list[re.Match[str]]) -> bool:
    first = words[:2]
    return all(w.group().isupper() and len(w.group().strip(".,:;")) > 1 for w in first)


def _capitals_end(words: list[re.Match[str]]) -> int:
    """The run of capitals, less initials or "A" with which a sentence in small letters begins."""
    last = 0
    for i, word in enumerate(words):
        core = word.group().strip(".,:;()’'")
        if i and _PARAGRAPH.match(word.group()):
            break
        if core in _STROKES:
            continue
        if core and not core.isupper() and not core[0].isdigit():
            if core[0].islower() and i > 1:
                last = i - 2
            break
        last = i
    return words[last].end()


def _last_word(words: list[re.Match[str]], *, whole: bool) -> int:
    """The index of the title's last word; ``whole`` says that the window was not cut short."""
    inside = 0
    for i in range(1, min(len(words), _MOST_WORDS)):
        before = words[i - 1].group()
        inside += before.count("(") - before.count(")")
        if _PARAGRAPH.match(words[i].group()):
            return i - 1
        if i > 1 and _LISTED.match(words[i].group()):
            return i - 1
        opened = inside > 0 or words[i].group().startswith("(")
        if opened and any(")" in word.group() for word in words[i : i + 8]):
            continue
        if before.endswith(":") and not is_standard(before) and _goes_on_behind_colon(words, i):
            continue
        if before.endswith((".", ":")) and (is_standard(before) or _ends(before)):
            return _before_heading(words, i - 1) if before.endswith(":") else i - 1
        if bare(before) not in _SMALL and _begins_sentence(words, i):
            return i - 1
        if "/" in before and any(c.isdigit() for c in before) and words[i].group()[0].isupper():
            return i - 1
    if whole and len(words) <= 10 and words[-1].group()[-1] not in ".;":
        return len(words) - 1
    return _titled_run(words)


def _before_heading(words: list[re.Match[str]], last: int) -> int:
    """``Business crime Radio scheme:``: a title in small letters is over before a new capital."""
    for i in range(2, last + 1):
        word, before = words[i].group(), words[i - 1].group()
        if word[0].isupper():
            small = before.islower() and bare(before) not in _SMALL
            return i - 1 if small and not word.isupper() else last
    return last


def _goes_on_behind_colon(words: list[re.Match[str]], at: int) -> bool:
    """``Strategic plan: third year targets The chair ...``: the sentence begins further on."""
    if _begins_sentence(words, at) or not words[at].group()[0].isalpha():
        return False
    for i in range(at + 1, min(len(words), at + _MOST_BEHIND_COLON)):
        if words[i - 1].group()[-1] in ".;,:?!" or _is_verb([words[i - 1].group()]):
            return False
        if bare(words[i - 1].group()) not in _SMALL and _begins_sentence(words, i):
            return True
    return False


def _ends(word: str) -> bool:
    """A full stop that is no abbreviation's."""
    return len(word.strip(".:")) > 3 and "." not in word.strip(".:")


def _begins_sentence(words: list[re.Match[str]], at: int) -> bool:
    """A word that opens sentences, a person, or a capital with a verb soon behind it."""
    word = words[at].group()
    low = bare(word)
    if not word.lstrip("(‘“\"'")[:1].isupper():
        return False
    following = [one.group() for one in words[at + 1 : at + 5]]
    if low in _ALSO_TITLES and following and bare(following[0]) in _PERSONS:
        # "Remembrance Sunday Cllr Bell will ...": the person begins the sentence.
        return False
    if low in _STARTERS:
        return True
    if low in STRONG_TITLES:
        return bool(following) and following[0][0].isupper()
    if following and _are_names(word, following[0]):
        both = following[1:2] == ["and"] and is_person(" ".join(following[2:4]).rstrip(",."))
        return following[0].endswith(",") or _is_verb(following[1:2]) or both
    if is_initials(word) and _is_verb(following[:1]):
        return True
    return _is_subject(following)


def _are_names(first: str, second: str) -> bool:
    """A first name and a surname; initials behind a word are a person by themselves."""
    if second.strip(",.").isupper() and not first.isupper():
        return False
    return is_person(f"{first} {second}".rstrip(",."))


def _is_subject(following: list[str]) -> bool:
    """Small words up to a verb: "Nine charities had asked"."""
    for i, word in enumerate(following):
        if _is_verb([word]):
            return i < 4
        if not word[0].islower() or bare(word) in ("of", "and", "for", "by", "from"):
            return False
    return False


def _is_verb(words: list[str]) -> bool:
    if not words:
        return False
    low = bare(words[0])
    return low in _VERBS or (low.endswith("ed") and len(low) > 4 and words[0][0].islower())


def _titled_run(words: list[re.Match[str]]) -> int:
    """The capitalised run, less the word with which the next sentence begins."""
    end_at = len(words)
    for i, match in enumerate(words):
        word = match.group()
        if bare(word) in _SMALL or word[0].isdigit():
            continue
        if not word.strip("(‘“\"'")[:1].isupper():
            end_at = i
            break
    last = end_at - 1
    if end_at < len(words):
        while last > 0 and not words[last].group()[:1].isupper():
            last -= 1
        last -= 1
        while last > 0 and bare(words[last].group()) in _SMALL:
            last -= 1
    return max(last, 0)
