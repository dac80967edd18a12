"""A paper says what it said when it came: a later one is a new paper, its file a new version."""

from django.db import migrations

from concerted.access.on_record import OnRecord


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_file_may_be_hidden")]
    operations = [
        OnRecord(
            "papers_paper",
            [
                *("key", "body_id", "title", "dated_on", "author_text", "contact_post"),
                *("marking", "exempt_reason", "purpose", "summary", "accepted_at"),
            ],
        ),
        OnRecord("papers_recommendation", ["key", "paper_id", "position", "ref", "text", "parts"]),
        OnRecord("papers_paragraph", ["paper_id", "position", "ref", "heading", "text"]),
        OnRecord(
            "papers_appendix", ["key", "paper_id", "position", "ref", "title", "marking", "here"]
        ),
        OnRecord(
            "papers_presentation", ["key", "paper_id", "position", "body_name", "on", "item_ref"]
        ),
    ]
