"""The kinds of things that are found, and how they are counted together."""

from django.db import models


class Kind(models.TextChoices):
    """What one row of the index was made from."""

    MEETING = "meeting", "Meeting"
    ITEM = "item", "Minute"
    PARAGRAPH = "paragraph", "Minute, restricted paragraph"
    PASSAGE = "passage", "Minute, words withheld"
    DECISION = "decision", "Decision"
    ACTION = "action", "Action"
    UPDATE = "update", "Said of an action"
    PAPER = "paper", "Paper"
    RECOMMENDATION = "recommendation", "Recommendation"
    SECTION = "section", "Paragraph of a paper"
    APPENDIX = "appendix", "Appendix"


class Group(models.TextChoices):
    """Kinds as a reader asks for them: `kind:minutes`."""

    MEETINGS = "meetings", "Meetings"
    MINUTES = "minutes", "Minutes"
    DECISIONS = "decisions", "Decisions"
    ACTIONS = "actions", "Actions"
    PAPERS = "papers", "Papers"


GROUPS: dict[str, tuple[str, ...]] = {
    Group.MEETINGS: (Kind.MEETING,),
    Group.MINUTES: (Kind.ITEM, Kind.PARAGRAPH, Kind.PASSAGE),
    Group.DECISIONS: (Kind.DECISION,),
    Group.ACTIONS: (Kind.ACTION, Kind.UPDATE),
    Group.PAPERS: (Kind.PAPER, Kind.RECOMMENDATION, Kind.SECTION, Kind.APPENDIX),
}
GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


class Stands(models.TextChoices):
    """How an action stands, as a reader asks for it: `is:open`."""

    OPEN = "open", "Open"
    OVERDUE = "overdue", "Overdue"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"
