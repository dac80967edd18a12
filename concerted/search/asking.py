"""What somebody typed into the search box, as words and filters. It never raises.

Words are all wanted, "in quotes" in a row, -without, and one OR another. Filters are a name, a
colon and a value: `body:"Area board" kind:minutes is:open decision:agreed before:2026-06-01`.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from concerted.ui.fields import DateInTextField

LONGEST = 400  # letters; what is typed after them is not looked at
MOST_WORDS = 20
NAMES = ("body", "kind", "is", "decision", "before", "after")
# The same letters as in migrations/words.sql: each is a space between words.
_RANGES = (
    *((0x00, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0xA9), (0xAB, 0xB1), (0xB4, 0xB4)),
    *((0xB6, 0xB8), (0xBB, 0xBB), (0xBF, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x2000, 0x206F)),
    *((0x20A4, 0x20A4), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2212), (0x2215, 0x2215)),
    *((0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
MARKS = "".join(chr(one) for first, last in _RANGES for one in range(first, last + 1))
_SPACES = str.maketrans(MARKS, " " * len(MARKS))
# Words that hold a sentence together: typed outside of quotes they are not looked for.
SMALL = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "did", "do", "does"),
        *("for", "from", "had", "has", "have", "how", "i", "in", "into", "is", "it", "its", "of"),
        *("on", "or", "our", "so", "that", "the", "their", "them", "there", "these", "they"),
        *("this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "why"),
        *("will", "with", "would", "you", "your"),
    }
)
_QUOTES = str.maketrans("“”„«»", '"""""')
_TOKEN = re.compile(r'(-?)(?:([A-Za-z]+):(?=\S))?(?:"([^"]*)"?|(\S+))')
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, of which each follows the one before."""

    words: tuple[str, ...]
    quoted: bool = False

    def __str__(self) -> str:
        said = " ".join(self.words)
        return f'"{said}"' if self.quoted else said


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: every one of `wanted` (any of its terms), none of `without`.

    Each filter holds the values as they were typed, lower case; `faults` are sentences.
    """

    wanted: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    body: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    decision: tuple[str, ...] = ()
    before: datetime.date | None = None
    after: datetime.date | None = None
    typed: str = ""
    faults: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for: no word and no filter."""
        return not (self.wanted or self.without or self.filtered)

    @property
    def filtered(self) -> bool:
        return bool(
            self.body or self.kind or self.stands or self.decision or self.before or self.after
        )


def plain(text: str) -> str:
    """The text with a space in place of each mark, letter for letter."""
    return text.translate(_SPACES)


@dataclass
class _Reading:
    wanted: list[list[Term]] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in NAMES})
    days: dict[str, datetime.date] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    either: bool = False
    count: int = 0


def read(text: str) -> Asked:
    """Understand what was typed; what makes no sense is said in `faults` and left out."""
    found = _Reading()
    clean = text.encode("utf-8", "ignore").decode().replace("\0", " ").translate(_QUOTES)
    if len(clean) > LONGEST:
        found.faults.append(f"Only the first {LONGEST} letters were looked at. Ask for less.")
    for minus, name, quoted, bare in _TOKEN.findall(clean[:LONGEST]):
        if name:
            _filter(found, minus, name.lower(), quoted or bare)
        elif bare == "OR" and not minus:
            found.either = bool(found.wanted)
            found.typed.append("OR")
        else:
            _words(found, minus, quoted or bare, quoted=bool(quoted))
    return Asked(
        wanted=_without_small(found.wanted),
        without=tuple(found.without),
        body=tuple(found.values["body"]),
        kind=tuple(found.values["kind"]),
        stands=tuple(found.values["is"]),
        decision=tuple(found.values["decision"]),
        before=found.days.get("before"),
        after=found.days.get("after"),
        typed=" ".join(found.typed),
        faults=tuple(dict.fromkeys(found.faults)),
    )


def _words(found: _Reading, minus: str, said: str, *, quoted: bool) -> None:
    words = tuple(plain(said).lower().split())
    if not words:
        return
    if found.count + len(words) > MOST_WORDS:
        found.faults.append(f"Only the first {MOST_WORDS} words were looked for. Ask for less.")
        return
    found.count += len(words)
    found.typed.append(f'{minus}"{said}"' if quoted else f"{minus}{said}")
    term = Term(words, quoted)
    if minus:
        found.without.append(term)
    elif found.either:
        found.wanted[-1].append(term)
    else:
        found.wanted.append([term])
    found.either = False


def _without_small(wanted: list[list[Term]]) -> tuple[tuple[Term, ...], ...]:
    """The groups of terms without those of small words alone, unless nothing else is wanted."""
    telling = [group for group in wanted if not all(_is_small(one) for one in group)]
    return tuple(tuple(group) for group in telling or wanted)


def _is_small(term: Term) -> bool:
    return not term.quoted and len(term.words) == 1 and term.words[0] in SMALL


def _filter(found: _Reading, minus: str, name: str, value: str) -> None:
    if name not in NAMES:
        found.faults.append(
            f"There is no filter called “{name}:”. Its words were looked for instead. "
            f"The filters are {', '.join(f'{one}:' for one in NAMES)}."
        )
        _words(found, minus, f"{name} {value}", quoted=False)
    elif minus:
        found.faults.append(
            f"A filter cannot be turned round with a minus. “-{name}:” was left out."
        )
    elif name in ("before", "after"):
        if (day := day_of(value)) is None:
            found.faults.append(
                f"“{value}” is no day that can be looked up. Write it like this: "
                f"{name}:2026-06-16, {name}:16/6/2026 or {name}:2026."
            )
        else:
            found.days[name] = day
    else:
        found.values[name].append(" ".join(value.lower().split()))


def day_of(text: str) -> datetime.date | None:
    """A day as it is typed into a filter; a year alone is its first day."""
    try:
        if _YEAR.fullmatch(text):
            return datetime.date(int(text), 1, 1)
        return DateInTextField().to_python(text)
    except (ValueError, ValidationError):
        return None


def with_filters(typed: str, filters: Iterable[tuple[str, str]]) -> str:
    """Words and filters as one text for the box, such that `read` understands it again."""
    return " ".join([typed, *(f"{name}:{_quoted(value)}" for name, value in filters)]).strip()


def _quoted(value: str) -> str:
    clean = value.replace('"', " ").strip()
    return clean if clean and " " not in clean else f'"{clean}"'
