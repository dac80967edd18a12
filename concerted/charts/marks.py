"""The shape that stands with a word, so that no colour carries a meaning."""

from enum import StrEnum

from markupsafe import Markup

from concerted.charts.svg import hidden, tag


class Mark(StrEnum):
    CLEAR_UP = "clear_up"
    CLEAR_DOWN = "clear_down"
    POSSIBLE_UP = "possible_up"
    POSSIBLE_DOWN = "possible_down"
    SAME = "same"
    NO_FIGURE = "no_figure"


PATHS = {
    Mark.CLEAR_UP: ("i", "M8 1 15 15H1z"),
    Mark.CLEAR_DOWN: ("i", "M8 15 15 1H1z"),
    Mark.POSSIBLE_UP: ("o", "M8 3 14 14.4H2z"),
    Mark.POSSIBLE_DOWN: ("o", "M8 13 14 1.6H2z"),
    Mark.SAME: ("l", "M2 8h12"),
}


def mark(which: Mark | str) -> Markup:
    """A full triangle is clear, an open one possible; a dash no clear change, a ring no figure."""
    which = Mark(which)
    if which == Mark.NO_FIGURE:
        return hidden(16, 16, [tag("circle", class_="d", cx=8, cy=8, r=6)], "app-shape")
    class_, path = PATHS[which]
    return hidden(16, 16, [tag("path", class_=class_, d=path)], "app-shape")
