"""People, phones, e-mails and postal addresses that stand in the narrative."""

import re
from collections.abc import Iterable, Sequence

from concerted.reading.lines import squeeze
from concerted.reading.model import Personal, Span
from concerted.reading.vocabulary import (
    PARTICLES,
    bare,
    is_person,
    is_strong_title,
    listed,
    rank_of_words,
    split_titles,
)

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\d./])(?:\+44[ ]?\(?0?\)?[ ]?|\(?0)\d(?:[\d ()-]{7,14})\d(?![\d/])")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]{0,2}\d[A-Z]{2}\b")
_TOWN_AND_CODE = re.compile(
    r"(?:,?[ ]?[ \n](?:[A-Z][\w’'-]*|on|upon|in|the|by|le|de)){0,6},?[ ]{0,2}\n?[ ]{0,2}"
    r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]{0,2}\d[A-Z]{2}\b"
)
# Words that end the name of a street and of no person …
_STREETS = listed(
    """street road avenue drive crescent terrace grove gardens parade mews square place close
    boulevard embankment esplanade promenade quay wharf wynd yard buildings cottages flats
    mansions villas broadway roundabout bypass"""
)
# … and words that end the names of both: what stands before has to tell.
_STREETS_OR_SURNAMES = listed(
    """lane way walk row green hill court house park rise view bank croft field fields gate heath
    hurst lea mead vale wood st rd ave"""
)
_ENDS = "|".join(word.title() for word in sorted(_STREETS | _STREETS_OR_SURNAMES))
_STREET = re.compile(
    r"(?:\b(?:Flat|Unit|Apartment|Room)[ ]\d{1,4}[a-zA-Z]?,?[ ])?"
    r"\b(?P<number>\d{1,4}[a-zA-Z]?)(?:[ ]?[-–/&][ ]?\d{1,4}[a-zA-Z]?)?,?[ ](?P<street>"
    rf"(?:[A-Z][\w’'-]*[ ]){{1,4}}?(?:{_ENDS})(?:[ ](?:{_ENDS})){{0,2}})\b"
    r"|\b(?:Flat|Unit|Apartment)[ ]\d{1,4}[a-zA-Z]?,?[ ]"
    rf"(?P<block>(?:[A-Z][\w’'-]*[ ]){{1,4}}?(?:{_ENDS}))\b"
)
# Looked for first: a number and a capital behind it, or the part of a house.
_DIGIT = re.compile(r"\d")
_HOUSE = re.compile(
    r"(?:Flat|Unit|Apartment|Room)[ ]\d|\b\d{1,4}[a-zA-Z]?(?:[ ]?[-–/&]|,|[ ][A-Z])"
)
_NO_HOUSE = listed(
    """january february march april may june july august september october november december
    am pm members people officers"""
)
_IN_YEAR = re.compile(r"\b(?:in|since|during|until|of|from|by|before|after)[ ]$", re.IGNORECASE)
_AT_PLACE = re.compile(
    r"\b(?:in|on|at|along|near|around|outside|behind|off|into|through|opposite|down|up|across|"
    r"between|beside|onto|towards?|\d{1,4}[a-z]?,?)[ ](?:the[ ])?$",
    re.IGNORECASE,
)
_NAME_RUN = re.compile(
    r"[A-Z](?:(?<=\b[TA])/[A-Z])?[\w’'-]*\.?"
    r"(?:[ ](?:(?:de|da|van|von|der|du|la|le|al)[ ])?[A-Z][\w’'-]*\.?){0,5}"
)
# First names common in Britain over a century: capitals alone do not make a person.
_FIRST_NAMES = listed(
    """aaron abdul abigail adam adrian ahmed aisha alan alastair albert alec alex alexander
    alexandra alf alfred ali alice alison allan allison amanda amy andrea andrew andy angela
    angus anita ann anna anne annette anthony antony arthur ashley audrey barbara barry
    becky ben benjamin bernard bert beth bethany betty beverley bill billy bob bobby brenda
    brian bridget bruce bryan carl carol carole caroline carolyn catherine cath cathy
    charles charlie charlotte cheryl chloe chris christian christina christine christopher
    claire clare clive colin connor craig cynthia daisy daniel danny darren dave david dawn
    dean debbie deborah debra denise dennis derek diana diane donald donna doreen dorothy
    doug douglas duncan edith edward eileen elaine eleanor elizabeth ellen ellie emily emma
    eric erica ernest ethan eva eve evelyn fatima fay fiona florence frances francis frank
    fred frederick freda gail gareth garry gary gavin gemma geoff geoffrey george georgina
    gerald gerard gill gillian gina gladys glen glenn glenys gordon grace graeme
    graham grant greg gregory guy gwen hannah harold harriet harry hassan hayley hazel
    heather helen henry hilary holly howard hugh hussain iain ian ibrahim imran irene iris
    isaac isabel isobel ivan ivor jack jackie jacob jacqueline jake james jamie jan jane
    janet janice jason jasmine jay jayne jean jeff jeffrey jenna jennifer jenny jeremy jess
    jessica jill jim jimmy jo joan joanna joanne joe john jon jonathan jordan joseph
    josephine josh joshua joy joyce judith judy julia julian julie june justin karen karl
    kate katherine kathleen kathryn katie katy kay keith kelly ken kenneth kerry kevin
    kieran kim kirsty kit laura lauren lawrence leanne lee len leonard leslie lesley lewis
    liam lilian linda lindsay lisa liz lorna lorraine louis louise lucia lucy luke lydia lyn
    lynda lynn lynne maggie malcolm mandy marc marcus margaret maria marian marie marilyn
    marina marion mark marlene martin martyn mary mathew matt matthew maureen maurice max
    maxine may megan mel melanie melissa michael michelle mick mike miles miriam mohammad
    mohammed moira mona monica morag muhammad muriel nadia naomi natalie natasha nathan neil
    nicholas nick nicky nicola nicole nigel nina noah noel nora norma norman oliver olivia
    oscar owen pam pamela pat patricia patrick paul paula pauline peggy penny peter phil
    philip phillip phyllis priya rachael rachel raj ralph ray raymond rebecca reg rhys
    richard rick rita rob robbie robert roberta robin rod roger roland ron ronald rory rosa
    rose rosemary rosie ross roy russell ruth ryan sally sam samantha samuel sandra sara
    sarah scott sean shane shannon sharon shaun sheila shirley sian simon sonia sophie
    stacey stan stanley stella stephanie stephen steve steven stewart stuart sue susan
    suzanne sylvia tanya tara ted terence teresa terry tess thelma theresa thomas tim
    timothy tina toby tom tony tracey tracy trevor ursula valerie vera vicki vicky victor
    victoria vincent viv vivien wayne wendy wilfred will william yasmin yvonne zara zoe zoey"""
)


def read_personal(text: str, spans: Iterable[Span], known: Sequence[str]) -> list[Personal]:
    """Everything in the spans by which a person can be known or reached.

    ``known`` are the names of the attendance lists: people wherever they are named.
    """
    names = {squeeze(name).lower() for name in known}
    names |= {" ".join(split_titles(name)[1]).lower() for name in known}
    made: list[Personal] = []
    for span in spans:
        figures = _DIGIT.search(text, span.start, span.end) is not None
        at_sign = "@" in text[span.start : span.end]
        for kind, pattern, may_be in (("email", _EMAIL, at_sign), ("phone", _PHONE, figures)):
            if not may_be:
                continue
            for match in pattern.finditer(text, span.start, span.end):
                if kind == "phone" and sum(c.isdigit() for c in match.group()) not in (
                    10,
                    11,
                    12,
                    13,
                ):
                    continue
                made.append(_personal(kind, text, match.start(), match.end()))
        if figures:
            made += _addresses(text, span)
        made += _people(text, span, names)
    return sorted(made, key=lambda one: (one.span.start, one.kind))


def _personal(kind: str, text: str, start: int, end: int) -> Personal:
    return Personal(kind, squeeze(text[start:end]), Span(start, end))


def _addresses(text: str, span: Span) -> list[Personal]:
    made: list[Personal] = []
    taken = -1
    houses = _HOUSE.search(text, span.start, span.end)
    for match in _STREET.finditer(text, houses.start(), span.end) if houses else ():
        if _is_no_house(text, match):
            continue
        code = _TOWN_AND_CODE.match(text, match.end(), min(span.end, match.end() + 80))
        end = code.end() if code else match.end()
        made.append(_personal("address", text, match.start(), end))
        taken = end
    for match in _POSTCODE.finditer(text, span.start, span.end):
        if match.start() >= taken and not any(
            p.span.start <= match.start() < p.span.end for p in made[-50:]
        ):
            made.append(_personal("address", text, match.start(), match.end()))
    return made


def _is_no_house(text: str, match: re.Match[str]) -> bool:
    """ "3 July Green Lane", "in 2024 Mill Lane": a day or a year stands before the street."""
    if match["street"] is None:
        return False
    if bare(match["street"].split()[0]) in _NO_HOUSE:
        return True
    year = match["number"].isdigit() and 1900 <= int(match["number"]) < 2100
    return year and _IN_YEAR.search(text, max(0, match.start() - 8), match.start()) is not None


def _is_street(words: Sequence[str], before: str, behind: str) -> bool:
    """Whether the capitalised words from a first name on are a street ("Hazel Grove")."""
    for at, word in enumerate(words[1:4], 1):
        if "’" in word or "'" in word or words[at - 1].endswith((".", ",")):
            return False
        low = bare(word)
        if low in _STREETS:
            return True
        if low in _STREETS_OR_SURNAMES and _AT_PLACE.search(before):
            return not behind.startswith(("’s", "'s"))
    return False


def _people(text: str, span: Span, known: set[str]) -> list[Personal]:
    made: list[Personal] = []
    for match in _NAME_RUN.finditer(text, span.start, span.end):
        if (
            match.group().split()[0] in ("April", "May", "June")
            and text[max(0, match.start() - 2) : match.start() - 1].isdigit()
        ):
            continue
        made += _in_run(text, match, known)
    return made


def _in_run(text: str, match: re.Match[str], known: set[str]) -> list[Personal]:
    """The people inside a run of capitalised words: after a title, after a first name, or known."""
    made: list[Personal] = []
    words = list(re.finditer(r"\S+", match.group()))
    at = 0
    while at < len(words):
        rest = _to_full_stop([w.group() for w in words[at:]])
        stop = _name_from(rest, known)
        start = match.start() + words[at].start()
        if (
            stop
            and bare(rest[0]) in _FIRST_NAMES
            and squeeze(" ".join(rest[:stop])).lower() not in known
            and _is_street(rest, text[max(0, start - 16) : start], text[match.end() :][:2])
        ):
            return made
        if stop:
            end = match.start() + words[at + stop - 1].end()
            end = start + len(text[start:end].rstrip(".’'"))
            if text[start:end].endswith(("’s", "'s")):
                end -= 2
            made.append(_personal("person", text, start, end))
        at += stop or 1
    return made


def _to_full_stop(words: list[str]) -> list[str]:
    """The words to the end of their sentence: "by June. This" goes on with another."""
    for count, word in enumerate(words, 1):
        if word.endswith(".") and len(word) > 3 and not is_strong_title(word):
            return words[:count]
    return words


def _name_from(words: list[str], known: set[str]) -> int:
    """How many of the words, from the first on, are a person's name; 0 when none are."""
    if len(words) < 2:
        return 0
    first = bare(words[0])
    for count in range(min(len(words), 5), 1, -1):
        joined = " ".join(words[:count]).strip(".,’'").lower().removesuffix("’s").removesuffix("'s")
        if joined in known:
            return count
    titles = 0
    while titles < len(words) - 1 and (
        is_strong_title(words[titles])
        or bare(words[titles]) in ("chief", "ch", "assistant", "deputy", "acting", "temporary")
    ):
        titles += 1
    rank = rank_of_words(" ".join(words))
    titles = max(titles, rank)
    if titles and (rank or any(map(is_strong_title, words[:titles]))):
        left = words[titles:]
        count = min(len(left), 3)
        while count and not is_person(" ".join(words[: titles + count])):
            count -= 1
        return titles + count if count else 0
    if first in _FIRST_NAMES and len(words) > 1:
        count = (
            3
            if len(words) > 2 and (len(words[1].strip(".")) == 1 or bare(words[1]) in PARTICLES)
            else 2
        )
        return count if is_person(" ".join(words[:count])) else 0
    return 0
