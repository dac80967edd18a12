"""Rich text (.rtf) to HTML: what its reader sees, by the words of RTF 1.9.1.

A reader of our own: the library for it knows neither hidden nor deleted text, has a form of its own
for tables, and searches with expressions that backtrack over files made for that.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from concerted.reading.files.refusals import NotReadable
from concerted.reading.files.rtf_flow import Flow

MAX_DEPTH = 500
CODE_PAGES = {
    437: "cp437", 850: "cp850", 852: "cp852", 866: "cp866", 874: "cp874", 932: "cp932",
    936: "gbk", 949: "cp949", 950: "cp950", 10000: "mac-roman", 65001: "utf-8",
    **{page: f"cp{page}" for page in range(1250, 1259)},
}  # fmt: skip
_CHARSETS = {
    77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
_SYMBOL = 2  # a character set of pictures; in a list’s number it is the bullet

_BOMB = (
    "This rich text file is nested deeper than any office program writes, as files made to do harm "
    "are, and was not read. If it is yours, copy its text into a new document and choose that."
)
_CUT = "This file breaks off before its end. What is there was read; compare it with the original."
_HIDDEN = "This file has hidden text. It was left out."
_CHANGES = (
    "This file has tracked changes. They were read as if accepted: insertions are in, deletions "
    "are out."
)
_COMMENTS = "This file has comments in its margin. They were left out."
_BOXES = "This file has text in boxes. It was left out: compare it with the original."

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+"
    rb"|([^\\{}\r\n\0]+)",
    re.DOTALL,
)
_SKIPPED = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "filetbl", "revtbl", "template", "private"}
    | {"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"}
    | {"ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "pict", "fldinst"}
    | {"xe", "tc", "rxe", "txe", "nonesttables", "pn", "pnseclvl", "listtable", "listpicture"}
    | {"listoverridetable", "sp", "shprslt", "do", "themedata", "colorschememapping", "objdata"}
    | {"latentstyles", "datastore", "userprops", "generator", "bkmkstart", "bkmkend"}
)
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n",
    "~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip


def html_of_rtf(data: bytes) -> tuple[str, list[str]]:
    """The HTML of an .rtf and notes on what was left out; raises NotReadable.

    A file that breaks off is read as far as it goes, with a note.
    """
    reader = _Reader(data)
    reader.read()
    return reader.body.html() + reader.footnotes_html(), reader.notes


@dataclass(frozen=True, slots=True)
class _State:
    """What a group changes for itself alone."""

    flow: Flow
    skipped: bool = False
    hidden: bool = False
    deleted: bool = False
    fonts: bool = False  # inside the table of fonts
    number: bool = False  # inside the number of a list’s paragraph
    in_table: bool = False
    nested: bool = False  # in a table inside a table’s cell
    font: int | None = None
    fallback: int = 1  # how many characters repeat each \u for old programs


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.notes: list[str] = []
        self.body = Flow()
        self._state = _State(self.body)
        self._groups: list[_State] = []
        self._footnotes: list[Flow] = []
        self._page = 1252
        self._charsets: dict[int, int] = {}
        self._default_font: int | None = None
        self._bytes = bytearray()  # letters of a code page, until their end is known
        self._to_skip = 0
        self._starred = False

    def read(self) -> None:
        at = 0
        while at < len(self.data):
            token = _TOKEN.match(self.data, at)
            if token is None:  # a lone backslash at the very end
                break
            at = token.end()
            word, number, code, sign, brace, letters = token.groups()
            if word == b"bin":
                at += max(0, int(number or 0))
            elif code or letters:
                self._letters(bytes.fromhex(code.decode()) if code else letters)
            elif brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
                if not self._groups:
                    break  # what follows the outermost group is no part of the text
            elif sign:
                self._sign(sign.decode("latin-1"))
            elif word:
                self._word(word.decode("ascii"), None if number is None else int(number))
        self._flush()
        if self._groups:
            self._note(_CUT)

    def footnotes_html(self) -> str:
        """The footnotes, each after its number."""
        return "".join(flow.html() for flow in self._footnotes)

    # --- groups ---------------------------------------------------------------------------------

    def _open(self) -> None:
        self._flush()
        self._to_skip = 0
        self._groups.append(self._state)
        if len(self._groups) > MAX_DEPTH:
            raise NotReadable(_BOMB)

    def _close(self) -> None:
        self._flush()
        self._to_skip = 0
        self._starred = False
        if self._groups:
            self._state = self._groups.pop()

    def _set(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    # --- letters --------------------------------------------------------------------------------

    def _letters(self, letters: bytes) -> None:
        self._starred = False
        if self._to_skip:
            skipped = min(self._to_skip, len(letters))
            self._to_skip -= skipped
            letters = letters[skipped:]
        if not self._state.skipped:
            self._bytes += letters

    def _flush(self) -> None:
        """Write the letters that wait, in the code page of their font."""
        if not self._bytes:
            return
        charset = self._charsets.get(self._font(), 0)
        letters, self._bytes = bytes(self._bytes), bytearray()
        if charset == _SYMBOL and self._state.number:
            self._write("•" if letters.strip() else "")
            return
        page = _CHARSETS.get(charset, self._page)
        self._write(letters.decode(CODE_PAGES[page], "replace"))

    def _font(self) -> int:
        font = self._default_font if self._state.font is None else self._state.font
        return -1 if font is None else font

    def _write(self, text: str) -> None:
        state = self._state
        if state.skipped or not text:
            return
        if state.deleted or state.hidden:
            if text.strip():
                self._note(_CHANGES if state.deleted else _HIDDEN)
            return
        if state.number:
            text = text.replace("\t", " ")
        state.flow.write(text)

    # --- control words --------------------------------------------------------------------------

    def _sign(self, sign: str) -> None:
        self._flush()
        self._to_skip = 0
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            self._end_paragraph()
        elif sign == "\t":
            self._write("\t")
        elif sign in _SIGNS:
            self._write(_SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        self._to_skip = 0  # a writer that left the fallback out must not cost a cell its end
        if word in _SKIPPED or (starred and word != "nesttableprops"):
            self._skip(word)
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif word in _WORDS:
            _WORDS[word](self, number)

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number & 0xFFFF
        bullet = self._state.number and 0xF000 <= code <= 0xF0FF
        self._write("•" if bullet else chr(code))
        self._to_skip = self._state.fallback

    def _skip(self, word: str) -> None:
        if word == "annotation" and not self._state.skipped:
            self._note(_COMMENTS)
        self._set(skipped=True, fonts=word == "fonttbl")

    def _charset(self, number: int | None) -> None:
        if self._state.fonts and self._state.font is not None:
            self._charsets[self._state.font] = number or 0

    def _code_page(self, number: int | None) -> None:
        if number in CODE_PAGES:
            self._page = number

    def _footnote(self, number: int | None) -> None:
        if self._state.skipped or self._state.flow is not self.body:
            return
        flow = Flow()
        self._footnotes.append(flow)
        self._set(flow=flow, in_table=False, nested=False)

    def _footnote_number(self, number: int | None) -> None:
        within = self._state.flow is not self.body
        self._write(f"[{len(self._footnotes) + (0 if within else 1)}] ".rstrip(" " * (not within)))

    # --- paragraphs and tables ------------------------------------------------------------------

    def _end_paragraph(self, number: int | None = None) -> None:
        state = self._state
        if state.deleted or state.hidden or state.skipped:
            return  # its mark goes with it: what follows joins what stands before
        state.flow.end_paragraph(in_table=state.in_table)

    def _table_part(self, what: Callable[[Flow], None]) -> None:
        if not self._state.skipped:
            what(self._state.flow)

    def _default(self, number: int | None) -> None:
        self._default_font = number

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


_Word = Callable[[_Reader, int | None], None]


def _switch(name: str) -> _Word:
    """A property that a word turns on, and the word with 0 turns off."""
    return lambda reader, number: reader._set(**{name: number != 0})


_WORDS: dict[str, _Word] = {
    "par": _Reader._end_paragraph,
    "sect": _Reader._end_paragraph,
    "cell": lambda reader, number: reader._table_part(Flow.end_cell),
    "row": lambda reader, number: reader._table_part(Flow.end_row),
    "nestcell": lambda reader, number: reader._table_part(Flow.end_nested_cell),
    "nestrow": lambda reader, number: reader._table_part(Flow.end_nested_row),
    "intbl": _switch("in_table"),
    "itap": lambda reader, number: reader._set(in_table=number != 0),
    "pard": lambda reader, number: reader._set(in_table=False),
    "plain": lambda reader, number: reader._set(hidden=False, deleted=False, font=None),
    "v": _switch("hidden"),
    "deleted": _switch("deleted"),
    "revised": lambda reader, number: reader._note(_CHANGES),
    "listtext": _switch("number"),
    "pntext": _switch("number"),
    "footnote": _Reader._footnote,
    "chftn": _Reader._footnote_number,
    "shptxt": lambda reader, number: reader._note(_BOXES),
    "dptxbxtext": lambda reader, number: reader._note(_BOXES),
    "uc": lambda reader, number: reader._set(fallback=min(max(number or 0, 0), 10)),
    "f": lambda reader, number: reader._set(font=number),
    "deff": _Reader._default,
    "fcharset": _Reader._charset,
    "ansicpg": _Reader._code_page,
    "mac": lambda reader, number: reader._code_page(10000),
    "pc": lambda reader, number: reader._code_page(437),
    "pca": lambda reader, number: reader._code_page(850),
}
