"""The words by which a title, a post, an organisation or a person's name is known."""

import re
from functools import lru_cache


def listed(words: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(words.split())


# What stands before a surname; ranks included, because police and fire give them.
TITLES = listed(
    """mr mrs ms miss mx dr prof professor rev revd reverend canon sir dame lord lady baroness cllr
    cllrs cll clr cllr's councillor councillors coun county borough city town parish
    community ald alderman baillie bailie provost convener pc ps dc ds di dci dsu supt
    superintendent supertintendent superintendant chief ch insp inspector sgt sergeant
    constable det detective acting a/insp a/supt t/insp t/supt t/ch cc acc dcc pcso wpc psni
    temp temporary assistant asst ass deputy commander cmdr capt captain major colonel col lt gm sm
    wm cm parch barchg acfo dcfo cfo station group watch crew area hon father fr brother sister imam
    rabbi pastor madam district ward shire unitary judge hhj sheriff firemaster wing cdr sqn ldr
    brig brigadier lieutenant gen general bishop archdeacon venerable ven sheikh mother hon very
    mayor mayoress bailiff rt right most br sr dep dean reverends firefighter"""
)
# A title that needs no first name after it, and marks what follows as a person beyond doubt.
STRONG_TITLES = listed(
    """mr mrs ms miss mx dr prof professor rev revd reverend sir dame lord lady cllr cllrs cll clr
    councillor councillors coun ald alderman baillie bailie pc ps dc ds di dci supt
    superintendent supertintendent superintendant insp inspector sgt sergeant constable cc
    acc dcc pcso a/insp a/supt t/insp t/supt commander cmdr capt captain major col colonel
    canon judge hhj parch barchg firemaster cdr brig brigadier imam rabbi sheikh archdeacon
    aldermen baroness fr father br sister imam bishop ven"""
)
# Words that are titles only when a strong title or rank follows them ("Chief Inspector Dale").
FORE_TITLES = listed(
    """chief ch det detective acting temp temporary assistant asst ass deputy county borough city
    town parish community station group watch crew area hon district ward shire unitary wing general
    rt right most very dep"""
)
# "T/Supt", "Ch.Insp", "A/DCI": a rank with what makes it acting or chief before it.
_RANK = re.compile(
    r"(?:(?:t|a|temp|tmp|acting|ag)/)?(?:(?:ch|c|d|det)[./]?)?"
    r"(?:supt|insp|sgt|superintendent|inspector|sergeant)"
    r"|(?:t|a|temp|tmp|acting|ag)/(?:dci|dcs|dsu|ds|di|ps|pc|acc|dcc|cc|ci|wm|sm|gm|am|cm)"
)
# Ranks of several words, as the fire service gives them; what follows must be a name.
_RANK_WORDS = re.compile(
    r"(?:(?:temporary|temp\.?|acting)[ ]|[ta]/)?(?:"
    r"(?P<plain>(?:watch|crew) (?:manager|commander)|(?:station|sub|divisional) officer"
    r"|(?:leading )?firefighter)"
    r"|(?:station|group|area|brigade) (?:manager|commander)"
    r"|(?:(?:deputy|assistant) )?chief (?:fire )?officer)(?=[ ])",
    re.IGNORECASE,
)
_REGIONS = listed("north south east west central northern southern eastern western and of the for")
POST_NOMINALS = listed(
    "obe mbe cbe o.b.e o.b.e. m.b.e jp td qpm mla am msp mp ms bem dl phd qc kc frsa qfsm"
)
PARTICLES = listed(
    """ab ibn bint ten ter dos das de da di du del della van von der den la le el al bin ap o st
    mac ni ó y ferch"""
)

ROLE_WORDS = listed(
    """chair chairman chairperson chairwoman vice-chair vice-chairman vice co-chair convener
    convenor officer manager director head executive clerk secretary treasurer solicitor
    coordinator co-ordinator co-ordinators inspector superintendent constable sergeant
    leader lead cabinet portfolio member administrator adviser advisor analyst minutes
    minute note-taker taker mayor deputy assistant commander ceo commissioner representative
    rep observer accountant engineer warden alternate nominee consultant supervisor chaplain
    nurse doctor planner worker editor trustee president founder principal barrister lawyer
    auditor registrar apprentice trainee caseworker specialist strategist controller
    minute-taker monitoring custodian liaison interim organiser spokesperson speaker
    facilitator headteacher teacher vicar councillor pcso presenter scribe substitute author
    sub secretariat co-opted coopted person governor surveyor supervisor psychologist
    psychiatrist paediatrician microbiologist pharmacist physician surgeon practitioner
    bursar librarian curator ranger caretaker apprentice intern volunteer counsel
    steward matron advocate marshal postholder student co-optee cooptee master headmaster
    headmistress pa expert"""
)
ROLE_HEADS = listed(
    """chair chairman chairperson chairwoman vice-chair vice-chairman co-chair convener convenor
    officer manager director head clerk secretary treasurer solicitor coordinator
    co-ordinator leader administrator adviser advisor analyst mayor ceo commissioner
    accountant engineer observer alternate minutes taker note-taker minute-taker lead
    executive member planner worker"""
)
ORGANISATION_WORDS = listed(
    """council councils police probation fire nhs trust service services association board housing
    homes ltd ltd. limited plc cic partnership partnerships college university school
    academy group forum authority team agency health pct ccg icb brigade constabulary watch
    support borough society centre company federation network assembly church committee
    union department dept court hmp yos yot prison bureau parish town district county city
    unitary charity foundation project institute mosque temple aid mencap scope
    crimestoppers catalyst club residents tenants
    alliance consortium ambulance hospital infirmary surgery practice rescue army airport
    university’s chamber commerce wardens ministry government jobcentre catalyst mbc cbc dc
    bc pcc opcc gone dat daat crc npS mind shelter action scheme hub campus library museum
    press news gazette echo herald times courier mercury chronicle argus healthwatch
    primary infants juniors traders campaign residents’ federation laboratory clinic unit
    collective cooperative co-operative co-op enterprise enterprises regiment
    archdiocese diocese charities trustees governors cathedral priory abbey llp interface"""
)
STANDARD_TITLES = (
    "apologies for absence and substitutions",
    "apologies for absence",
    "apologies",
    "welcome and apologies",
    "welcome and introductions",
    "welcome",
    "introductions",
    "introductions and apologies for absence",
    "introductions and apologies",
    "declarations of interest",
    "declaration of interests",
    "declarations of interests",
    "declaration of interest",
    "declarations of members' interests",
    "minutes of the previous meeting",
    "minutes of previous meeting",
    "minutes of the last meeting",
    "minutes of last meeting",
    "notes of the last meeting",
    "minutes",
    "matters arising",
    "matters arising from the minutes",
    "any other business",
    "aob",
    "any other urgent business",
    "urgent business",
    "date of next meeting",
    "date and time of next meeting",
    "date of the next meeting",
    "dates of future meetings",
    "next meeting",
    "police report",
    "public participation",
    "public questions",
    "public question time",
    "open forum",
    "correspondence",
    "planning applications",
    "planning",
    "finance",
    "finance report",
    "treasurer's report",
    "treasurers report",
    "chairman's report",
    "chair's report",
    "chairman's introduction",
    "secretary's report",
    "clerk's report",
    "councillors' reports",
    "councillor reports",
    "community council matters",
    "roads",
    "highways",
    "reports back",
    "work programme",
    "forward plan",
    "close",
    "close of meeting",
    "community police report",
    "police matters",
    "present",
    "attendance",
    "election of chair",
    "election of chairman",
    "appointment of chair",
    "exclusion of the press and public",
    "exclusion of press and public",
    "confidential items",
    "performance report",
    "items for information",
    "report",
    "reports",
    "a.o.b",
    "declarations",
    "interests",
    "a.o.c.b",
    "aocb",
    "public session",
    "open session",
    "public forum",
    "public speaking",
    "questions from the public",
    "questions from members of the public",
    "questions from members",
    "members' questions",
    "petitions",
    "announcements",
    "chairman's announcements",
    "chair's announcements",
    "mayor's announcements",
    "chairman's communications",
    "chairman's remarks",
    "chair's opening remarks",
    "approval of minutes",
    "approval of the minutes",
    "confirmation of minutes",
    "minutes of the previous meeting and matters arising",
    "minutes of the last meeting and matters arising",
    "minutes and matters arising",
    "previous minutes",
    "action log",
    "review of actions",
    "outstanding actions",
    "actions from the last meeting",
    "actions from last meeting",
    "actions from previous meeting",
    "items for the next agenda",
    "items for next agenda",
    "items for the next meeting",
    "items for next meeting",
    "items for future meetings",
    "future agenda items",
    "dates of next meetings",
    "dates of meetings",
    "date of future meetings",
    "calendar of meetings",
    "county councillor's report",
    "county councillors' report",
    "district councillor's report",
    "district councillors' report",
    "borough councillor's report",
    "police and community safety",
    "financial report",
    "financial matters",
    "accounts for payment",
    "planning matters",
    "planning applications received",
    "budget and precept",
    "election of vice-chair",
    "election of vice-chairman",
    "election of vice chair",
    "election of vice chairman",
    "appointment of vice-chair",
    "appointment of vice-chairman",
    "election of officers",
    "election of chair and vice-chair",
    "late items",
    "order of business",
    "closing remarks",
)
_STANDARD = frozenset(STANDARD_TITLES)
_WORD = re.compile(r"[^\s,;()]+")


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def bare(word: str) -> str:
    """A word in lower case without the points and quotes around it."""
    return word.strip(".,;:'’‘\"“”()*").lower()


def is_strong_title(word: str) -> bool:
    """A title or a rank ("T/Supt") that marks what follows as a person beyond doubt."""
    low = bare(word)
    return low in STRONG_TITLES or (len(low) < 24 and _RANK.fullmatch(low) is not None)


def rank_of_words(text: str) -> int:
    """How many words at the front are a rank such as "Watch Manager" before a person's name.

    A post that many hold outside the fire service ("Area Manager") needs a full name behind it.
    """
    match = _RANK_WORDS.match(text)
    if match is None:
        return 0
    left = text[match.end() :].split()
    if len(left) < (1 if match["plain"] else 2) or len(left) > 5:
        return 0
    if any(bare(w) in ORGANISATION_WORDS | ROLE_WORDS | _REGIONS for w in left):
        return 0
    return len(match.group().split()) if all(_is_name_word(w) for w in left) else 0


def is_title(word: str) -> bool:
    return bare(word) in TITLES


def has_role_word(text: str) -> bool:
    return any(bare(word) in ROLE_WORDS for word in _pieces(text))


def has_organisation_word(text: str) -> bool:
    return any(bare(word) in ORGANISATION_WORDS for word in _pieces(text))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for word in words(text[:300]):
        pieces.append(word)
        if "/" in word or "-" in word:
            pieces.extend(word.replace("/", "-").split("-"))
    return pieces


def is_acronym(text: str) -> bool:
    """``MBC``, ``WFRS``, ``NHW``: capitals only."""
    word = text.strip(" .")
    return 2 <= len(word) <= 8 and word.isupper() and word.replace("&", "").isalpha()


def is_initials(text: str) -> bool:
    """Initials that can stand for a person: two to four capitals."""
    word = text.strip(" .").replace(".", "")
    return 2 <= len(word) <= 4 and word.isupper() and word.isalpha()


# What may stand small before the capital of a surname ("al-Masri", "d’Arcy", "ffitch").
_SMALL_FRONTS = ("d’", "d'", "o’", "o'", "al-", "el-", "t-", "de-", "ff")


def _is_name_word(word: str) -> bool:
    core = word.strip(".,'’‘\"“”*")
    if not core:
        return False
    if core.lower() in PARTICLES:
        return True
    if "-" in core and core.split("-", 1)[0].lower() in PARTICLES:
        core = core.split("-", 1)[1] or core
    if not core[0].isupper():
        return len(core) > 3 and (core.startswith(_SMALL_FRONTS) or _is_lenited(core))
    return all(c.isalpha() or c in "-–'’.‘`" for c in core)


def _is_lenited(word: str) -> bool:
    """``hEoghain``, ``tSaoir``: Irish sets a small letter before the capital of the name."""
    return word[0] in "htn" and word[1].isupper() and word[2:].islower()


def split_titles(text: str) -> tuple[list[str], list[str]]:
    """The titles at the front of a name, and the words that are left."""
    left = text.split()
    titles: list[str] = []
    rank = rank_of_words(" ".join(left[:10])) if len(left) <= 10 else 0
    if rank:
        return left[:rank], left[rank:]
    while left and len(left) > 1:
        word = bare(left[0])
        if (
            is_strong_title(left[0])
            or word in TITLES
            or (word in ("the", "worshipful", "right", "y") and any(is_title(w) for w in left[1:4]))
        ):
            titles.append(left.pop(0))
        else:
            break
    strong = any(is_strong_title(t) for t in titles)
    if not strong and {bare(t) for t in titles} & FORE_TITLES:
        return [], titles + left
    return titles, left


# "A.B.Bell": initials that no blank parts from what follows.
_POINTED = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z])")
_RETIRED = re.compile(r"[ ]?\((?:retd|ret[’']d|rtd|retired)\.?\)", re.IGNORECASE)


# The article within a Gaelic surname ("Mac an Bhaird", "Nic a’ Ghobhainn").
_GAELIC = re.compile(
    r"(?<=\b(?:Mac|Nic)) (?:an|a[’']|na|nan)(?= \w)|(?<=\bMhic) (?:an|a[’'])(?= \w)"
)


# Capitals without a vowel are letters that stand for a body ("Fell HSCP"), not a surname.
_UNSPOKEN = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,8}")
# A constable's number between the rank and the name.
_COLLAR = re.compile(r"^(?P<rank>PC|PCSO|PS|WPC|DC|Sgt|Constable)\.?[ ]\d{1,6}[ ](?=[A-Z])")


# Whom a list is of, and nobody's surname ("Community Councillors").
_MANY = listed(
    """councillors members officers representatives trustees residents observers officials partners
    visitors guests"""
)


# Behind the name of a place: a council, in capitals.
_AUTHORITIES = frozenset({"CC", "DC", "BC", "MBC", "CBC", "TC", "PC", "RDC", "UDC", "MDC", "CVS"})


@lru_cache(maxsize=8192)
def is_person(text: str) -> bool:
    """Whether the words read as one person's name, with or without a title."""
    text = _COLLAR.sub(r"\g<rank> ", text.strip(" .,;:*'’")[:80])
    if not text or len(text) > 70 or any(c.isdigit() for c in text):
        return False
    if "Mac " in text or "ic " in text:
        text = _GAELIC.sub("", text)
    if "." in text or "(" in text:
        text = _POINTED.sub(". ", _RETIRED.sub("", text))
    titles, left = split_titles(text)
    while left and bare(left[-1]) in POST_NOMINALS and len(left) > 1:
        left = left[:-1]
    if not left or len(left) > 5 or not all(_is_name_word(word) for word in left):
        return False
    if titles and rank_of_words(" ".join([*titles, *left])):
        return True
    if titles and any(is_strong_title(t) for t in titles):
        if len(left) > 2 and bare(left[-1]) in ORGANISATION_WORDS | ROLE_WORDS:
            return False
        return not all(bare(word) in ROLE_WORDS for word in left)
    if len(left) < 2 or left[-1] in _AUTHORITIES or _UNSPOKEN.fullmatch(left[-1]):
        return False
    if left[0] == "A" and len(left) > 2 and len(left[1].strip(".")) == 1:
        left = left[1:]
    if left[0].lower() in ("the", "a", "all", "any", "no", "to", "in", "for", "at", "and"):
        return False
    if any(bare(w) in ORGANISATION_WORDS or bare(w) in ROLE_WORDS for w in left):
        return False
    if bare(left[-1]) in _MANY:
        return False
    return not (all(w.isupper() and len(w) > 3 for w in left) and len(left) > 3)


# An office that a place has one of: with the place before it, it is where a person works.
_OFFICE = re.compile(
    r"(?P<place>[A-Z][^,;()]{1,60}?) (?:police(?:,? (?:and )?fire)? (?:and|&) crime commissioner|"
    r"p(?:f)?cc)(?:[’']?s?[’']? office)?$",
    re.IGNORECASE,
)
_HOLDERS = listed("deputy assistant acting former interim the a his her vice shadow candidate")


def is_office(text: str) -> bool:
    """``Wyleshire Police and Crime Commissioner``: the office, not the one who holds it."""
    match = _OFFICE.match(text.strip(" .,;:*'’")[:120])
    if match is None:
        return False
    return not any(bare(w) in _HOLDERS or bare(w) in ROLE_WORDS for w in match["place"].split())


# "Fell Housing Executive": a body; "Chief Executive" is a post.
_BODY_THAT_EXECUTES = re.compile(r"\b(?:housing|safety|transport|health) executive$")


@lru_cache(maxsize=8192)
def is_role(text: str) -> bool:
    """Whether the words name a post or a part played at the meeting."""
    text = text.strip(" .,;:*'’")
    if not text or len(text) > 120 or is_person(text):
        return False
    low = text.lower()
    if low in (
        "in the chair",
        "minutes",
        "minute taker",
        "note taker",
        "notes",
        "mins",
        "chairing",
    ):
        return True
    if _BODY_THAT_EXECUTES.search(low):
        return False
    if low.startswith(("office of", "the office of")) or is_office(text):
        return False
    first, last = bare(text.split()[0]), bare(text.split()[-1])
    if (
        last in ORGANISATION_WORDS
        and first not in ROLE_HEADS
        and " of " not in low
        and " for " not in low
        and not (first in ROLE_WORDS and " in " in low)
    ):
        return False
    return has_role_word(text)


@lru_cache(maxsize=8192)
def is_organisation(text: str) -> bool:
    text = text.strip(" .,;:*'’")
    if not text or len(text) > 120:
        return False
    last = text.split()[-1]
    if _BODY_THAT_EXECUTES.search(text.lower()):
        return True
    if is_acronym(text) or last in _AUTHORITIES or _UNSPOKEN.fullmatch(last):
        return True
    return has_organisation_word(text) and not is_role(text)


def is_standard(text: str) -> bool:
    """A title that nearly every agenda has."""
    words = " ".join(text[:200].split()).lower()
    words = words.strip(" .:-–*").replace("’", "'")
    return words in _STANDARD or _is_of_stock(words)


# Of these words the titles are made that agendas begin and end with.
_STOCK = listed(
    """welcome introductions introduction opening remarks apologies apology for absence absences and
    of the from to last previous minutes minute notes note meeting meetings matters matter arising
    action actions log points point review declarations declaration interest interests any other
    competent urgent business items item date dates time venue place next future chair's
    chairman's chairperson's convener's convenor's chair treasurer's secretary's clerk's police
    councillor's councillors' report reports update updates adoption approval receive approve
    election officers bearers office public questions question session participation & / in not on
    if already"""
)
_FIRST_OF_STOCK = _STOCK - listed("and of the for from & / in not on if already other")
_ANCHORS = tuple(
    listed(words)
    for words in (
        "apologies",
        "introductions",
        "arising",
        "declarations interest",
        "declaration interest",
        "any other business",
        "next meeting",
        "future meetings",
        "previous minutes",
        "last minutes",
        "previous minute",
        "last minute",
        "previous meeting",
        "last meeting",
        "chair's welcome",
        "chairman's welcome",
        "chairperson's welcome",
        "chairman's remarks",
        "chair's remarks",
        "convener's report",
        "police report",
        "police reports",
        "police update",
        "councillor's report",
        "election officers",
        "election bearers",
    )
)


def _is_of_stock(words: str) -> bool:
    """``Welcome, introductions and apologies``: stock words, and enough of them to be a title."""
    said = words.replace(",", " ").split()
    if not 1 < len(said) <= 12 or said[0] not in _FIRST_OF_STOCK:
        return False
    there = frozenset(said)
    return there <= _STOCK and any(anchor <= there for anchor in _ANCHORS)
