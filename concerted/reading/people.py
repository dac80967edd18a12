"""An attendance list into people: whose parenthesis is whose, what is a post, what a body."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from concerted.reading.lines import squeeze
from concerted.reading.model import Name, Span
from concerted.reading.vocabulary import (
    PARTICLES,
    STRONG_TITLES,
    bare,
    has_organisation_word,
    has_role_word,
    is_acronym,
    is_initials,
    is_organisation,
    is_person,
    is_role,
    split_titles,
)

_EDGE = " \t\n.,;:*•·-–—'’‘\"/|\\+"
_NOBODY = re.compile(
    r"(?:\d{1,3}|one|two|three|four|five|six|several|some|no|approx\w*) .{0,40}"
    r"(?:members?|residents?|public|vacanc|others|people|press|guests)"
    r"|vacan|none\b|nil\b|n/?a\b|members? of the (?:public|press)|no apologies|there were no|"
    r"apologies|"
    r"(?:a )?quorum|the public|members of|representatives? (?:of|from)|others|tbc\b|no\.?$",
    re.IGNORECASE,
)
_AND = re.compile(r"[ \n\t]{1,4}(?:and|&|&amp;)[ \n\t]{1,4}", re.IGNORECASE)
_DASH = re.compile(r"[ \t]{1,8}[-–—][ \t]{0,8}|[ \t]{0,8}[–—][ \t]{1,8}")
_SUBSTITUTE = re.compile(
    r"[ \n]{1,3}(?:as )?(?P<role>(?:\(?sub(?:stitut\w{1,5}|bing)?\.? for|deputising for|"
    r"on behalf of|"
    r"representing|in place of) .{2,120})$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:arriv|left|from \d|until|joined|part |item|items|minutes? \d|by |via |remote|virtual|"
    r"online|"
    r"to \d|for (?:item|part|minute)|late|am\b|pm\b|teams|zoom|apolog|present|not present|\d)",
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
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


@dataclass(slots=True)
class _Entry:
    """One person as found, before the list is looked at as a whole."""

    start: int
    end: int
    name: str
    roles: list[str] = field(default_factory=list)
    organisation: str | None = None
    from_paren: bool = False
    closed: bool = False  # has a parenthesis of its own: nobody later lends it an organisation
    why: str = ""


def _paren_end(text: str, at: int, end: int) -> tuple[int, int]:
    """Where the words of the parenthesis opened at ``at`` end, and where reading goes on."""
    depth, limit = 0, min(end, at + 400)
    for i in range(at, limit):
        c = text[i]
        if c == "(":
            depth += 1
            if depth == 2 and "," in text[at:i]:
                # The first was never closed: it ends at the last comma before the next one.
                return text.rfind(",", at, i), text.rfind(",", at, i)
        elif c == ")":
            depth -= 1
            if depth <= 0:
                stop = i + 1
                while stop < end and text[stop] == ")":
                    stop += 1
                return i, stop
        elif c == ";":
            return i, i
    newline = text.find("\n", at, limit)
    stop = newline if newline > 0 else limit
    return stop, stop


def _tokens(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The run as name, paren, comma and semicolon tokens."""
    tokens: list[tuple[str, int, int]] = []
    at = begin = start

    def flush(stop: int) -> None:
        left, right = begin, stop
        while left < right and text[left] in _EDGE:
            left += 1
        while right > left and text[right - 1] in _EDGE:
            right -= 1
        if left < right:
            tokens.append(("name", left, right))

    while at < end:
        c = text[at]
        if c in "([":
            flush(at)
            if c == "[":
                stop = text.find("]", at, min(end, at + 200))
                inner, at_next = (stop, stop + 1) if stop > 0 else (at + 1, at + 1)
            else:
                inner, at_next = _paren_end(text, at, end)
            tokens.append(("paren", at + 1, max(inner, at + 1)))
            at = begin = max(at_next, at + 1)
        elif c == "." and _ends_a_person(text, at, end):
            flush(at)
            tokens.append(("comma", at, at + 1))
            at += 1
            begin = at
        elif c in ",;\n" and not (c == "\n" and _goes_on(text, at, end)):
            flush(at)
            tokens.append(("semi" if c == ";" else "row" if c == "\n" else "comma", at, at + 1))
            at += 1
            begin = at
        else:
            at += 1
    flush(end)
    return tokens


def _ends_a_person(text: str, at: int, end: int) -> bool:
    """A point between two people where a comma was meant ("Miss U Zane. Mrs A Best")."""
    if text[at + 1 : at + 2] != " ":
        return False
    before = text[max(0, at - 20) : at].split()
    after = text[at + 2 : min(end, at + 22)].split()
    if not before or not after or len(before[-1]) < 3 or bare(before[-1]) in STRONG_TITLES:
        return False
    return bare(after[0]) in STRONG_TITLES and after[0][0].isupper()


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether the row that ends at the newline ``at`` goes on in the next line."""
    before = text[max(0, at - 60) : at].rstrip()
    after = text[at : min(end, at + 80)].lstrip()
    if not after or text[at : at + 2] == "\n\n":
        return False
    if before.endswith((" and", "&", " of", " for", " the", " -", "–")):
        return True
    return after[0].islower() or after.startswith("(")


def _place_paren(entry: _Entry, words: str) -> None:
    """Read one parenthesis behind a name: role, organisation, substitute, initials or a remark."""
    words = _unpointed(squeeze(words).strip(" ,;'’"))
    if not words:
        entry.closed = True
        return
    if "mayor" in entry.name.lower() and is_person(words) and not is_person(entry.name):
        entry.roles.append(entry.name)
        entry.name = words
        return
    low = words.lower()
    if _FOR.match(low) and not is_organisation(words):
        role = words if low.startswith(("sub", "on ", "dep", "repl")) else f"substitute {words}"
        entry.roles.append(role)
        entry.closed = True
        return
    if _NOTE.match(low) and not has_organisation_word(words) and not has_role_word(words):
        return
    if is_initials(words) and _initials_of(entry.name) == words.replace(".", "").upper():
        return
    roles, organisation = _role_and_organisation(words)
    entry.roles.extend(roles)
    if organisation:
        entry.organisation, entry.from_paren = organisation, True
    entry.closed = True


def _unpointed(words: str) -> str:
    """Without a full stop at the end, unless it belongs to an abbreviation."""
    return words if words.endswith(("Ltd.", "Co.", "Inc.", "Assoc.")) else words.rstrip(".")


def _initials_of(name: str) -> str:
    _, left = split_titles(name)
    return "".join(word[0].upper() for part in left for word in part.split("-") if word)


def _role_and_organisation(words: str) -> tuple[list[str], str | None]:
    """``Chairman - Org``, ``Chair, Org``, ``Org, Chair``, a role alone or an organisation alone."""
    for pattern in (_DASH, re.compile(r",[ ]{0,3}")):
        parts = [_unpointed(p.strip()) for p in pattern.split(words) if p.strip(" .")]
        if len(parts) == 2:
            first, second = parts
            if is_role(first) and is_organisation(second) and not is_role(second):
                return [first], second
            if is_role(first) and pattern is _DASH and not is_role(second):
                return [first], second
            if (
                is_role(second)
                and (is_organisation(first) or pattern is _DASH)
                and not is_role(first)
            ):
                return [second], first
            if _chairs(first) and not is_role(second):
                return [first], second
    if is_role(words):
        return [words], None
    first_word, _, rest = words.partition(" ")
    if _chairs(first_word) and is_organisation(rest):
        return [first_word], rest
    return [], words


def _chairs(words: str) -> bool:
    return bare(words) in {
        "chair",
        "chairman",
        "chairperson",
        "vice-chair",
        "co-chair",
        "chairwoman",
    }


def _split_joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """``A and B`` into two, when both sides are people."""
    pieces, at = [], start
    for match in _AND.finditer(text, start, end):
        left, right = text[at : match.start()].strip(_EDGE), text[match.end() : end].strip(_EDGE)
        second = _AND.split(right, maxsplit=1)[0]
        if (is_person(left) or _is_short_name(left)) and (
            is_person(second)
            or _is_short_name(second)
            or second.lower().startswith("the ")
            or _NOBODY.match(second)
        ):
            pieces.append((at, match.start()))
            at = match.end()
    pieces.append((at, end))
    return pieces


def _is_short_name(words: str) -> bool:
    """A surname alone, or initials: enough inside a list of people."""
    words = words.strip(_EDGE)
    if not words or (" " in words and not is_person(words)):
        return False
    return words[0].isupper() and words.replace("-", "").replace("’", "").replace("'", "").isalpha()


def _make_entry(text: str, start: int, end: int) -> _Entry | None:
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip(_EDGE))
    start += lead
    raw = raw.strip(_EDGE)
    for word in ("and ", "also ", "plus "):
        if raw.lower().startswith(word):
            start += len(word)
            raw = raw[len(word) :]
    substitute = _SUBSTITUTE.search(" " + raw)
    roles = []
    if substitute:
        roles = [squeeze(substitute["role"]).rstrip(".)")]
        raw = raw[: max(substitute.start() - 1, 0)].rstrip(_EDGE)
        was = _WAS_THERE.search(raw)
        raw = raw[: was.start()] if was else raw
        under = _UNDER_RULE.match(raw)
        if under:
            start += under.end()
            raw = raw[under.end() :]
    if not raw:
        return None
    return _Entry(start, start + len(raw), squeeze(raw), roles, closed=bool(roles))


def _dashed(text: str, entry: _Entry) -> tuple[_Entry | None, str | None]:
    """Read ``Name - post``, ``post - Name`` and ``Place - Mr A``; the second value is an
    organisation that holds for the names that follow."""
    raw = text[entry.start : entry.end]
    match = _DASH.search(raw) or re.search(r":[ \t]{1,4}", raw[:80])
    if not match:
        return entry, None
    left, right = raw[: match.start()].strip(_EDGE), raw[match.end() :].strip(_EDGE)
    if not left or not right:
        return entry, None
    if bare(left) in ("councillor", "councillors", "cllr", "cllrs") and raw[match.start()] == ":":
        entry.name = f"{left} {squeeze(right)}"
        return entry, None
    left_person, right_person = is_person(left), is_person(right)
    strong_right = bool(split_titles(right)[0])
    if left_person and not (right_person and is_organisation(left)):
        entry.end = entry.start + len(raw[: match.start()].rstrip(_EDGE))
        entry.name = squeeze(left)
        roles, organisation = _role_and_organisation(squeeze(right))
        if not right_person or organisation is None:
            entry.roles += roles
            entry.organisation = organisation
        entry.closed = True
        return entry, None
    if right_person or (strong_right and not left_person):
        offset = raw.find(right, match.end())
        made = _Entry(entry.start + offset, entry.start + offset + len(right), squeeze(right))
        made.closed = True
        label = squeeze(left)
        if label.lower().startswith("the "):
            label = label[4:]
        if is_role(label):
            made.roles.append(label)
            return made, None
        made.organisation = label
        return made, label
    if _is_short_name(left) and (is_role(right) or is_organisation(right)):
        entry.name, entry.end = squeeze(left), entry.start + len(raw[: match.start()].rstrip(_EDGE))
        roles, organisation = _role_and_organisation(squeeze(right))
        entry.roles += roles
        entry.organisation, entry.closed = organisation, True
    return entry, None


class _Row:
    """Builds the entries of one run from its tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[_Entry] = []
        self.group_start = 0
        self.plural: str | None = None
        self.lent: str | None = None
        self.fresh = True
        self.behind_paren = False

    def end_group(self) -> None:
        self.group_start = len(self.entries)
        self.plural = self.lent = None
        self.fresh = True

    def name(self, start: int, end: int, *, alone_initials: bool) -> None:
        words = squeeze(self.text[start:end])
        if self._says_of_previous(words, start):
            return
        for left, right in _split_joined(self.text, start, end):
            self._one(left, right, alone_initials=alone_initials)

    def _says_of_previous(self, words: str, start: int) -> bool:
        """Words behind a closed parenthesis, or an organisation that was wrapped to a new row."""
        if not self.entries or is_person(words) or not words[:1].isupper() or ":" in words:
            return False
        previous = self.entries[-1]
        if self.behind_paren and " and " not in words:
            roles, organisation = _role_and_organisation(words)
            previous.roles += roles
            previous.organisation = previous.organisation or organisation
            previous.closed = True
            return True
        wrapped = (
            self.fresh
            and "\n" in self.text[previous.end : start]
            and ("\n\n" not in self.text[previous.end : start])
        )
        raw = self.text[start : start + len(words)]
        if wrapped and (
            "\t" in raw or "  " in raw or split_titles(words)[0] or _post_begins(words)
        ):
            return False
        if wrapped and is_organisation(words) and previous.organisation and not previous.from_paren:
            previous.organisation = f"{previous.organisation} {words}"
            return True
        return False

    def _one(self, start: int, end: int, *, alone_initials: bool) -> None:
        entry = _make_entry(self.text, start, end)
        if entry is None:
            return
        if entry.name.lower().startswith("the ") and not entry.roles:
            pass
        if _NOBODY.match(entry.name):
            return
        entry, lent = _dashed(self.text, entry) if entry else (None, None)
        if entry is None:
            return
        if lent:
            self.lent = lent
        entry = self._titled(entry)
        if self._belongs_to_previous(entry, alone_initials=alone_initials):
            return
        if self.lent and not entry.organisation:
            entry.organisation, entry.closed = self.lent, True
        self._initials_first(entry)
        self._trailing_post(entry)
        self.entries.append(entry)
        self.fresh = False

    def _titled(self, entry: _Entry) -> _Entry:
        """A plural title is passed on to the names it stands before."""
        first, _, rest = entry.name.partition(" ")
        low = bare(first)
        if low in ("councillors", "cllrs", "messrs", "drs", "coun’s", "couns") and rest:
            self.plural = "Councillor" if low == "councillors" else ""
            entry.start = entry.end - len(self.text[entry.start : entry.end].split(None, 1)[1])
            entry.name = f"{self.plural} {rest}".strip()
            return entry
        if self.plural is not None:
            if bare(first) in STRONG_TITLES:
                self.plural = None
            elif (
                self.plural
                and (is_person(f"{self.plural} {entry.name}"))
                and not is_role(entry.name)
            ):
                entry.name = f"{self.plural} {entry.name}"
        return entry

    def _belongs_to_previous(self, entry: _Entry, *, alone_initials: bool) -> bool:
        """A part between commas that is no person says something about the one before."""
        words = entry.name
        if self.fresh or not self.entries or entry.roles or entry.organisation:
            return False
        if is_person(words) or (alone_initials and is_initials(words)):
            return False
        previous = self.entries[-1]
        if bare(words) in ("obe", "mbe", "cbe", "jp", "qpm", "td", "mp", "mla", "am", "bem"):
            return True
        if is_role(words):
            if previous.roles and has_role_word(previous.roles[-1]) and previous.closed:
                return False
            previous.roles.append(words)
            previous.closed = True
            return True
        if is_organisation(words) and (not previous.organisation or not previous.from_paren):
            previous.organisation = (
                f"{previous.organisation}, {words}" if previous.organisation else words
            )
            previous.closed = True
            return True
        return False

    def _initials_first(self, entry: _Entry) -> None:
        """Initials set before the name they stand for go."""
        first, _, rest = entry.name.partition(" ")
        if is_initials(first) and rest and is_person(rest):
            initials = first.replace(".", "").upper()
            if _initials_of(rest)[:1] == initials[:1]:
                entry.name = rest
                entry.start = entry.end - len(self.text[entry.start : entry.end].split(None, 1)[1])

    def _trailing_post(self, entry: _Entry) -> None:
        """``Jane Doe Chief Executive``, ``Jane DoeHousing Officer``: name and post run together."""
        raw = self.text[entry.start : entry.end]
        if len(raw) > 160 or "\n" in raw:
            return
        spaced = re.search(r"[ ]{2,}|\t", raw)
        cut = None
        if spaced and is_person(raw[: spaced.start()]) and not is_person(raw[spaced.end() :]):
            cut = spaced.start()
        elif is_person(entry.name):
            return
        else:
            cut = _post_begins(raw)
        if cut is None:
            return
        rest = squeeze(raw[cut:]).strip(_EDGE)
        entry.name = squeeze(raw[:cut]).strip(_EDGE)
        entry.end = entry.start + len(raw[:cut].rstrip(_EDGE))
        roles, organisation = _role_and_organisation(rest)
        entry.roles += roles
        entry.organisation = entry.organisation or organisation
        entry.closed = True

    def paren(self, start: int, end: int) -> None:
        if not self.entries or (self.fresh and self.group_start == len(self.entries)):
            return
        before = self.entries[-1].organisation
        entry = self.entries[-1]
        _place_paren(entry, self.text[start:end])
        if entry.from_paren and before and before != entry.organisation:
            entry.organisation = entry.organisation or before
        if entry.from_paren:
            self._lend(entry)
            entry.from_paren = entry.from_paren and True

    def _lend(self, owner: _Entry) -> None:
        """One parenthesis for all the names before it that have none of their own."""
        for entry in reversed(self.entries[self.group_start : -1]):
            if entry.closed or entry.organisation:
                break
            entry.organisation = owner.organisation


def _post_begins(raw: str) -> int | None:
    """Where, after two or three words of a name, a post or an organisation begins."""
    glued = _GLUED.search(raw)
    if glued:
        name, rest = raw[: glued.start()], raw[glued.start() :]
        prefix = name.rsplit(None, 1)[-1] if name.split() else ""
        if (
            prefix not in ("Mc", "Mac", "De", "Fitz", "Le", "La", "Van", "Di")
            and is_person(name)
            and (is_role(rest) or is_organisation(rest))
        ):
            return glued.start()
    titles, _ = split_titles(raw)
    words = list(re.finditer(r"\S+", raw))
    for count in (len(titles) + 2, len(titles) + 1 if titles else 99):
        if count < len(words) and count <= len(titles) + 3:
            cut = words[count].start()
            name, rest = raw[:cut].strip(), raw[cut:].strip(_EDGE)
            if is_person(name) and (
                is_role(rest) or is_organisation(rest) or has_organisation_word(rest)
            ):
                return cut
    return None


def read_people(
    text: str, start: int, end: int, section: str, role: str | None = None
) -> list[Name]:
    """The people in ``text[start:end]``; ``role`` is what the label said of the first.

    Rows end at newlines unless they plainly go on; inside a row commas and semicolons part people.
    Nothing is raised: a run in which nobody can be told apart gives an empty list.
    """
    tokens = _tokens(text, start, end)
    names = [text[s:e] for kind, s, e in tokens if kind == "name"]
    initials = sum(is_initials(n) for n in names)
    alone_initials = initials > 1 and initials * 2 > len(names)
    row = _Row(text)
    previous = ""
    for kind, left, right in tokens:
        row.behind_paren = previous == "paren"
        if kind == "name":
            row.name(left, right, alone_initials=alone_initials)
        elif kind == "paren":
            row.paren(left, right)
        elif kind in ("semi", "row") and not (kind == "row" and previous == "comma"):
            row.end_group()
        previous = kind
    return _finish(row.entries, section, role)


def _finish(entries: list[_Entry], section: str, role: str | None) -> list[Name]:
    made: list[Name] = []
    for entry in entries:
        if not any(c.isalpha() for c in entry.name) or len(entry.name) > 120:
            continue
        if entry.name[0].islower() and bare(entry.name.split()[0]) not in PARTICLES:
            continue
        sure = is_person(entry.name) or is_initials(entry.name)
        why = entry.why or ("" if sure else "This may not be a person’s name.")
        made.append(
            Name(
                entry.name,
                entry.organisation,
                ", ".join(entry.roles) or None,
                section,
                Span(entry.start, entry.end),
                sure and not why,
                why,
            )
        )
    if role and made and made[0].role is None:
        made[0] = replace(made[0], role=role)
    return made


def looks_like_people(text: str) -> bool:
    """Whether a line is a list of people rather than a sentence or a heading."""
    return _reads_as_people(text[:400])


@lru_cache(maxsize=8192)
def _reads_as_people(sample: str) -> bool:
    if is_acronym(sample.strip()):
        return False
    found = read_people(sample, 0, len(sample), "present")
    return bool(found) and sum(is_person(one.name) for one in found) * 3 >= len(found) * 2
