"""Public files, made afresh from approved text: they hold that text and nothing else.

A file as it was received is never released. What is made here has no author, comments, tracked
changes, older versions, pictures or dates of its own, and its name is made of title and date.
"""

import datetime
import re
import unicodedata
from html import escape

from concerted.public_door.things import File, Paper, Table
from concerted.ui.words import day

LONGEST_NAME = 60


def has_accessible_version(paper: Paper) -> bool:
    """Whether a paper can be read by everybody: a title, and words under it.

    The file made of it is a page of headings in order, paragraphs and lists in a stated language,
    without pictures, so whatever stands in it can be read aloud, enlarged and reflowed. A paper
    of which no words were read, or were approved, has no such version.
    """
    words = [paper.purpose, paper.summary, *paper.recommendations]
    return bool(paper.title) and any([*words, *(one.text for one in paper.sections)])


def file_name(title: str, dated_on: datetime.date | None, suffix: str) -> str:
    """A name of small letters, digits and dashes: `graffiti-in-the-parks-2020-03-10.html`."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST_NAME].strip("-")
    dated = f"-{dated_on.isoformat()}" if dated_on else ""
    return f"{words or 'paper'}{dated}.{suffix}"


def public_files(paper: Paper) -> tuple[File, ...]:
    """The paper as a web page of its own and as plain text."""
    name = [file_name(paper.title, paper.dated_on, suffix) for suffix in ("html", "txt")]
    return (
        File(name[0], "text/html", as_html(paper).encode()),
        File(name[1], "text/plain", as_text(paper).encode()),
    )


def as_text(paper: Paper) -> str:
    """The paper as plain text, a blank line between paragraphs."""
    blocks = [paper.title, *_under_the_title(paper)]
    for heading, words in (("Purpose", paper.purpose), ("Summary", paper.summary)):
        blocks += [heading.upper(), words] if words else []
    if paper.recommendations:
        numbered = [f"{n}. {words}" for n, words in enumerate(paper.recommendations, start=1)]
        blocks += ["RECOMMENDATIONS", *numbered]
    for one in paper.sections:
        blocks += [one.heading.upper()] if one.heading else []
        blocks.append(f"{one.number} {one.text}".strip())
    for table in paper.tables:
        lines = [": ".join((row[0], ", ".join(_told(table, row)))) for row in table.rows]
        blocks += [table.caption.upper(), "\n".join(lines), *filter(None, [table.note])]
    for stub in paper.closed:
        blocks.append(f"{stub.number}. Closed: {stub.reason}")
    return "\n\n".join(blocks) + "\n"


def as_html(paper: Paper) -> str:
    """The paper as a page without style, script or metadata: one h1, then h2."""
    parts = [f"<h1>{escape(paper.title)}</h1>"]
    parts += [f"<p>{escape(words)}</p>" for words in _under_the_title(paper)]
    for heading, words in (("Purpose", paper.purpose), ("Summary", paper.summary)):
        parts += [f"<h2>{heading}</h2>", *_paragraphs(words)] if words else []
    if paper.recommendations:
        listed = "".join(f"<li>{escape(words)}</li>" for words in paper.recommendations)
        parts.append(f"<h2>Recommendations</h2><ol>{listed}</ol>")
    for one in paper.sections:
        parts += [f"<h2>{escape(one.heading)}</h2>"] if one.heading else []
        parts += _paragraphs(f"{one.number} {one.text}".strip())
    for table in paper.tables:
        parts += [_as_table(table), *_paragraphs(table.note)]
    for stub in paper.closed:
        parts.append(f"<p>{escape(stub.number)}. Closed: {escape(stub.reason)}</p>")
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        f"<title>{escape(paper.title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _told(table: Table, row: tuple[str, ...]) -> list[str]:
    """The figures of a row, each with the words of its column."""
    return [f"{words} {value}" for words, value in zip(table.head[1:], row[1:], strict=True)]


def _as_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        f"{''.join(f'<td>{escape(value)}</td>' for value in row[1:])}</tr>"
        for row in table.rows
    )
    return (
        f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _under_the_title(paper: Paper) -> list[str]:
    dated = day(paper.dated_on)
    return [one for one in (", ".join(filter(None, (paper.author, dated))),) if one]


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{escape(one)}</p>" for one in text.split("\n\n") if one.strip()]
