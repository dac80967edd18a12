"""The words that the council agenda system's form prints around its values."""

LABELS = ("date:", "time:", "place:", "venue:")
COLUMNS = ("item description decision", "item description", "itemdescriptiondecision")
PARTS = {
    "public": "public",
    "confidential": "confidential",
    "part 2": "confidential",
    "exempt": "confidential",
    "private": "confidential",
}
PREAMBLES = frozenset({"preamble", "itempreamble", "item preamble"})
