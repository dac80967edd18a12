"""The figures of a partnership: counts, ratios, charts' limits, and the words for them.

Plain Python over numpy and scipy, usable as a library; nothing of Concerted is imported here.

- `counts`: change, rates, limits of a count, false alarms to expect of many comparisons
- `ratios`: two counts against each other (exact), a count beside what was expected, two shares
- `control`: limits of routine variation, signals, breaks; whether counts come in clusters
- `areas`: areas at one time: what to expect of each, funnel limits, the place among peers
- `projection`: where a year ends if the recent pattern holds
- `displacement`: a treated area beside an untreated one, before and after
- `targets`: how far a figure lies from its target
- `suppression`: which cells of a table may not be published, and which follow from the others
- `words`: the wording ladder

Functions of figures take numbers or arrays and answer in kind: arrays broadcast as numpy's do.
Those of one series, group, table or sentence take one. What is not known is never zero: NaN, a
negative count or a count that is not whole is refused (`NoFigure`, a ValueError with a sentence).

`suppression` alone loads scipy's optimiser, of 25 MB; the rest needs scipy.special, and no pandas.
"""
