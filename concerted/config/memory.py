"""How a web worker collects its garbage."""

import gc

# Objects made until the youngest are looked through; Python's own 700 are two passes a page.
YOUNGEST, YOUNG, OLD = 10_000, 50, 50


def settle() -> None:
    """Leave what is loaded by now out of every later collection, and collect less often.

    What a worker has loaded stays until it ends, yet Python goes through it again and again: a
    tenth of a page's processor time. Called once, when the application is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNGEST, YOUNG, OLD)
