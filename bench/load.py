"""A load generator in a process of its own: `python -m bench.load PORT SECONDS CONNECTIONS PATH…`.

It asks for each path in turn on connections that stay open, waits for the whole answer on each, and
prints as JSON how many it got, how many were wrong, and its own processor time.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass
class Line:
    """A connection with the answer that it waits for."""

    socket: socket.socket
    place: int
    missing: int


def request(path: str) -> bytes:
    return (f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n").encode()


def whole_answer(port: int, path: str) -> bytes:
    """One answer, to know its length: the same bytes come each time."""
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.sendall(request(path))
        got = b""
        while b"\r\n\r\n" not in got:
            got += one.recv(65536)
        head, _, body = got.partition(b"\r\n\r\n")
        [length] = [
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ]
        while len(body) < length:
            body += one.recv(65536)
        return head + b"\r\n\r\n" + body


def load(port: int, seconds: float, connections: int, paths: Sequence[str]) -> dict[str, float]:
    """Ask as fast as answers come. `wrong` counts answers that do not begin with 200."""
    asked = [request(path) for path in paths]
    lengths = [len(whole_answer(port, path)) for path in paths]
    poll = selectors.DefaultSelector()
    for number in range(connections):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        place = number % len(paths)
        poll.register(one, selectors.EVENT_READ, Line(one, place, lengths[place]))
        one.sendall(asked[place])
    done = wrong = 0
    began, used = time.monotonic(), time.process_time()
    while time.monotonic() - began < seconds:
        for key, _ in poll.select(1):
            line = key.data
            got = line.socket.recv(65536)
            if not got:
                raise RuntimeError("The server closed a connection.")
            if line.missing == lengths[line.place] and not got.startswith(b"HTTP/1.1 200"):
                wrong += 1
            line.missing -= len(got)
            if line.missing <= 0:
                done += 1
                line.place = (line.place + connections) % len(paths)
                line.missing = lengths[line.place]
                line.socket.sendall(asked[line.place])
    passed = time.monotonic() - began
    for key in list(poll.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return {
        "done": done,
        "wrong": wrong,
        "seconds": passed,
        "cpu": time.process_time() - used,
    }


if __name__ == "__main__":
    number, seconds, connections, *paths = sys.argv[1:]
    print(json.dumps(load(int(number), float(seconds), int(connections), paths)))
