"""Where an issue of an agenda can stand, and what it says of an item."""

from django.db import models


class IssueState(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved by the chair"
    PUBLISHED = "published", "Published"


# What was approved and is changed again is a draft again; what is published stays.
NEXT: dict[str, frozenset[str]] = {
    IssueState.DRAFT: frozenset({IssueState.APPROVED}),
    IssueState.APPROVED: frozenset({IssueState.DRAFT, IssueState.PUBLISHED}),
    IssueState.PUBLISHED: frozenset(),
}


class Change(models.TextChoices):
    ADDED = "added", "Added"
    WITHDRAWN = "withdrawn", "Withdrawn"
