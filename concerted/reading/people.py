"""An attendance list into people: whose parenthesis is whose, what is a post, what a body."""

import re
from dataclasses import replace
from functools import lru_cache

from concerted.reading.cells import rows_of_cells, tell
from concerted.reading.entries import (
    AND,
    DASH,
    EDGE,
    NOBODY,
    RETIRED,
    Entry,
    dashed,
    initials_of,
    is_short_name,
    make_entry,
    name_ends,
    names_nobody,
    parted_title,
    place_paren,
    post_before,
    post_begins,
    role_and_organisation,
    stands_for,
)
from concerted.reading.initials import without_initials
from concerted.reading.lending import may_share
from concerted.reading.lines import plain, squeeze
from concerted.reading.model import Name, Span
from concerted.reading.plurals import plural_title, with_title
from concerted.reading.run_pairs import parted_pairs
from concerted.reading.stacked import side_by_side
from concerted.reading.vocabulary import (
    PARTICLES,
    POST_NOMINALS,
    bare,
    has_organisation_word,
    has_role_word,
    is_acronym,
    is_initials,
    is_organisation,
    is_person,
    is_role,
    is_strong_title,
    is_title,
    listed,
    split_titles,
)
from concerted.reading.wraps import goes_on, page_width, unbroken, unhyphened


def _paren_end(text: str, at: int, end: int) -> tuple[int, int]:
    """Where the words of the parenthesis opened at ``at`` end, and where reading goes on."""
    depth, limit = 0, min(end, at + 400)
    for i in range(at, limit):
        c = text[i]
        if c == "(":
            depth += 1
            if depth == 2 and "," in text[at:i] and _named_last(text[at + 1 : i]):
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
            stop = _unclosed_end(text, at, i)
            return stop, stop
    newline = text.find("\n", at, limit)
    stop = _unclosed_end(text, at, newline if newline > 0 else limit)
    return stop, stop


def _named_last(words: str) -> bool:
    """The words behind the last comma are a person: the parenthesis before was never closed."""
    last = words.rpartition(",")[2].strip(EDGE)
    return is_person(last) and any(len(bare(word)) > 1 and "." not in word for word in last.split())


def _unclosed_end(text: str, at: int, stop: int) -> int:
    """A parenthesis nobody closed ends before the next person: ``(Oak Homes, Ann Bell, ...``."""
    comma = text.find(",", at, stop)
    while comma > 0:
        following = text[comma + 1 : stop].partition(",")[0]
        if any(is_person(part.strip(EDGE)) for part in DASH.split(following)[:2]):
            return comma
        comma = text.find(",", comma + 1, stop)
    return stop


def _tokens(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The run as name, paren, comma and semicolon tokens."""
    tokens: list[tuple[str, int, int]] = []
    at = begin = start

    def flush(stop: int) -> None:
        left, right = begin, stop
        while left < right and text[left] in EDGE:
            left += 1
        while right > left and text[right - 1] in EDGE:
            right -= 1
        if left < right:
            tokens.append(("name", left, right))

    while at < end:
        c = text[at]
        if c in "([":
            if RETIRED.match(text, at):
                at = text.index(")", at) + 1
                continue
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
        elif c in ",;\n" and not (c == "\n" and goes_on(text, at, end)):
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
    if not before or not after or len(before[-1]) < 3 or is_title(before[-1]):
        return False
    if after[0] in ("There", "Also") or (after[0].isdigit() and len(before) > 1):
        return True
    titled = any(is_strong_title(word) for word in after[:2]) and is_title(after[0])
    return titled and after[0][0].isupper()


# What may stand before the first of several names: "Fell Council: ", "Glenmoor – ".
_LABELLED = re.compile(r"^[^:–]{2,60}(?::|[ ][-–—])[ ]{1,4}")


def _split_joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """``A and B`` into two, when both sides are people."""
    pieces, at = [], start
    for match in AND.finditer(text, start, end):
        if match.start() - at > 150:
            continue
        left = _LABELLED.sub("", text[at : match.start()].strip(EDGE))
        right = text[match.end() : min(end, match.end() + 150)].strip(EDGE)
        second = DASH.split(AND.split(right, maxsplit=1)[0], maxsplit=1)[0].strip(EDGE)
        if _parts_two(left, second) and not _is_place_of_two(left, right):
            pieces.append((at, match.start()))
            at = match.end()
    pieces.append((at, end))
    return pieces


def _is_place_of_two(left: str, right: str) -> bool:
    """``Fell and Oakham - Dr A Bell``: single words, and a titled name behind the dash."""
    parts = DASH.split(right, maxsplit=1)
    if len(left.split()) > 1 or len(parts) < 2 or len(parts[0].split()) > 1:
        return False
    return bool(split_titles(parts[1].strip())[0])


_COLUMN = re.compile(r"[ ]{2,40}|[ ]?\t[ \t]{0,40}")


def _parts_two(left: str, second: str) -> bool:
    """Whether an "and" between the words parts two people."""
    low = second.lower()
    if is_role(left):
        return is_person(second) or low.startswith("from ")
    if not is_person(left) and not is_short_name(left) and not post_before(left):
        return False
    return (
        is_person(second)
        or is_short_name(second)
        or low.startswith(("the ", "from ", "by ", "on behalf of "))
        or bool(split_titles(second)[0])
        or NOBODY.match(second) is not None
    )


def _split_columns(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Two people on one row, parted by a wide gap."""
    made, at = [], start
    for match in _COLUMN.finditer(text, start, end):
        following = _COLUMN.split(text[match.end() : min(end, match.end() + 90)], maxsplit=1)[0]
        if match.start() - at < 90 and is_person(text[at : match.start()]) and is_person(following):
            made.append((at, match.start()))
            at = match.end()
    return [*made, (at, end)]


_NO_PUBLIC = re.compile(r"\bmembers? of the (?:public|press)\b", re.IGNORECASE)


# "Councillors A and B and from Ann Bell": what was shared before is not hers.
_ANEW = ("from ", "by ", "on behalf of ", "and from ", "and by ", "and on behalf of ")


# Posts of which a body has one.
_OF_ONE = listed("clerk secretary treasurer chair chairman chairperson mayor provost warden")
_HOLDER = re.compile(r"[ ]?\((?P<holder>[A-Z][^(),;\n]{2,50})\)")


class _Row:
    """Builds the entries of one run from its tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.group_start = 0
        self.plural: str | None = None
        self.lent: str | None = None
        self.fresh = True
        self.void = False  # the last words named nobody, so what stands behind them is of nobody
        self.behind_paren = False
        self.pairs = False
        self.alternate = False
        self.rows = False  # one person to a line
        self.glued = False  # each with a post or a body glued to the name
        self.cut = 0  # how many names had a post or a body run on to them
        self.lettered = 0  # how many parentheses held the initials of their names
        self.office: str | None = None  # "The Mayor," before the name of who holds it

    def end_group(self, *, lending: bool = False) -> None:
        if not lending:
            self.group_start = len(self.entries)
        self.plural = self.lent = None
        self.fresh = True

    def name(self, start: int, end: int, *, alone_initials: bool) -> None:
        words = squeeze(self.text[start:end])
        if self._says_of_previous(words, start):
            return
        for left, right in _split_columns(self.text, start, end):
            self._joined(left, right, alone_initials=alone_initials)

    def _joined(self, start: int, end: int, *, alone_initials: bool) -> None:
        pieces = _split_joined(self.text, start, end)
        for left, right in pieces:
            self._one(left, right, alone_initials=alone_initials)
        if len(pieces) > 1:
            # "A, B and C": with the "and" the names that share a title are at their end.
            self.plural = None

    def _says_of_previous(self, words: str, start: int) -> bool:
        """Words behind a closed parenthesis, or an organisation that was wrapped to a new row."""
        if not self.entries or is_person(words) or not words[:1].isupper() or ":" in words:
            return False
        previous = self.entries[-1]
        if stands_for(words, previous.name):
            return True
        if DASH.search(words):
            return False
        if self.alternate and self.fresh and (is_organisation(words) or is_role(words)):
            roles, organisation = role_and_organisation(words)
            previous.roles += roles
            previous.organisation = previous.organisation or organisation
            previous.closed = True
            return True
        if self.behind_paren and not is_person(AND.split(words, maxsplit=1)[0].strip(EDGE)):
            roles, organisation = role_and_organisation(words)
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
        if wrapped and ("\t" in raw or "  " in raw or split_titles(words)[0] or post_begins(words)):
            return False
        if wrapped and is_organisation(words) and previous.organisation and not previous.from_paren:
            previous.organisation = f"{previous.organisation} {words}"
            return True
        return False

    def _one(self, start: int, end: int, *, alone_initials: bool) -> None:
        if self.text[start:end].lstrip(EDGE).lower().startswith(_ANEW):
            self.plural = None
        entry = make_entry(self.text, start, end)
        if entry is None:
            return
        named = is_person(entry.name.rpartition(":")[2]) if ":" in entry.name else False
        self.void = not named and bool(NOBODY.match(entry.name) or _NO_PUBLIC.search(entry.name))
        if self.void:
            return
        entry, lent = dashed(self.text, entry) if entry else (None, None)
        if entry is None:
            return
        if lent:
            self.lent = lent
        entry = self._titled(entry)
        if self.fresh and not entry.roles and self._is_office(entry):
            return
        if self._is_held(entry):
            return
        if self._belongs_to_previous(entry, alone_initials=alone_initials):
            return
        if self.lent and not entry.organisation:
            entry.organisation, entry.closed = self.lent, True
        self._initials_aside(entry)
        self._trailing_post(entry)
        if self.office:
            entry.roles.insert(0, self.office)
            self.office = None
        self.entries.append(entry)
        self.fresh = False

    def _is_office(self, entry: Entry) -> bool:
        """``The Mayor, Councillor A Bell``: an office, and behind it who holds it."""
        words = entry.name.removeprefix("The ").removeprefix("the ")
        if not is_role(words) or len(words.split()) > 4 or split_titles(words)[0]:
            return False
        raw = self.text[entry.start : entry.end]
        if len(words.split()) > 2 and is_person(" ".join(words.split()[-2:])):
            return False
        if post_begins(raw) or self.text[entry.end : entry.end + 3].lstrip().startswith("("):
            return False
        self.office = words
        return True

    def _is_held(self, entry: Entry) -> bool:
        """``the Clerk (Mrs A Bell)``: a post, and in parentheses who holds it."""
        words = entry.name.removeprefix("The ").removeprefix("the ")
        opened = _HOLDER.match(self.text, entry.end)
        if opened is None or entry.roles or entry.organisation:
            return False
        holder = squeeze(opened["holder"])
        if not is_role(words) or split_titles(words)[0] or not is_person(holder):
            return False
        told = has_organisation_word(holder) or has_role_word(holder)
        the_one = words != entry.name or bare(words.split()[-1]) in _OF_ONE
        if not split_titles(holder)[0] and (told or not the_one):
            return False
        self.office = words
        return True

    def _titled(self, entry: Entry) -> Entry:
        """A plural title is passed on to the names it stands before."""
        plural = plural_title(entry.name)
        if plural is not None:
            self.plural, length = plural
            name = entry.name[length:].strip(EDGE)
            if name and any(c.isalpha() for c in name):
                raw = self.text[entry.start : entry.end]
                entry.start += max(raw.find(name.split()[0]), 0)
                entry.name = name
        if self.plural is not None:
            named = with_title(self.plural, entry.name, first_named=plural is not None)
            if named is None:
                self.plural = None
            elif not is_role(entry.name):
                entry.name = named
        return entry

    def _belongs_to_previous(self, entry: Entry, *, alone_initials: bool) -> bool:
        """A part between commas that is no person says something about the one before."""
        words = entry.name
        if self.fresh or not self.entries or entry.roles or entry.organisation:
            return False
        previous = self.entries[-1]
        alone = len(self.entries) - self.group_start == 1
        if (
            self.pairs
            and alone
            and not previous.organisation
            and not previous.roles
            and not is_role(words)
            and not split_titles(words)[0]
        ):
            previous.organisation, previous.closed = words, True
            return True
        if previous.run_on and previous.roles and self._ends_row(entry, previous):
            previous.organisation = words
            return True
        if self.glued and previous.run_on:
            _tell_more(previous, words)
            return True
        if not alone_initials and bare(words).replace(".", "") in POST_NOMINALS:
            previous.name, previous.end = f"{previous.name}, {words}", entry.end
            return True
        if is_person(words) or (alone_initials and is_initials(words)):
            return False
        if is_strong_title(words.split()[0]) and len(words.split()) > 2:
            return False
        if self.cut > 1 and post_begins(words):
            return False
        if is_role(words):
            if previous.roles and has_role_word(previous.roles[-1]) and previous.closed:
                return False
            previous.roles.append(words)
            previous.closed = True
            return True
        if words.lower().startswith("the ") and is_organisation(words):
            # A newspaper among the people: nobody's name, and nobody's body.
            self.void = True
            return True
        if is_organisation(words) and (not previous.organisation or not previous.from_paren):
            previous.organisation = (
                f"{previous.organisation}, {words}" if previous.organisation else words
            )
            previous.closed = True
            return True
        return False

    def _ends_row(self, entry: Entry, previous: Entry) -> bool:
        """``Ann BellPlanner, Oak Architects`` on a row of its own: the last words are the body."""
        if previous.organisation or split_titles(entry.name)[0] or not self.rows:
            return False
        return self.text[entry.end : entry.end + 3].strip(" ")[:1] in ("", "\n")

    def _initials_aside(self, entry: Entry) -> None:
        """Initials set before or behind the name they stand for go."""
        first, _, rest = entry.name.partition(" ")
        if rest and is_person(rest) and stands_for(first, rest):
            entry.name = rest
            entry.start = entry.end - len(self.text[entry.start : entry.end].split(None, 1)[1])
            return
        front, _, last = entry.name.rpartition(" ")
        if front and is_person(front) and stands_for(last, front):
            entry.name = front
            entry.end = entry.start + len(self.text[entry.start : entry.end].rsplit(None, 1)[0])

    def _trailing_post(self, entry: Entry) -> None:
        """``Jane Doe Chief Executive``, ``Jane DoeHousing Officer``: name and post run together."""
        raw = self.text[entry.start : entry.end]
        if len(raw) > 160 or "\n" in raw:
            return
        spaced = re.search(r"[ ]{2,}|\t", raw)
        cut = None
        if spaced and is_person(raw[: spaced.start()]) and not is_person(raw[spaced.end() :]):
            cut = spaced.start()
        else:
            cut = post_begins(raw)
            if is_person(entry.name) and not (cut and raw[cut - 1].isalpha()):
                return
        if cut is None:
            return
        rest = squeeze(raw[cut:]).strip(EDGE)
        entry.name = parted_title(squeeze(raw[:cut]).strip(EDGE))
        entry.end = entry.start + len(raw[:cut].rstrip(EDGE))
        roles, organisation = role_and_organisation(rest)
        entry.roles += roles
        entry.organisation = entry.organisation or organisation
        entry.closed = entry.run_on = True
        self.cut += 1

    def paren(self, start: int, end: int) -> None:
        if self.office and is_person(squeeze(self.text[start:end])):
            self._one(start, end, alone_initials=False)
            self.entries[-1].closed = True
            return
        if self.void or not self.entries:
            return
        if self.fresh and self.group_start == len(self.entries):
            return
        before = self.entries[-1].organisation
        entry = self.entries[-1]
        self.lettered += stands_for(self.text[start:end], entry.name)
        place_paren(entry, unhyphened(self.text[start:end]))
        if entry.from_paren and entry.run_on and before and before != entry.organisation:
            # "Ann Bell Moss Hospital (Burns Unit)": which part of the body.
            entry.organisation = f"{before} ({entry.organisation})"
        if entry.from_paren:
            self._lend(entry)

    def _lend(self, owner: Entry) -> None:
        """One parenthesis for all the names before it that have none of their own."""
        for entry in reversed(self.entries[self.group_start : -1]):
            if entry.closed or entry.organisation:
                break
            if may_share(entry.name, owner.name, owner.organisation or ""):
                entry.organisation, entry.borrowed = owner.organisation, True


def read_people(
    text: str, start: int, end: int, section: str, role: str | None = None, *, lend: bool = True
) -> list[Name]:
    """The people in ``text[start:end]``; ``role`` is what the label said of the first.

    With ``lend`` one parenthesis is for all the names before it that have none.

    Rows end at newlines unless they plainly go on; inside a row cells, commas and semicolons part
    people. Nothing is raised: a run in which nobody can be told apart gives an empty list.
    """
    run = parted_pairs(side_by_side(with_sides(plain(text[start:end]))))
    entries = _entries(without_initials(unbroken(run, page_width(text, start, end))))
    for entry in entries:
        entry.start, entry.end = entry.start + start, entry.end + start
        if entry.borrowed and not lend:
            entry.organisation = None
    return _finish(entries, section, role)


_SIDE = re.compile(r":[ \t]{0,8}\n[ \t]{0,8}(?=\S)")


def with_sides(run: str) -> str:
    """``Representing Fell Council:`` over its people, as one row; of the same length."""
    return _SIDE.sub(lambda match: match.group().replace("\n", " "), run) if ":" in run else run


def _entries(run: str) -> list[Entry]:
    """Rows of cells are read cell by cell, the rows between them as they flow."""
    entries: list[Entry] = []
    for start, end, row in rows_of_cells(run):
        if row is None:
            entries += _flowing(run, start, end)
            continue
        people = [_flowing(run, cell.start, cell.end) for cell in row.people]
        if len(people) == 1 and len(people[0]) == 1:
            tell(people[0][0], [run[cell.start : cell.end] for cell in row.told])
        entries += [entry for found in people for entry in found]
    return entries


def _flowing(text: str, start: int, end: int) -> list[Entry]:
    tokens = _tokens(text, start, end)
    names = [text[s:e] for kind, s, e in tokens if kind == "name"]
    initials = sum(is_initials(n) for n in names)
    alone_initials = initials > 1 and initials * 2 > len(names)
    row = _Row(text)
    row.pairs = _in_pairs(text, tokens)
    if "\n" in text[start:end]:
        row.pairs = row.pairs or _one_to_a_row(text, start, end, tokens)
        row.pairs = row.pairs or _rows_tell(text, start, end)
        row.alternate = _alternates(text, start, end)
        row.rows = True
        row.glued = _are_glued(text, start, end)
    single = _only_semicolons(tokens)
    previous = ""
    for kind, left, right in tokens:
        if kind == "semi" and row.glued and row.entries and row.entries[-1].run_on:
            continue
        row.behind_paren = previous == "paren"
        if kind == "name":
            row.name(left, right, alone_initials=alone_initials)
        elif kind == "paren":
            row.paren(left, right)
        elif kind in ("semi", "row") and not (kind == "row" and previous == "comma"):
            plural = row.plural
            row.end_group(lending=kind == "semi" and single)
            if kind == "row" and text[right : right + 2] in ("  ", "\t"):
                # A row set in under "Councillors Ann Bell" has the title of the row above.
                row.plural = plural
        previous = kind
    if "\n" in text[start:end]:
        _cut_as_the_others(text, row.entries)
    if row.lettered > 1:
        _without_middle_letters(row.entries)
    return row.entries


def _are_glued(text: str, start: int, end: int) -> bool:
    """Rows "Ann BellHead of Housing; Oak Council": no blank parts the name from the rest."""
    rows = [row.strip() for row in text[start:end][:6000].split("\n") if row.strip()]
    cuts = [(row, post_begins(_FIRST_PART.split(row, maxsplit=1)[0])) for row in rows]
    glued = sum(cut is not None and row[cut - 1].isalpha() for row, cut in cuts)
    return glued > 1 and glued * 3 >= len(rows) * 2


_FIRST_PART = re.compile("[,;]")


def _tell_more(entry: Entry, words: str) -> None:
    """One more thing that is told of a person: a post, or the body."""
    if is_role(words) and not entry.organisation:
        entry.roles.append(words)
    else:
        entry.organisation = f"{entry.organisation}, {words}" if entry.organisation else words


def _without_middle_letters(entries: list[Entry]) -> None:
    """``Ann Bell (ARB)`` in a list of initials: the letters of a name that is not said in full."""
    for entry in entries:
        letters = entry.organisation or ""
        if not entry.from_paren or not is_initials(letters):
            continue
        own = initials_of(entry.name)
        if own and (letters[0], letters[-1]) == (own[0], own[-1]):
            entry.organisation, entry.from_paren = None, False


def _cut_as_the_others(text: str, entries: list[Entry]) -> None:
    """Where most rows are a name with a body run on to it, a name too long is that as well."""
    cut = sum(entry.run_on for entry in entries)
    if len(entries) < 3 or cut < 2 or cut * 3 < len(entries):
        return
    for entry in entries:
        if entry.run_on or entry.roles or entry.organisation:
            continue
        at = name_ends(text[entry.start : entry.end])
        if at is None:
            continue
        rest = squeeze(text[entry.start + at : entry.end]).strip(EDGE)
        entry.name = squeeze(text[entry.start : entry.start + at]).strip(EDGE)
        entry.end = entry.start + at
        entry.roles, entry.organisation = role_and_organisation(rest)


def _alternates(text: str, start: int, end: int) -> bool:
    """Name and body stand in lines by turns: a person, then a post or an organisation."""
    rows = [row.strip() for row in text[start:end][:4000].split("\n") if row.strip()]
    if len(rows) < 4 or any(";" in row for row in rows) or any("," in row for row in rows[::2]):
        return False
    told = sum(_is_told_of(row) for row in rows[1::2])
    named = [row.partition("(")[0] for row in rows[::2]]
    return told * 4 >= len(rows[1::2]) * 3 and all(
        is_person(row) or NOBODY.match(row) for row in named
    )


def _is_told_of(row: str) -> bool:
    """A post, a body, or a post and a body: ``Finance Officer, Fell Council``."""
    first, _, second = row.partition(",")
    if is_role(first) and not is_person(second.strip()):
        return True
    return is_organisation(row) and not split_titles(row)[0]


def _only_semicolons(tokens: list[tuple[str, int, int]]) -> bool:
    """Semicolons stand where commas would: a parenthesis at the end is for all of them."""
    kinds = [kind for kind, _, _ in tokens]
    return kinds.count("semi") > 1 and "comma" not in kinds and kinds.count("paren") == 1


def _in_pairs(text: str, tokens: list[tuple[str, int, int]]) -> bool:
    """Semicolons part entries "name, organisation": most second parts plainly are none's name."""
    pairs = told = titled = plainly = 0
    group: list[tuple[str, int, int]] = []
    for token in [*tokens, ("semi", 0, 0)]:
        if token[0] not in ("semi", "row"):
            group.append(token)
            continue
        if [kind for kind, _, _ in group] == ["name", "comma", "name"]:
            first, second = (text[one[1] : one[2]] for one in (group[0], group[2]))
            pairs += 1
            titled += bool(split_titles(first)[0]) and not AND.search(second)
            plainly += is_organisation(second) or is_role(second)
            alone = is_person(first) and not is_person(second) and " " in first
            told += is_organisation(second) or is_role(second) or alone
        group = []
    semicolons = any(kind == "semi" for kind, _, _ in tokens)
    return (
        semicolons
        and told * 2 >= pairs
        and (told >= 2 or (titled == pairs and max(told, plainly) > 0))
    )


def _rows_tell(text: str, start: int, end: int) -> bool:
    """Rows "name, post or body", one person each: most say so, so the others do as well."""
    rows = [_PARENS.sub("", row).strip() for row in text[start:end][:6000].split("\n")]
    pairs = [row.split(",", 1) for row in rows if row.count(",") == 1 and ";" not in row]
    if len(pairs) < 2 or not all(is_person(first.strip(EDGE)) for first, _ in pairs):
        return False
    if any(split_titles(second.strip())[0] or AND.search(first) for first, second in pairs):
        return False
    told = sum(_is_told_of(second.strip(EDGE)) for _, second in pairs)
    titled = all(split_titles(first.strip(EDGE))[0] for first, _ in pairs)
    return told * 3 >= len(pairs) * 2 or (titled and told * 2 >= len(pairs))


_PARENS = re.compile(r"\([^()]{0,300}\)")
_BULLETS = ("-", "–", "•", "·", "*", "§", "▪", "●")


def _one_to_a_row(text: str, start: int, end: int, tokens: list[tuple[str, int, int]]) -> bool:
    """Bulleted rows hold one person each, so words behind a comma tell of that one."""
    rows = [row.strip() for row in text[start:end].split("\n") if row.strip()]
    kinds = [kind for kind, _, _ in tokens]
    return (
        len(rows) > 1
        and sum(row.startswith(_BULLETS) for row in rows) * 2 > len(rows)
        and kinds.count("comma") <= 2 * len(rows)
        and not any(AND.search(row) for row in rows)
    )


def _finish(entries: list[Entry], section: str, role: str | None) -> list[Name]:
    made: list[Name] = []
    named = sum(is_person(entry.name) for entry in entries)
    for entry in entries:
        if is_acronym(entry.name) and named * 2 > len(entries) and not entry.closed:
            continue
        if not any(c.isalpha() for c in entry.name) or len(entry.name) > 120:
            continue
        if names_nobody(entry):
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
                "apologies" if entry.away and section != "late" else section,
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


def _is_surname(name: str) -> bool:
    """One name behind a plural title ("Cllrs Bell and Dunn")."""
    return is_person(name) or is_short_name(name)


@lru_cache(maxsize=8192)
def _reads_as_people(sample: str) -> bool:
    if is_acronym(sample.strip()):
        return False
    found = read_people(sample, 0, len(sample), "present")
    if plural_title(sample) and found and all(_is_surname(one.name) for one in found):
        return True
    return bool(found) and sum(is_person(one.name) for one in found) * 3 >= len(found) * 2
