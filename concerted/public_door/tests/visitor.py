"""A visitor of the public door in this process, who reads what the test pushed."""

import gzip
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from django.db import connections

from concerted.public_door.door import Door
from concerted.public_door.shelf import Shelf


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


def the_tests_connection() -> Any:
    """What the test pushed is not committed: the door reads on the same connection."""
    connections["edition"].ensure_connection()
    return connections["edition"].connection


@dataclass
class Visitor:
    """Asks as a browser does; every answer is checked against the rules of WSGI."""

    door: Any = field(
        default_factory=lambda: Door(Shelf(the_tests_connection), hosts=["public.example.org"])
    )
    host: str = "public.example.org"

    def get(self, address: str, method: str = "GET", **headers: str) -> Answer:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.host,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": None,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        told: dict[str, Any] = {}

        def start(status: str, given: list[tuple[str, str]], _: Any = None) -> Any:
            told.update(status=int(status[:3]), headers=dict(given), names=[n for n, _ in given])

        sent = self.door(environ, start)
        assert len(told["names"]) == len(told["headers"]), "a header is sent twice"
        return Answer(told["status"], told["headers"], b"".join(sent))
