"""Pages of lines and rules to one text: a paragraph a line, a table row a line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

from concerted.reading.files.pdf.aligned import GAP, Row, laid_out
from concerted.reading.files.pdf.columns import columns_of, is_prose
from concerted.reading.files.pdf.grids import Cell, Grid, grids_of
from concerted.reading.files.pdf.marks import Line, Page, Word
from concerted.reading.files.pdf.words import segments
from concerted.reading.files.pdf.wrapping import Joiner, Strip, continues, spacing_of

_PARTED = 0.3  # of a line’s size: so much more than the usual distance parts paragraphs
_SYMMETRY = 0.7  # of the width between equal margins; where lines stay shorter, none was wrapped
_SIDE = "     "


def text_of_pages(pages: Sequence[Page]) -> str:
    """The text of pages, their running lines already taken off."""
    split = [(page, *grids_of(page.rules, page.lines)) for page in pages]
    loose: dict[int, list[tuple[float, Line]]] = defaultdict(list)
    for page, _, rest in split:
        loose[round(page.width)] += [(page.width, line) for line in rest]
    limits = {width: _limit(lines) for width, lines in loose.items()}
    placed: list[Strip | Row] = []
    last: Grid | None = None
    for page, grids, rest in split:
        limit = limits.get(round(page.width), page.width)
        for at, run in enumerate(_bands(grids, rest)):
            if isinstance(run, Grid):
                begin = 1 if at == 0 and last is not None and _has_head_of(last, run) else 0
                placed += [_row(cells) for cells in run.rows[begin:]]
                last = run
            else:
                placed += _flow(run, limit)
                last = None
    return _Writer(placed, Joiner(line for page in pages for line in page.lines)).text()


def _limit(lines: Sequence[tuple[float, Line]]) -> float:
    """Where the lines of a document end: the furthest place that several of them reach."""
    whole = [line for _, line in lines if len(segments(line, GAP * line.size)) == 1]
    if not whole:
        return max((width for width, _ in lines), default=0.0)
    left = min(line.left for line in whole)
    rights = sorted((line.right for line in whole), reverse=True)
    several = max(3, len(rights) // 20)
    reached = next(
        (
            right
            for right, later in zip(rights, rights[several - 1 :], strict=False)
            if later >= right - 0.1 * (right - left)
        ),
        rights[0],
    )
    equal = lines[0][0] - left
    return reached if reached - left > _SYMMETRY * (equal - left) or is_prose(whole) else equal


def _bands(grids: Sequence[Grid], lines: Sequence[Line]) -> Iterator[Grid | list[Line]]:
    """Tables and the lines between them, from the top."""
    rest = sorted(lines, key=attrgetter("y"))
    for grid in grids:
        above = [line for line in rest if line.y <= grid.top + line.size / 2]
        if above:
            yield above
        yield grid
        rest = rest[len(above) :]
    if rest:
        yield rest


def _flow(lines: Sequence[Line], limit: float) -> list[Strip | Row]:
    placed: list[Strip | Row] = []
    for run, is_column in columns_of(lines):
        if is_column:
            ends, origin = max(line.right for line in run), min(line.left for line in run)
            placed += laid_out(run, ends, origin)
        else:
            placed += laid_out(run, limit, 0.0)
    return placed


def _has_head_of(before: Grid, grid: Grid) -> bool:
    """Whether a table that goes on over a page says the names of its columns again."""
    return [_words(cell) for cell in before.rows[0]] == [_words(cell) for cell in grid.rows[0]]


def _words(cell: Cell) -> str:
    return " ".join(word.text for word in cell.words)


def _row(cells: Sequence[Cell]) -> Row:
    return Row([_paragraphs(cell) for cell in cells])


def _paragraphs(cell: Cell) -> list[list[Line]]:
    """The lines of a cell in paragraphs; its padding is taken to be equal on both sides."""
    if not cell.words:
        return []
    levels: list[list[Word]] = []
    for word in sorted(cell.words, key=attrgetter("y")):
        if levels and word.y - levels[-1][0].y <= 0.3 * word.size:
            levels[-1].append(word)
        else:
            levels.append([word])
    lines = [Line(sorted(level, key=attrgetter("left"))) for level in levels]
    padding = min(word.left for word in cell.words) - cell.left
    limit = cell.right - max(0.0, min(padding, 0.1 * (cell.right - cell.left)))
    strips = [Strip(line, limit) for line in lines]
    spacing = spacing_of(strips)
    made: list[list[Strip]] = []
    for strip in strips:
        if made and continues(made[-1], strip, spacing):
            made[-1].append(strip)
        else:
            made.append([strip])
    return [[strip.line for strip in held] for held in made]


class _Writer:
    """Writes strips and rows as the converter of web pages writes paragraphs and tables."""

    def __init__(self, placed: Sequence[Strip | Row], joiner: Joiner) -> None:
        self.placed = placed
        self.joiner = joiner
        strips = [one for one in placed if isinstance(one, Strip)]
        self.spacing = spacing_of(strips)
        self.lines: list[str] = []
        self.held: list[Strip] = []

    def text(self) -> str:
        before: Strip | Row | None = None
        for one in self.placed:
            if isinstance(one, Row):
                self._end_paragraph()
                if isinstance(before, Strip):
                    self._blank()
                self._write_row(one)
            elif self.held and continues(self.held, one, self.spacing):
                self.held.append(one)
            else:
                self._end_paragraph()
                if before is not None and (isinstance(before, Row) or self._apart(before, one)):
                    self._blank()
                self.held = [one]
            before = one
        self._end_paragraph()
        return "\n".join(self.lines).rstrip("\n")

    def _end_paragraph(self) -> None:
        if self.held:
            asides = [strip.aside for strip in self.held if strip.aside]
            told = self.joiner.joined(strip.line.text for strip in self.held)
            self.lines.append(_SIDE.join([told, *asides]))
        self.held = []

    def _apart(self, before: Strip, strip: Strip) -> bool:
        """Whether there is more room between two lines than between those of a paragraph."""
        if abs(before.line.size - strip.line.size) > 0.06 * before.line.size:
            return True
        if strip.fresh:
            return strip.line.bold and not before.line.bold
        size = strip.line.size
        return strip.line.y - before.line.y > (self.spacing.leading + _PARTED) * size

    def _write_row(self, row: Row) -> None:
        cells = [
            [self.joiner.joined(line.text for line in held) for held in cell] for cell in row.cells
        ]
        if any(len(cell) > 1 for cell in cells):
            # One line would glue the paragraphs of a cell together.
            for cell in cells:
                self.lines += cell
                self._blank()
            return
        line = " | ".join("".join(cell) for cell in cells).rstrip(" |")
        if line.strip(" |"):
            self.lines.append(line)

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
