"""Areas beside each other: a map, or a tile for each where a map would be too fine."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from concerted.charts.svg import image, tag, text

Ring = Sequence[tuple[float, float]]


class Look(StrEnum):
    """Fill and edge say the same as the word: full is clearly above, and so on."""

    CLEARLY_ABOVE = "full"
    POSSIBLY_ABOVE = "edge"
    SAME = "plain"
    POSSIBLY_BELOW = "dash"
    CLEARLY_BELOW = "grey"
    NO_FIGURE = "plain void"


@dataclass(frozen=True, slots=True)
class Tile:
    """An area at a place of the grid: `row` 0 is the northernmost, `column` 0 the westernmost."""

    row: int
    column: int
    name: str
    figure: str
    word: str
    look: Look


@dataclass(frozen=True, slots=True)
class Shape:
    """An area as rings of longitude and latitude; a ring inside another is a hole."""

    name: str
    rings: Sequence[Ring]
    figure: str
    word: str
    look: Look


WIDTH, TILE_WIDTH, TILE_HEIGHT = 700, 132, 72


def tile_map(tiles: Sequence[Tile], *, name: str, title: str, says: str) -> Markup:
    """Tiles roughly where their areas lie. Raises ValueError where two have one place."""
    places = {(tile.row, tile.column) for tile in tiles}
    if len(places) != len(tiles):
        raise ValueError("Two areas have the same place on the grid.")
    width = (max((tile.column for tile in tiles), default=0) + 1) * TILE_WIDTH
    height = (max((tile.row for tile in tiles), default=0) + 1) * TILE_HEIGHT
    pieces = [piece for tile in tiles for piece in _tile(tile)]
    return image(name, width, height, pieces, title=title, says=says)


def _tile(tile: Tile) -> Iterator[Markup]:
    x, y = tile.column * TILE_WIDTH + 2, tile.row * TILE_HEIGHT + 2
    ink = " inv" if tile.look == Look.CLEARLY_ABOVE else ""
    yield tag(
        "rect",
        class_=tile.look.value,
        x=x,
        y=y,
        width=TILE_WIDTH - 4,
        height=TILE_HEIGHT - 4,
    )
    yield text(x + 8, y + 20, _cut(tile.name), f"b{ink}")
    yield text(x + 8, y + 40, tile.figure, f"b{ink}")
    yield text(x + 8, y + 59, tile.word, f"x{ink}")


def _cut(name: str, letters: int = 16) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


def area_map(shapes: Sequence[Shape], *, name: str, title: str, says: str) -> Markup:
    """The areas as they lie, north at the top; a degree of longitude as long as it is there.

    Each has its name, figure and word as a title, which the table beside it holds too. Raises
    ValueError where there is no outline.
    """
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    if not points:
        raise ValueError("There is no outline of these areas.")
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shorter = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 8) / max((east - west) * shorter, (north - south), 1e-9)
    height = math.ceil((north - south) * scale) + 8

    def placed(x: float, y: float) -> str:
        return f"{4 + (x - west) * shorter * scale:.1f} {4 + (north - y) * scale:.1f}"

    pieces = [
        tag(
            "path",
            tag("title", f"{shape.name}: {shape.figure}, {shape.word}"),
            class_=shape.look.value,
            fill_rule="evenodd",
            d="".join(f"M{'L'.join(placed(x, y) for x, y in ring)}z" for ring in shape.rings),
        )
        for shape in sorted(shapes, key=lambda shape: shape.look in (Look.SAME, Look.NO_FIGURE))
    ]
    return image(name, WIDTH, height, pieces, title=title, says=says)
