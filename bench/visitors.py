"""Members in a process of their own: `python -m bench.visitors PORT SECONDS`, told by its input.

As JSON: each visitor's cookie, the path and, if it is sent, the form; and the `pause` between what
one does. Each has a connection that stays open. Without a pause they ask as fast as answers come.
It prints the seconds that each answer took, and how many were wrong.
"""

import http.client
import json
import random
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

HEADERS = {"Accept-Encoding": "gzip", "Connection": "keep-alive"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "X-Live": "1"}
MORE = "\nMr Wren said that two lamps are out. AGREED that they be mended."


def visit(port: int, until: float, pause: float, one: dict[str, Any], kept: list[Any]) -> None:
    chance = random.Random(one["cookie"])
    line = http.client.HTTPConnection("localhost", port, timeout=30)
    headers = HEADERS | {"Cookie": one["cookie"]} | (FORM if one["form"] else {})
    form = one["form"]
    # Nobody begins to type in the same moment as all the others.
    time.sleep(chance.uniform(0, pause))
    done = 0
    while time.monotonic() < until:
        path = one["paths"][done % len(one["paths"])]
        if form:
            # What is typed grows to a page and begins again, as under the next item.
            form["text"] = one["text"] + MORE * (done % 12)
        began = time.monotonic()
        line.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = line.getresponse()
        answer.read()
        kept.append((time.monotonic() - began, answer.status))
        done += 1
        time.sleep(pause * chance.uniform(0.5, 1.5))


def main() -> None:
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    told = json.load(sys.stdin)
    kept: list[Any] = []
    began, used = time.monotonic(), time.process_time()
    visitors = [
        threading.Thread(target=visit, args=(port, began + seconds, told["pause"], one, kept))
        for one in told["visitors"]
    ]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    found = {
        "taken": [taken for taken, _ in kept],
        "statuses": sorted({status for _, status in kept}),
        "wrong": sum(status != 200 for _, status in kept),
        "seconds": time.monotonic() - began,
        "cpu": time.process_time() - used,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
