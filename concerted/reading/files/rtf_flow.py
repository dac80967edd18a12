"""Paragraphs, cells and rows in the order a rich text file ends them, to HTML."""

from html import escape


class Flow:
    """A text being written: of the file, or of one footnote.

    Rich text marks only ends: of a paragraph, of a cell, of a row. A table is the rows that follow
    each other with no paragraph between.
    """

    def __init__(self) -> None:
        self._html: list[str] = []
        self._words: list[str] = []
        self._cell: list[str] = []
        self._row: list[str] = []
        self._nested: list[str] = []
        self._nested_cell_at = 0
        self._in_table = False

    def write(self, text: str) -> None:
        """Add text to the open paragraph; ``\\n`` is a line break in it."""
        self._words.append(text)

    def end_paragraph(self, *, in_table: bool = False) -> None:
        """End a paragraph, of the page or of the open cell."""
        if in_table:
            self._paragraph_of_cell()
            return
        if self._cell or self._row:
            self.end_row()
        self._leave_table()
        self._html.append(self._paragraph())

    def end_cell(self) -> None:
        """End the open cell."""
        self._paragraph_of_cell()
        self._row.append("".join(self._cell))
        self._cell.clear()
        self._nested_cell_at = 0

    def end_row(self) -> None:
        """End the open row; what is open of a cell is its last."""
        if self._cell:
            self.end_cell()
        if not self._row:
            return
        if not self._in_table:
            self._html.append("<table>")
            self._in_table = True
        self._html.append(_row_of(self._row))
        self._row.clear()

    def end_nested_cell(self) -> None:
        """End a cell of a table inside the open cell."""
        self._paragraph_of_cell()
        self._nested.append("".join(self._cell[self._nested_cell_at :]))
        del self._cell[self._nested_cell_at :]

    def end_nested_row(self) -> None:
        """End a row of a table inside the open cell."""
        self._cell.append(f"<table>{_row_of(self._nested)}</table>")
        self._nested.clear()
        self._nested_cell_at = len(self._cell)

    def html(self) -> str:
        """All of it; a row or a paragraph that was not ended ends here."""
        if self._cell or self._row:
            self.end_cell()
            self.end_row()
        self._leave_table()
        if self._words:
            self._html.append(self._paragraph())
        # Halves of characters beyond the first 65,536 come one by one.
        return "".join(self._html).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _leave_table(self) -> None:
        if self._in_table:
            self._html.append("</table>")
            self._in_table = False

    def _paragraph_of_cell(self) -> None:
        if self._words:
            self._cell.append(self._paragraph())

    def _paragraph(self) -> str:
        text = "".join(self._words)
        self._words.clear()
        tag = "pre" if "\t" in text or "  " in text.strip() else "p"
        lines = "<br>".join(escape(line) for line in text.split("\n"))
        return f"<{tag}>{lines}</{tag}>"


def _row_of(cells: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
