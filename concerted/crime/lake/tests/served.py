"""data.police.uk on loopback, as it is and as it may misbehave.

As the real one, its addresses of archives lead to a store (`/store/`). What goes wrong there is a
list: each request to the store takes the first of `faults`, and is answered well when none is left.
"""

import hashlib
import io
import json
import ssl
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from concerted.crime.lake.tests.invented import called, street, streets

Fault = Callable[["Answer", bytes], None]


def archive_bytes(*months: str, forces=("marlshire", "wyleshire"), rows: int = 3) -> bytes:
    """An archive as it is published, one street file for each force and month."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for month in months:
            for force in forces:
                lines = streets([street(month) for _ in range(rows)])
                zipped.writestr(called(month, force=force), lines)
    return packed.getvalue()


@dataclass
class Site:
    """What is served, and what was asked for."""

    archives: dict[str, bytes] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    leads_to: str = "/store/"
    weak: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def publish(self, month: str, data: bytes) -> None:
        self.archives[month] = data
        self.checksums[month] = hashlib.md5(data).hexdigest()
        self.pages["/data/archive/"] = self._list()
        self.pages["/api/forces"] = json.dumps(
            [{"id": one, "name": one} for one in ("marlshire", "wyleshire")]
        ).encode()

    def _list(self) -> bytes:
        lines = [
            f'<a href="/data/archive/{month}.zip">\n{month}.zip\n</a>\n{self.checksums[month]}\n'
            for month in sorted(self.archives, reverse=True)
        ]
        return f'<a href="/data/archive/latest.zip">latest</a>{"".join(lines)}'.encode()

    def from_store(self) -> list[dict[str, str]]:
        """The headers of each request to the store."""
        return [headers for path, headers in self.asked if path.startswith("/store/")]


class Answer(BaseHTTPRequestHandler):
    """One request, answered well, or by the fault whose turn it is."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.close_connection = True
        site = self.site
        site.asked.append((self.path, dict(self.headers)))
        folder, _, name = self.path.rpartition("/")
        data = site.archives.get(name.removesuffix(".zip"))
        if self.path in site.pages:
            self.say(200, site.pages[self.path])
        elif data is None:
            self.say(404, b"Not found")
        elif folder == "/data/archive" and site.leads_to:
            self.say(302, b"", Location=f"{site.leads_to}{name}")
        else:
            fault = site.faults.pop(0) if site.faults else well
            fault(self, data)

    def say(self, status: int, body: bytes, **headers: str) -> None:
        self.head(status, **{"Content-Length": str(len(body)), **headers})
        self.send(body)

    def head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, body: bytes) -> None:
        try:
            self.wfile.write(body)
        except OSError:  # whoever asked has hung up
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def etag_of(answer: Answer, data: bytes) -> str:
    return f'{"W/" if answer.site.weak else ""}"{hashlib.sha256(data).hexdigest()[:16]}"'


def well(answer: Answer, data: bytes, upto: int | None = None) -> None:
    """As Amazon's store does; `upto` cuts the connection after that byte of the archive."""
    etag = etag_of(answer, data)
    if answer.headers.get("If-None-Match") == etag:
        return answer.head(304, ETag=etag)
    begins = 0
    if "Range" in answer.headers and answer.headers.get("If-Range", etag) == etag:
        begins = int(answer.headers["Range"].removeprefix("bytes=").rstrip("-"))
    headers = {"ETag": etag, "Content-Length": str(len(data) - begins)}
    if begins and begins >= len(data):
        return answer.say(416, b"", Content_Range=f"bytes */{len(data)}")
    if begins:
        headers["Content-Range"] = f"bytes {begins}-{len(data) - 1}/{len(data)}"
    answer.head(206 if begins else 200, **headers)
    return answer.send(data[begins:upto])


def cut(at: float) -> Fault:
    """The connection breaks after a share of the archive."""
    return lambda answer, data: well(answer, data, upto=int(at * len(data)))


def busy(status: int = 503, **headers: str) -> Fault:
    return lambda answer, _: answer.say(status, b"busy", **headers)


def whole(answer: Answer, data: bytes) -> None:
    """Ranges are not known here."""
    answer.say(200, data, ETag=etag_of(answer, data))


def another_part(answer: Answer, data: bytes) -> None:
    headers = {"ETag": etag_of(answer, data), "Content-Range": f"bytes 1-9/{len(data)}"}
    answer.say(206, data[1:10], **headers)


def length_untold(answer: Answer, data: bytes) -> None:
    answer.head(200, ETag=etag_of(answer, data))
    answer.send(data)


def said_to_be(length: int) -> Fault:
    def fault(answer: Answer, data: bytes) -> None:
        answer.head(200, ETag=etag_of(answer, data), **{"Content-Length": str(length)})
        answer.send(data[:length])

    return fault


def endless(answer: Answer, data: bytes) -> None:
    """Chunks without an end, though a length was told."""
    answer.head(200, **{"Content-Length": str(len(data)), "Transfer-Encoding": "chunked"})
    while not answer.close_connection or not answer.site.closing.is_set():
        try:
            answer.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
        except OSError:
            return


def silent(answer: Answer, data: bytes) -> None:
    """Half of it, and then nothing while the connection stays."""
    answer.head(200, ETag=etag_of(answer, data), **{"Content-Length": str(len(data))})
    answer.send(data[: len(data) // 2])
    answer.wfile.flush()
    answer.site.closing.wait(30)


def to(address: str) -> Fault:
    return lambda answer, _: answer.say(302, b"", Location=address)


@contextmanager
def serving(*months: str, certified: Path | None = None) -> Iterator[Site]:
    """A site while it is served; with months, it has published one archive of them.

    Over https with a key and certificate in one file.
    """
    site = Site()
    if months:
        site.publish(months[-1], archive_bytes(*months))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (Answer,), {"site": site}))
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    if certified:
        site.address = site.address.replace("http", "https")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certified)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with pytest.MonkeyPatch.context() as environment:
            for name in ("http_proxy", "https_proxy", "all_proxy"):
                environment.delenv(name, raising=False)
                environment.delenv(name.upper(), raising=False)
            yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
