"""Calls follow their item, comments their paper, when that is closed, hidden or opened."""

from typing import Any

from django.db.models import QuerySet

from concerted.documents.public import Document, Version
from concerted.imports.public import File, Handover
from concerted.meetings.public import Item, Meeting
from concerted.paper_calls.models import Call, Comment, CommentCall, Delivery
from concerted.papers.public import Paper
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    """A call for a restricted item is for those who see it; once that is open, for its own."""
    if isinstance(thing, Item):
        calls: QuerySet[Call] = Call.objects.filter(item_key=thing.key)
    else:
        calls = Call.objects.filter(meeting=thing)
    for call in calls.select_for_update():
        to = call.home_id if move.home else move.to
        if not isinstance(thing, Item) and call.audience_id not in (call.home_id, move.before):
            continue  # its item is restricted on its own
        before, call.audience_id = call.audience_id, to
        call.save(update_fields=["audience"])
        deliveries = Delivery.objects.filter(call=call)
        files = File.objects.filter(pk__in=deliveries.values("file"))
        versions = Version.objects.filter(pk__in=files.values("version"), audience_id=before)
        rows: list[QuerySet[Any]] = [
            Document.objects.filter(pk__in=list(versions.values_list("document", flat=True))),
            versions,
            Handover.objects.filter(pk__in=list(files.values_list("handover", flat=True))),
            files,
            deliveries,
        ]
        for each in rows:
            each.filter(audience_id=before).update(audience_id=to)


def follow_paper(paper: Paper, move: Move) -> None:
    moved(CommentCall.objects.filter(paper=paper), move)
    moved(Comment.objects.filter(call__paper=paper), move)
