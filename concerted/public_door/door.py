"""The public door: sends ready pages, and searches them. A WSGI application without sessions.

It is not a chain of views: a page is the answer of one query, sent as it is. Only what is found by
search is rendered here.
"""

import datetime
import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

import psycopg
from django.http.request import split_domain_port, validate_host

from concerted.public_door.edition import Edition
from concerted.public_door.freezing import Malformed, thaw
from concerted.public_door.pages import HTML, render
from concerted.public_door.shelf import A_PAGE, CLOSES, MOST, OPENS, Answered, Row, Shelf, tidy
from concerted.public_door.things import Site
from concerted.ui.words import plural

log = logging.getLogger("concerted.public_door")

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

LAST_PAGE = MOST // A_PAGE
STATUS = {
    200: "200 OK",
    301: "301 Moved Permanently",
    304: "304 Not Modified",
    400: "400 Bad Request",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    410: "410 Gone",
    500: "500 Internal Server Error",
    503: "503 Service Unavailable",
}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A file was made by us, but is opened as if it were a stranger's.
FILE_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
ALWAYS = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
# What is withdrawn must be gone from every cache that keeps the rules a minute later.
A_MINUTE = ("Cache-Control", "public, max-age=60")
FOR_GOOD = ("Cache-Control", "public, max-age=31536000, immutable")
NOT_KEPT = ("Cache-Control", "no-store")
UNLISTED = ("X-Robots-Tag", "noindex")
LONGEST_PATH = 500


@dataclass(slots=True)
class Answer:
    """What is sent: a status, the headers that are not always the same, and the bytes."""

    status: int
    body: bytes
    headers: list[tuple[str, str]] = field(default_factory=list)
    policy: str = POLICY


@dataclass(frozen=True, slots=True)
class Hit:
    """One result; `pieces` are words, and whether they were looked for."""

    path: str
    title: str
    kind: str
    day: datetime.date | None
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results as the template shows it."""

    q: str
    headline: str
    advice: str
    hits: tuple[Hit, ...]
    first: int
    before: str
    after: str


class Door:
    """The application. `hosts` are the names it answers to; `production` adds HTTPS for good."""

    def __init__(self, shelf: Shelf, *, hosts: Sequence[str], production: bool = False) -> None:
        self._shelf = shelf
        self._production = production
        self._ours = lru_cache(1000)(lambda host: _is_ours(host, hosts))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answer(environ)
        except psycopg.errors.QueryCanceled:
            answer = _spoken(503, "That took too long", "Search for fewer or rarer words.")
        except psycopg.Error:
            log.exception("The edition’s database does not answer.")
            answer = _spoken(503, "The site cannot be read just now", "Try again in a few minutes.")
            answer.headers.append(("Retry-After", "120"))
        except Exception:
            log.exception("A request broke.")
            answer = _spoken(500, "Something went wrong", "Try again in a few minutes.")
        headers = [
            *answer.headers,
            *ALWAYS,
            ("Content-Security-Policy", answer.policy),
        ]
        if self._production:
            headers.append(HSTS)
        if answer.status != 304:
            headers.append(("Content-Length", str(len(answer.body))))
        start_response(STATUS[answer.status], headers)
        silent = answer.status == 304 or environ["REQUEST_METHOD"] == "HEAD"
        return [] if silent else [answer.body]

    def _answer(self, environ: Environ) -> Answer:
        method = environ["REQUEST_METHOD"]
        if not self._ours(environ.get("HTTP_HOST", "")):
            return _spoken(400, "This is not that site", "Look whether the address is right.")
        if method not in ("GET", "HEAD"):
            refused = _spoken(405, "These pages are only for reading", "Nothing can be sent here.")
            refused.headers.append(("Allow", "GET, HEAD"))
            return refused
        path = _path_of(environ)
        if self._production and environ.get("HTTP_X_FORWARDED_PROTO") == "http":
            return _moved(f"https://{environ['HTTP_HOST']}{quote(path or '/')}")
        packed = _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if path == "/search/" and environ.get("QUERY_STRING"):
            asked = _asked(environ["QUERY_STRING"])
            if asked[0]:
                return self._found(*asked)
        row = self._shelf.page(path, packed=packed) if path else None
        if row is not None:
            return _sent(row, path, environ)
        return self._missing(path, environ, packed=packed)

    def _missing(self, path: str, environ: Environ, *, packed: bool) -> Answer:
        """No page: one that only lacks its last stroke, one withdrawn, or none at all."""
        parts = path.split("/")
        # A file or feed of what was withdrawn is withdrawn with it; only the thing has a stone.
        stone = f"/{parts[1]}/{parts[2]}/" if len(parts) > 3 else ""
        near = self._shelf.near([f"{path}/", stone]) if path else {}
        if stone and near.get(stone) == 410:
            row = self._shelf.page(stone, packed=packed)
            if row is not None:
                return _sent(row, stone, environ)
        if f"{path}/" in near:
            return _moved(quote(f"{path}/"))
        row = self._shelf.page("/404.html", packed=packed)
        if row is not None:
            return _sent(row, "/404.html", environ)
        return _spoken(404, "Page not found", "There is no page at this address.")

    def _found(self, question: str, page: int) -> Answer:
        answered = self._shelf.search(question, page=page)
        edition = Edition(site=_site_of(answered))
        body = render(
            "search",
            edition,
            path="/search/",
            title=f"Search: {question}",
            found=_shown(answered, question, page),
        )
        return Answer(200, body, [("Content-Type", HTML), NOT_KEPT, UNLISTED])


def _sent(row: Row, path: str, environ: Environ) -> Answer:
    etag = f'W/"{row.etag}"'
    changed = _http_date(row.changed)
    cached = FOR_GOOD if path.startswith("/static/") else A_MINUTE
    headers = [
        ("Content-Type", row.media_type),
        ("ETag", etag),
        ("Last-Modified", changed),
        cached,
        ("Vary", "Accept-Encoding"),
    ]
    if row.status != 200:
        headers.append(UNLISTED)
    elif _is_known(environ, row.etag, row.changed):
        return Answer(304, b"", headers[1:])
    if row.packed:
        headers.append(("Content-Encoding", "gzip"))
    if row.file_name:
        headers.append(("Content-Disposition", f'attachment; filename="{row.file_name}"'))
    return Answer(row.status, row.body, headers, FILE_POLICY if row.file_name else POLICY)


def _is_known(environ: Environ, etag: str, changed: int) -> bool:
    """Whether the reader has this very page already (RFC 9110, 13.2.2)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        return known.strip() == "*" or f'"{etag}"' in known
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        return changed <= parsedate_to_datetime(since).timestamp()
    except (TypeError, ValueError, OverflowError):
        return False


@lru_cache(4096)
def _http_date(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)


@lru_cache(256)
def _takes_gzip(accepted: str) -> bool:
    for one in accepted.lower().split(","):
        coding, _, quality = one.partition(";")
        if coding.strip() in ("gzip", "*"):
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", quality)
    return False


def _is_ours(host: str, hosts: Sequence[str]) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, list(hosts))


def _path_of(environ: Environ) -> str:
    """The address as text; empty where it is none that a page could have."""
    try:
        path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode()
    except UnicodeError:
        return ""
    fine = path.startswith("/") and "\x00" not in path and len(path) <= LONGEST_PATH
    return path if fine else ""


def _asked(query: str) -> tuple[str, int]:
    given = parse_qs(query[:2000], keep_blank_values=True, max_num_fields=20, errors="replace")
    number = given.get("page", ["1"])[0]
    page = int(number) if re.fullmatch(r"[0-9]{1,4}", number) else 1
    return tidy(given.get("q", [""])[0]), min(max(page, 1), LAST_PAGE)


def _site_of(answered: Answered) -> Site:
    try:
        site = thaw(answered.site)
    except Malformed:
        return Site(partnership="")
    return site if isinstance(site, Site) else Site(partnership="")


def _shown(answered: Answered, question: str, page: int) -> Found:
    count = min(answered.count, MOST)
    quoted, advice = f"“{question}”", ""
    if not answered.asked:
        headline = f"{quoted} cannot be looked for"
        advice = "These words stand in almost every page. Add a word that says more."
    elif not count:
        headline = f"Nothing was found for {quoted}"
        advice = "Try another word for it, or fewer words."
    elif answered.more:
        headline = f"More than {MOST} results for {quoted}"
        advice = f"The best of the newest {MOST} are shown. Add a word to find fewer."
    else:
        headline = f"{plural(count, 'result')} for {quoted}"
    last = -(-count // A_PAGE)
    if count and page > last:
        advice = f"There are only {plural(last, 'page')} of results."

    def leading_to(number: int) -> str:
        return f"/search/?{urlencode({'q': question, 'page': number})}"

    return Found(
        q=question,
        headline=headline,
        advice=advice,
        hits=tuple(_hit(one) for one in answered.hits) if page <= last else (),
        first=(page - 1) * A_PAGE + 1,
        before=leading_to(min(page - 1, last)) if page > 1 and count else "",
        after=leading_to(page + 1) if page < last else "",
    )


def _hit(told: Any) -> Hit:
    day = datetime.date.fromisoformat(told["day"]) if told["day"] else None
    return Hit(told["path"], told["title"], told["kind"], day, _pieces(told["words"]))


def _pieces(words: str) -> tuple[tuple[str, bool], ...]:
    """The words around what was found, parted where it begins and ends."""
    first, *rest = words.split(OPENS)
    found = [(first, False)]
    for one in rest:
        marked, _, after = one.partition(CLOSES)
        found += [(marked, True), (after, False)]
    return tuple((text, marked) for text, marked in found if text)


def _moved(to: str) -> Answer:
    return Answer(301, b"", [("Location", to), A_MINUTE])


def _spoken(status: int, title: str, advice: str) -> Answer:
    """A short answer that needs neither database nor template."""
    text = (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}'
        '</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main><h1>{escape(title)}</h1><p>{escape(advice)}</p><p><a href="/">Go to the '
        "home page</a></p></main></body></html>"
    )
    return Answer(status, text.encode(), [("Content-Type", HTML), NOT_KEPT, UNLISTED])
