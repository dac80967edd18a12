"""One entry of an attendance list: its name, and what stands in parentheses behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from concerted.reading.lines import squeeze
from concerted.reading.plurals import plural_title
from concerted.reading.vocabulary import (
    PARTICLES,
    POST_NOMINALS,
    bare,
    has_organisation_word,
    has_role_word,
    is_acronym,
    is_initials,
    is_office,
    is_organisation,
    is_person,
    is_role,
    is_strong_title,
    is_title,
    listed,
    split_titles,
)
from concerted.reading.wraps import unhyphened

EDGE = " \t\n.,;:*•·-–—'’‘\"/|\\+"


NOBODY = re.compile(
    r"(?:\d{1,3}|one|two|three|four|five|six|several|some|no|approx\w*) .{0,40}"
    r"(?:members?|residents?|public|vacanc|others|people|press|guests)"
    r"|\d{1,3} [a-z]|vacan|there (?:is|are|was|were)\b"
    r"|none\b|nil\b|n/?a\b|members? of the (?:public|press)|no apologies|"
    r"apologies|"
    r"(?:a )?quorum|the public|members of|representatives? (?:of|from)|others|tbc\b|no\.?$",
    re.IGNORECASE,
)


AND = re.compile(r"[ \n\t]{1,4}(?:and|&|&amp;)[ \n\t]{1,4}", re.IGNORECASE)


DASH = re.compile(r"[ \t]{1,8}[-–—][ \t]{0,8}|[ \t]{0,8}[–—][ \t]{1,8}")


_SUBSTITUTE = re.compile(
    r"[ \n]{1,3}(?:as )?(?P<role>(?:\(?sub(?:stitut\w{1,5}|bing)?\.? for|deputising for|"
    r"on behalf of|"
    r"representing|in place of) .{2,120})$",
    re.IGNORECASE,
)


_NOTE = re.compile(
    r"(?:arriv|left|from (?:the )?(?:\d|item|minute|agenda)|until|joined|part |"
    r"item|items|minutes? \d|by |via |remote|virtual|online|"
    r"to \d|for (?:item|part|minute)|late|am\b|pm\b|teams|zoom|apolog|present|not present|\d|"
    r"(?:on )?(?:work|holiday|leave|annual leave|maternity leave)$|"
    r"(?:ill|sick|unwell|another meeting|ill(?:ness)?)\b)",
    re.IGNORECASE,
)


_FOR = re.compile(
    r"(?:sub(?:stitut\w{1,5})?\.?(?: for)?|for|on behalf of|deputising for|replacing)\b", re.I
)


_WAS_THERE = re.compile(
    r"[ ](?:was|were) (?:also )?(?:in attendance|present)$|[ ]attended$", re.IGNORECASE
)


_UNDER_RULE = re.compile(
    r"In accordance with .{2,80}?[ ,](?=(?:Councillor|Cllr|Mrs?|Ms|Miss|Dr|The Mayor)\b)",
    re.IGNORECASE,
)


_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{3})(?=[A-Z]{2,6}[ ][A-Z])")


RETIRED = re.compile(r"\((?:retd|ret[’']d|rtd|retired)\.?\)", re.IGNORECASE)


# A title that no blank parts from the name ("MrIan", "Dr.Bell").
_GLUED_TITLE = re.compile(
    r"(?:Mrs|Mr|Ms|Miss|Dr|Prof|Cllr|Councillor|Revd|Rev|Sgt|Insp|Supt)(?:\.?(?=[A-Z][a-z])|\.(?=[A-Z]))"
)


# A heading that no blank parts from the first title ("ElectedMembersMr Ian Bell").
_GLUED_LABEL = re.compile(
    r"[A-Z][A-Za-z ]{2,50}?[a-z](?=(?:Mrs?|Ms|Miss|Dr|Cllr|Councillor|Professor)\.? [A-Z])"
)


# "Ann Bell's deputy Cal Dunn": the one who is named last is meant.
_OWNED = re.compile(r".{2,60}?(?:[’']s|s[’'])(?:[ \n]{1,3}[a-z][a-z-]{1,20}){1,4}(?:[ \n]{1,3}|$)")


# "Representing Fell Council: Cllr Bell": the body, and behind the colon who came from it.
_REPRESENTING = re.compile(
    r"(?:representing|representatives? (?:of|from))[ ](?=[^:]{2,80}:[ ])", re.I
)


_NUMBERED = re.compile(r"\(?\d{1,3}[.)][ \t]{1,8}(?=[A-Z])")


# "Ann Bell of Oak Homes", "Ann Bell for Cal Dunn".
_OF = re.compile(r"[ \n](?P<word>of|from|for)[ \n](?:the )?(?=[A-Z])")


_LEADS = ("and ", "also ", "plus ", "from ", "on behalf of ", "together with ", "including ", "by ")


@dataclass(slots=True)
class Entry:
    """One person as found, before the list is looked at as a whole."""

    start: int
    end: int
    name: str
    roles: list[str] = field(default_factory=list)
    organisation: str | None = None
    from_paren: bool = False
    closed: bool = False  # has a parenthesis of its own: nobody later lends it an organisation
    why: str = ""
    away: bool = False  # a cell of the row says so
    run_on: bool = False  # a post or a body stood behind the name without a mark
    borrowed: bool = False  # the organisation stands behind a later name


def place_paren(entry: Entry, words: str) -> None:
    """Read one parenthesis behind a name: role, organisation, substitute, initials or a remark."""
    words = _unpointed(squeeze(words).strip(" ,;'’"))
    if not words:
        entry.closed = True
        return
    if "mayor" in entry.name.lower() and is_person(words) and not is_person(entry.name):
        entry.roles.append(entry.name)
        entry.name = words
        return
    holder = words.partition(",")[0]
    if is_person(holder) and _is_post(entry.name):
        # "The Chief Executive (Mr A Bell)": the office, and who holds it.
        entry.roles.insert(0, entry.name.removeprefix("The ").removeprefix("the "))
        entry.name, entry.closed = holder, True
        return
    low = words.lower()
    if low.startswith(("as sub", "as a sub", "as the sub", "attending as sub")):
        words = words[low.index("sub") :]
        low = words.lower()
    if _FOR.match(low) and not is_organisation(words):
        role = words if low.startswith(("sub", "on ", "dep", "repl")) else f"substitute {words}"
        entry.roles.append(role)
        entry.closed = True
        return
    if _NOTE.match(low) and not has_organisation_word(words) and not has_role_word(words):
        return
    if stands_for(words, entry.name) or (
        is_initials(words) and initials_of(entry.name) == words.replace(".", "").upper()
    ):
        return
    roles, organisation = role_and_organisation(words)
    entry.roles.extend(roles)
    if organisation:
        entry.organisation, entry.from_paren = organisation, True
    entry.closed = True


def _is_post(words: str) -> bool:
    words = words.removeprefix("The ").removeprefix("the ")
    return not is_person(words) and not split_titles(words)[0] and is_role(words)


def _unpointed(words: str) -> str:
    """Without a full stop at the end, unless it belongs to an abbreviation."""
    return words if words.endswith(("Ltd.", "Co.", "Inc.", "Assoc.")) else words.rstrip(".")


def initials_of(name: str) -> str:
    _, left = split_titles(name)
    return "".join(word[0].upper() for part in left for word in part.split("-") if word)


def stands_for(letters: str, name: str) -> bool:
    """Whether ``letters`` are the initials of ``name``: "AB", "SMc", "UvH", "MO’R", "SB2"."""
    core = letters.strip(".,()").rstrip("0123456789")
    if not 2 <= len(core) <= 5 or not core[0].isupper() or bare(core) in POST_NOMINALS:
        return False
    capitals = [c for c in core if c.isupper()]
    if len(capitals) < 2 or not all(c.isalpha() or c in ".’'-" for c in core):
        return False
    _, left = split_titles(name)
    return _begin(capitals, left) or _begin(capitals, name.split())


def _begin(capitals: Sequence[str], left: Sequence[str]) -> bool:
    """The words begin with these letters; one in the middle or at the end may be left out."""
    firsts = [p[0].upper() for w in left for p in re.split(r"[-’']", w) if p]
    at = 0
    for first in firsts:
        if at < len(capitals) and capitals[at] == first:
            at += 1
        elif at == 0:
            return False
    return at == len(capitals)


_SURNAMES = listed(
    """church parish temple court park watch town shelter mind times press mission chambers
    college county school prison abbey museum herald police primary"""
)


# Of whom a side of the table is made: a heading inside the list.
_SIDES = listed(
    """organisations agencies trustees residents representatives members officers councillors
    governors partners staff"""
)


def names_nobody(entry: Entry) -> bool:
    """A body that sent nobody by name (a newspaper, an office), or letters that are no person's."""
    name = entry.name
    words = name.split()
    if bare(words[-1]) in _SIDES and len(words) > 1 and not entry.closed and not entry.roles:
        return not split_titles(name)[0]
    if is_person(name) or split_titles(name)[0]:
        return False
    if NOBODY.match(name):
        return True
    if is_acronym(name) and has_organisation_word(name):
        return True
    if len(words) < 2:
        return False
    # Two words may be a person whose surname is also that of a body ("Ann Church").
    return is_organisation(name) and not (len(words) == 2 and bare(words[1]) in _SURNAMES)


def role_and_organisation(words: str) -> tuple[list[str], str | None]:
    """``Chairman - Org``, ``Chair, Org``, ``Org, Chair``, a role alone or an organisation alone."""
    if is_office(words):
        return [], words
    for pattern in (DASH, re.compile(r",[ ]{0,3}")):
        parts = [_unpointed(p.strip()) for p in pattern.split(words) if p.strip(" .")]
        if len(parts) == 2:
            first, second = parts
            if pattern is not DASH and _goes_on_in(first, second):
                return [words], None
            if is_role(first) and is_organisation(second) and not is_role(second):
                return [first], second
            if is_role(first) and pattern is DASH and not is_role(second):
                return [first], second
            if (
                is_role(second)
                and (is_organisation(first) or pattern is DASH)
                and not is_role(first)
            ):
                return [second], first
            if _chairs(first) and not is_role(second):
                return [first], second
            if bare(first) in _HEADS and not is_role(second):
                return [first], second
    if is_role(words):
        return [words], None
    first_word, _, rest = words.partition(" ")
    if _chairs(first_word) and is_organisation(rest):
        return [first_word], rest
    return [], words


# Whoever is one is so of a whole body, not of a part of it.
_HEADS = frozenset(
    {"chief executive", "chief officer", "managing director", "principal", "trustee"}
)


def _goes_on_in(post: str, following: str) -> bool:
    """``Cabinet Member for Finance, Property & Customer Services``: the comma is in the post."""
    return is_role(post) and " for " in post and (" & " in following or " and " in following)


def _chairs(words: str) -> bool:
    return bare(words) in {
        "chair",
        "chairman",
        "chairperson",
        "vice-chair",
        "co-chair",
        "chairwoman",
    }


def is_short_name(words: str) -> bool:
    """A surname alone, or initials: enough inside a list of people."""
    words = words.strip(EDGE)
    if not words or (" " in words and not is_person(words)):
        return False
    return words[0].isupper() and words.replace("-", "").replace("’", "").replace("'", "").isalpha()


def make_entry(text: str, start: int, end: int) -> Entry | None:
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip(EDGE))
    start += lead
    raw = raw.strip(EDGE)
    if not raw:
        return None
    label = _GLUED_LABEL.match(raw)
    if label and not is_person(label.group()):
        start += label.end()
        raw = raw[label.end() :]
    represents = _REPRESENTING.match(raw)
    if represents:
        start += represents.end()
        raw = raw[represents.end() :]
    number = _NUMBERED.match(raw)
    if number:
        start += number.end()
        raw = raw[number.end() :]
    for word in (*_LEADS, *_LEADS[3:5]):
        if raw[: len(word)].lower().replace("\n", " ") == word:
            start += len(word)
            raw = raw[len(word) :]
    for word in (" and", " &"):
        raw = raw.removesuffix(word)
    owned = _OWNED.match(raw)
    if owned:
        start += owned.end()
        raw = raw[owned.end() :]
    if raw.startswith("the ") and split_titles(raw[4:])[0]:
        start += 4
        raw = raw[4:]
    roles = []
    post = post_before(raw)
    if post:
        roles.append(squeeze(raw[:post]).removeprefix("the ").removeprefix("The ").strip(EDGE))
        start += post
        raw = raw[post:]
    substitute = _SUBSTITUTE.search(" " + raw)
    if substitute:
        roles.append(squeeze(substitute["role"]).rstrip(".)"))
        raw = raw[: max(substitute.start() - 1, 0)].rstrip(EDGE)
        was = _WAS_THERE.search(raw)
        raw = raw[: was.start()] if was else raw
        under = _UNDER_RULE.match(raw)
        if under:
            start += under.end()
            raw = raw[under.end() :]
    if not raw:
        return None
    organisation, raw = _whose(raw, roles)
    name = parted_title(squeeze(unhyphened(raw)))
    closed = bool(roles) or organisation is not None
    return Entry(start, start + len(raw), name, roles, organisation, closed=closed)


def parted_title(name: str) -> str:
    """``MrIan Bell`` with the blank that was lost."""
    glued = _GLUED_TITLE.match(name)
    return f"{glued.group()} {name[glued.end() :]}" if glued else name


# Posts that stand before a name as a title does: "Clerk N Hall".
_POSTS = listed("clerk chair chairman chairperson convener secretary treasurer warden")


def post_before(raw: str) -> int:
    """Where the name begins behind a post: "the Clerk Mrs Bell", "Borough Commander Supt. Dale".

    Only a title tells where a post ends and a name begins.
    """
    if not raw.strip() or ":" in raw[:80] or DASH.search(raw[:80]):
        return 0
    if is_strong_title(raw.split(None, 1)[0]):
        return 0
    first, _, named = raw.partition(" ")
    if bare(first) in _POSTS and len(named.split()) > 1 and is_person(named):
        return len(first) + 1
    for word in list(re.finditer(r"\S+", raw[:120]))[1:6]:
        before = raw[: word.start()].strip()
        if is_strong_title(word.group()) and word.group()[0].isupper():
            front = before.removeprefix("the ").removeprefix("The ")
            whole = all(is_title(one) for one in before.split())
            post = not whole and is_role(front) and not AND.search(f" {front} ")
            post = post and bare(front.split()[-1]) not in ("for", "of", "to", "from", "as")
            return word.start() if post and is_person(raw[word.start() :]) else 0
    return 0


def _whose(raw: str, roles: list[str]) -> tuple[str | None, str]:
    """``Ann Bell of Oak Homes`` and ``Ann Bell for Cal Dunn``: what the last words say of her."""
    match = _OF.search(raw[:120])
    if match and bare(raw.split()[0]) in ("lord", "lady", "baroness", "baron", "viscount"):
        return None, raw
    if match is None or not is_person(raw[: match.start()]) or _GLUED.search(raw):
        return None, raw
    behind = squeeze(raw[match.end() :])
    if match["word"] != "for":
        return behind, raw[: match.start()]
    if not is_person(behind):
        return None, raw
    roles.append(f"substitute for {behind}")
    return None, raw[: match.start()]


def _last_colon(raw: str, stop: int) -> re.Match[str] | None:
    """The colon behind which the name begins: "Group A: Faiths: Mrs Bell"."""
    found = None
    for match in re.finditer(r":[ \t]{0,4}(?=[^\W\d_])", raw[: min(stop, 120)]):
        found = match
    return found


_CATEGORY = listed(
    """side members representatives group groups category panel observers others lay public private
    voluntary statutory independent faith faiths education maintained primary secondary special
    business community elected appointed staff parent parents pupils voting guest other local"""
)


def is_category(label: str) -> bool:
    """A label by which a list is sorted ("Group B", "Maintained primary"), and no organisation."""
    words = label.split()
    if bare(words[0]) in _CATEGORY:
        return True
    if is_organisation(label) or is_acronym(label):
        return bare(words[-1]) in _CATEGORY
    if len(words) == 1 and words[0].endswith("s"):
        return True
    named = all(w[0].isupper() or w in ("and", "of", "for", "&") for w in words)
    return not named or any(bare(w) in _CATEGORY for w in words)


def _under_label(entry: Entry, left: str, right: str, after: int) -> tuple[Entry, str | None]:
    """``Age Trust: Ann Bell``: what stands before a colon is never the person."""
    offset = entry.start + max(after, 0)
    made = Entry(offset, offset + len(right), squeeze(right), closed=True)
    label = squeeze(left).rpartition(":")[2].strip(EDGE)
    label = label[4:] if label.lower().startswith("the ") else label
    if is_role(label) and not label.endswith("s"):
        made.roles.append(label)
        return made, None
    if is_role(label.removesuffix("s")) or is_category(squeeze(left)):
        made.closed = False
        return made, None
    made.organisation = label
    return made, label


_VACANT = re.compile(r"(?:currently )?(?:vacan(?:t|cy)|no representative|none|tba|tbc)\b", re.I)


def dashed(text: str, entry: Entry) -> tuple[Entry | None, str | None]:
    """Read ``Name - post``, ``post - Name`` and ``Place - Mr A``; the second value is an
    organisation that holds for the names that follow."""
    raw = text[entry.start : entry.end]
    match = DASH.search(raw)
    colon = _last_colon(raw, match.start() if match else len(raw))
    match = colon or match
    if not match:
        return entry, None
    left, right = raw[: match.start()].strip(EDGE), raw[match.end() :].strip(EDGE)
    if not left or not right:
        return entry, None
    if _VACANT.match(right) and not is_person(left):
        return None, None
    if colon and (plural_title(f"{left} {right}") or bare(left) in ("councillor", "cllr")):
        entry.name = f"{left} {squeeze(right)}"
        return entry, None
    if colon and is_person(right):
        return _under_label(entry, left, right, match.end())
    left_person, right_person = is_person(left), is_person(right)
    strong_right = bool(split_titles(right)[0]) or plural_title(right) is not None
    if strong_right and not split_titles(left)[0]:
        # "Fell End – Mr A Beaton": a name without a title beside one that has it is a place.
        left_person, right_person = False, True
    if left_person and not (right_person and is_organisation(left)):
        entry.end = entry.start + len(raw[: match.start()].rstrip(EDGE))
        entry.name = squeeze(left)
        roles, organisation = role_and_organisation(squeeze(right))
        if not right_person or organisation is None:
            entry.roles += roles
            entry.organisation = organisation
        entry.closed = True
        return entry, None
    if right_person or (strong_right and not left_person):
        offset = raw.find(right, match.end())
        made = Entry(entry.start + offset, entry.start + offset + len(right), squeeze(right))
        made.closed = True
        label = squeeze(left)
        if label.lower().startswith("the "):
            label = label[4:]
        if is_role(label) or is_role(label.removesuffix("s")):
            if plural_title(right) is None and not label.endswith("s"):
                made.roles.append(label)
            return made, None
        if bare(label.split()[-1]) in ("side", "members", "representatives"):
            return made, None
        made.organisation = label
        return made, label
    if is_short_name(left) and (is_role(right) or is_organisation(right)):
        entry.name, entry.end = squeeze(left), entry.start + len(raw[: match.start()].rstrip(EDGE))
        roles, organisation = role_and_organisation(squeeze(right))
        entry.roles += roles
        entry.organisation, entry.closed = organisation, True
    return entry, None


# What a capital may follow within one surname ("McLean", "FitzRoy").
_JOINED = listed("""Mc Mac Nic De Du Des Fitz Le La Les Van Von Di Del Della St Ó Ap Ni Ní Mhic Mag
    Vande Vander Den Der Dos Da D’ D' O’ O' M’ Al El Ben Abd Abdul""")


def post_begins(raw: str) -> int | None:
    """Where, after two or three words of a name, a post or an organisation begins."""
    for glued in _GLUED.finditer(raw[:160]):
        name, rest = raw[: glued.start()], raw[glued.start() :]
        prefix = name.rsplit(None, 1)[-1] if name.split() else ""
        if (
            prefix.rpartition("-")[2] not in _JOINED
            and is_person(name)
            and (len(prefix) > 2 or is_role(rest) or is_organisation(rest))
        ):
            return glued.start()
    titles, _ = split_titles(raw)
    words = list(re.finditer(r"\S+", raw))
    for count in (
        len(titles) + 2,
        len(titles) + 3,
        len(titles) + 4,
        len(titles) + 1 if titles else 99,
    ):
        if count < len(words) and count <= len(titles) + 4:
            cut = words[count].start()
            name, rest = raw[:cut].strip(), raw[cut:].strip(EDGE)
            if not _may_end_name(words[count - 1].group(), words[count].group()):
                continue
            if is_person(name) and (
                is_role(rest) or is_organisation(rest) or has_organisation_word(rest)
            ):
                return cut
    return None


_PLACES = listed("st saint mount upper lower great little old new")


def name_ends(raw: str) -> int | None:
    """Where a name of the usual length ends, when there is more than a name may hold."""
    titles, left = split_titles(raw)
    words = list(re.finditer(r"\S+", raw))
    at = len(titles)
    while at < len(words) and (len(words[at].group().strip(".")) < 2 or at == len(titles)):
        at += 1
    while at < len(words) and bare(words[at].group()) in PARTICLES:
        if words[at].group()[0].isupper():
            break
        at += 1
    at += 1
    rest = raw[words[at].start() :] if at < len(words) else ""
    if not rest or not _may_end_name(words[at - 1].group(), words[at].group()):
        return None
    if bare(words[at - 1].group()) in _PLACES:
        return None
    first = words[at].group()
    more = len(words) - at > 1 or is_acronym(first.replace(".", "")) or _is_compound(first)
    return words[at - 1].end() if more and left and is_person(raw[: words[at - 1].end()]) else None


def _is_compound(word: str) -> bool:
    """``Off-trade``: no surname goes on in small letters behind its hyphen."""
    _, hyphen, tail = word.partition("-")
    return bool(hyphen) and tail[:1].islower()


def _may_end_name(last: str, following: str) -> bool:
    """A name ends neither in an initial nor in a particle, nor before its letters of honour."""
    core = last.strip(".,'’")
    if len(core) < 2 or core.lower() in PARTICLES:
        return False
    return bare(following) not in POST_NOMINALS and (
        following.lower() not in PARTICLES or following == "St"
    )
