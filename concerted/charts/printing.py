"""A picture as it stands in a file of its own: classes become strokes and greys that print."""

import html
import re
from dataclasses import dataclass

# As frontend/_charts.scss has them, in black and greys.
STYLE = """
text{font-family:"DejaVu Sans";font-size:14px;fill:#0b0c0c}
.h,.b{font-weight:bold}
.h{paint-order:stroke;stroke:#fff;stroke-width:5px;stroke-linejoin:round}
.s{fill:#505a5f;font-size:13px}
.x{font-size:12px}
.inv{fill:#fff}
.line{fill:none;stroke:#222;stroke-width:2.5;stroke-linejoin:round}
.line2{fill:none;stroke:#595b5c;stroke-width:2;stroke-dasharray:2 4}
.dot{fill:#222}
.dot2{fill:#fff;stroke:#595b5c;stroke-width:2}
.sig{fill:#fff;stroke:#0b0c0c;stroke-width:3}
.band{fill:#ececec}
.mean{stroke:#0b0c0c;stroke-width:1.5}
.lim{stroke:#595b5c;stroke-width:1.5;stroke-dasharray:7 5}
.axis,.hair{stroke:#595b5c;stroke-width:1}
.grid{stroke:#dcdedf;stroke-width:1}
.brk{stroke:#0b0c0c;stroke-width:2;stroke-dasharray:3 3}
.full{fill:#222;stroke:#222}
.plain{fill:#fff;stroke:#595b5c;stroke-width:1.5}
.ink{fill:#0b0c0c}
.edge{fill:#fff;stroke:#0b0c0c;stroke-width:3}
.dash{fill:#fff;stroke:#595b5c;stroke-width:1.5;stroke-dasharray:4 3}
.grey{fill:#cfd3d3;stroke:#595b5c;stroke-width:1}
.path{fill:none;stroke:#0b0c0c;stroke-width:2.5}
.mw{fill:none;stroke:#fff;stroke-width:2.5}
"""
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_SAYS = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """SVG that stands alone, and the words for who does not see it."""

    svg: str
    alt: str


def picture(drawn: str) -> Picture:
    """A picture of this package, with its styles and its words."""
    words = [
        html.unescape(one.group(1)) for one in (_TITLE.search(drawn), _SAYS.search(drawn)) if one
    ]
    head, rest = drawn.split(">", 1)
    told = f'{head} xmlns="http://www.w3.org/2000/svg"><style>{STYLE}</style>{rest}'
    return Picture(told, ". ".join(one.rstrip(".") for one in words) + ".")
