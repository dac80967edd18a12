"""What acceptance makes of a report and its answers: a paper, with what it recommends."""

from collections.abc import Mapping
from typing import Any

from concerted.access.actor import Actor
from concerted.documents.public import Version
from concerted.imports.acceptance import Answers, Words
from concerted.imports.paper_review import AS_PRINTED, HELD, NOT_SAID, PaperReview
from concerted.imports.review import NOWHERE
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.papers.public import (
    NewAppendix,
    NewPaper,
    NewParagraph,
    NewPresentation,
    NewRecommendation,
    Paper,
    Tier,
    accept,
)
from concerted.people.public import (
    Body,
    also_known_as,
    bodies_visible_to,
    organisations_visible_to,
    posts_visible_to,
)

LONGEST_NAME = 160


def make_paper(
    actor: Actor,
    *,
    review: PaperReview,
    answers: Answers,
    version: Version,
    working: int | None = None,
) -> Paper:
    """Make the paper. Whom to contact is in none of its words: the post only."""
    report = review.reading
    bodies = {one.key: one for one in bodies_visible_to(actor)}
    body = bodies[answers["body"]]
    words = Words(
        review, answers, withheld=[one.value for one in report.contact if len(one.value) > 2]
    )
    organisation = answers["organisation"]
    post = answers.get("author_post") or AS_PRINTED
    reason = report.exempt_reason
    paper = accept(
        actor,
        new=NewPaper(
            body=body,
            title=words.of(answers["title"]),
            version=version,
            dated_on=answers["held_on"],
            author_text=words.of(answers["author"]),
            author=None if post == AS_PRINTED else posts_visible_to(actor).get(key=post),
            organisation=None
            if organisation == NOT_SAID
            else organisations_visible_to(actor).get(key=organisation),
            contact_post=words.of(answers["contact_post"]),
            tier=Tier.SENSITIVE if answers.get("held") == HELD else Tier.OFFICIAL,
            marked=review.marked,
            working=working,
            marking=answers["marking"],
            exempt_reason=str(reason.value)[:400] if reason else "",
            review_on=answers.get("review_on"),
            purpose=words.of(str(report.purpose.value)) if report.purpose else "",
            summary=words.of(str(report.summary.value)) if report.summary else "",
            recommendations=[
                NewRecommendation(
                    answers[f"r{place}_ref"],
                    words.of(answers[f"r{place}_text"] or point.text),
                    [(letter, words.of(text)) for letter, text in point.parts],
                )
                for place, point in enumerate(report.recommendations)
                if answers[f"r{place}_keep"]
            ],
            paragraphs=_paragraphs(review, answers, words),
            appendices=[
                NewAppendix(
                    one.ref,
                    words.of(answers[f"x{place}_title"]),
                    answers[f"x{place}_marking"],
                    one.here,
                )
                for place, one in enumerate(report.appendices)
            ],
            presentations=_presentations(actor, review, answers, bodies),
        ),
    )
    if report.body and len(str(report.body.value)) <= LONGEST_NAME:
        also_known_as(actor, thing=body, name=str(report.body.value), within=body)
    return paper


def _paragraphs(review: PaperReview, answers: Answers, words: Words) -> list[NewParagraph]:
    """The text that members read: purpose and summary stand apart, what is added in its place."""
    report = review.reading
    added: dict[int, list[str]] = {}
    unplaced = [one.text for one in report.unplaced if one.kind == "text"]
    for place, text in enumerate(unplaced):
        chosen = answers.get(f"u{place}") or NOWHERE
        if chosen != NOWHERE:
            added.setdefault(int(chosen), []).append(text)
    made = []
    for place, one in enumerate(review.told):
        section = report.sections[one.section] if one.section is not None else None
        text = "\n".join([one.text, *added.get(place, [])])
        heading = (section.title or "") if section is not None else ""
        made.append(NewParagraph(one.ref or "", words.of(heading)[:200], words.of(text)))
    return made


def _presentations(
    actor: Actor, review: PaperReview, answers: Answers, bodies: Mapping[str, Body]
) -> list[NewPresentation]:
    made = []
    for place, going in enumerate(review.goings):
        chosen: Any = answers[f"g{place}_body"]
        if chosen == NOWHERE:
            continue
        body = bodies.get(chosen)
        on = answers[f"g{place}_on"]
        meeting = (
            meetings_visible_to(actor)
            .filter(body=body, held_on=on)
            .exclude(state="cancelled")
            .first()
            if body and on
            else None
        )
        made.append(
            NewPresentation(
                body_name=(body.name if body else going.body_name)[:LONGEST_NAME],
                body=body,
                on=on,
                item_ref=answers[f"g{place}_item"],
                meeting_key=meeting.key if meeting else "",
            )
        )
    return made
