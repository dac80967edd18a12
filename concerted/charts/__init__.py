"""Charts as SVG, drawn here: no script, no inline style, readable in black and white.

- `runs`: a measure month by month with its limits of routine variation; large, or one of many
- `lines`: a period beside the one before it
- `intervals`: a ratio with its interval, for a row of a table
- `areas`: a map, and tiles in its stead
- `marks`: the shape that stands with each word
- `svg`, `scales`: what they are made of

Plain Python: numbers and words come in, `Markup` goes out. The words that a chart shows beside it,
its title and its description are made with it, so that nobody has to see it to know what it says.
The rules are those of the design: bars and small charts start at zero, a run chart that does not
says so, no line is joined across a break or a month without a figure.
"""
