"""The labels of a report's head: which words before a colon or a bar announce which value."""

import re

from concerted.reading.lines import Line, squeeze

_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{words})$"))
    for kind, words in (
        (
            "title",
            r"(?:report |agenda item |item |paper )?(?:title|subject)"
            r"(?: of (?:the )?(?:report|paper|item))?"
            r"|name of (?:report|paper)|report name|re",
        ),
        ("presented", r"(?:to be )?(?:presented|submitted) to|for (?:consideration|decision) by"),
        (
            "body",
            r"report to|to|(?:name of )?(?:committee|board|meeting|body|panel|group|forum)"
            r"(?: name| of)?|decision[- ]mak(?:er|ing body)|meeting(?:/| or )committee|"
            r"committee(?:/| or )(?:board|meeting)",
        ),
        (
            "date",
            r"date(?: of (?:the )?(?:meeting|committee|board|decision|report))?|"
            r"(?:meeting|report|committee|board) date",
        ),
        ("by", r"(?:report )?presented by|presenter|presenting officer"),
        (
            "author",
            r"(?:joint )?report (?:of|by|from|author)|reporting officer|report(?:'s)? authors?|"
            r"authors?|(?:prepared|written|submitted) by|(?:originating|lead|responsible) officer|"
            r"from|(?:responsible|corporate|strategic|service) director|author/lead officer",
        ),
        (
            "lead",
            r"(?:lead |relevant )?(?:cabinet|executive) (?:member|portfolio)|"
            r"(?:relevant |cabinet )?portfolio(?: holders?)?|lead (?:member|director)|"
            r"(?:executive |board )?sponsors?|(?:executive|strategic) lead|sponsoring director|"
            r"lead cabinet member",
        ),
        ("item", r"(?:agenda )?item(?: (?:no|number|ref))?|agenda (?:no|number|ref)"),
        (
            "marking",
            r"(?:security |protective )?(?:classification|marking)|(?:report |publication )?status|"
            r"exempt(?:ion)?(?: information)?|confidentiality|publication|"
            r"(?:open|public|confidential) or (?:exempt|private|closed)|handling",
        ),
        ("asked_for", r"for|purpose|(?:this )?(?:paper|report)(?: is)? for|actions?(?: required)?"),
        ("organisation", r"organisation|agency|authority"),
        (
            "nothing",
            r"wards?.{0,30}|key decision|forward plan.{0,30}|"
            r"(?:report )?(?:no|ref|reference|number)|decision type|call[- ]in|version|enclosures?|"
            r"time|venue|place|location|directorate|department|service(?: area)?|"
            r"reason for urgency|urgent",
        ),
    )
)


def label_of(line: Line) -> tuple[str, Line] | None:
    """The kind of a ``Label: value`` or ``Label | value`` line, and the value (perhaps empty)."""
    lead = len(line.text) - len(line.text.lstrip("| *"))
    bare = line.part(lead, len(line.text.rstrip("| *")))
    found = re.match(r"(?P<label>[A-Za-z][\w ()/’'.-]{0,48}?)[ *]*(?P<sign>[:|])[ *|]*", bare.text)
    if found is None:
        return None
    words = squeeze(found["label"]).lower().replace("’", "'").replace("(s)", "s").strip(" .*")
    for kind, pattern in _LABELS:
        if pattern.match(words):
            return kind, bare.part(found.end())
    return None
