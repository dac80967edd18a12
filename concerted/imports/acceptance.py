"""What acceptance makes of a review and its answers: bodies, people, the meeting, its actions."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from concerted.access.actor import Actor
from concerted.actions.public import Action, How, Owners, Source, agree, close
from concerted.actions.public import visible_to as actions_visible_to
from concerted.documents.public import Document
from concerted.imports.matching import is_ambiguous, plain
from concerted.imports.remembering import remember
from concerted.imports.review import (
    ALL_SEATS,
    AS_PRINTED,
    LEAVE_OUT,
    NEW_PERSON,
    NOWHERE,
    OUTCOMES,
    REPLACE,
    RESTRICT,
    Detailed,
    Review,
    personal_of,
)
from concerted.meetings.public import (
    Item,
    Meeting,
    NewDecision,
    NewItem,
    NewLimb,
    NewMeeting,
    NewName,
    NewReference,
    may_record,
    plan,
    record,
    state_of,
)
from concerted.people.public import (
    Body,
    Learned,
    Organisation,
    Person,
    add_body,
    add_organisation,
    add_person,
    also_known_as,
    bodies_visible_to,
    kinds_visible_to,
    known_openly,
    known_within,
    names_learned,
    organisations_visible_to,
    people_visible_to,
    renewed,
)
from concerted.reading.model import Action as ReadAction
from concerted.reading.model import Decision as ReadDecision

Answers = Mapping[str, Any]
LABEL = r"(?:(?i:\bactions?)\s*[:–-]\s*)?"  # what minutes print before an action
LONGEST_NAME = 160


def make_records(
    actor: Actor,
    *,
    review: Review,
    answers: Answers,
    document: Document | None = None,
    apart: bool = False,
    held: bool = False,
    with_office: bool = False,
) -> tuple[Actor, Meeting]:
    """Make the records; returns the actor as they stand afterwards, and the meeting.

    What is `held`, because of its marking, is for the body's office alone until its owner says;
    `with_office` are minutes that were drafted here, until they are circulated.

    An agenda becomes a planned meeting: never minutes. `apart` says that it is another meeting
    than the one on record of that day.
    """
    actor, body = _body(actor, review, answers)
    if review.reading.kind == "agenda":
        return actor, _plan(actor, body, review, answers, document, held)
    attendance = _attendance(actor, body, review, answers)
    words = Words(review, answers)
    meeting, items = record(
        actor,
        minutes=NewMeeting(
            body=body,
            held_on=answers["held_on"],
            starts_at=answers["starts_at"],
            venue=answers["venue"],
            status_as_printed=answers["status"],
            state=state_of(answers["status"]),
            next_meeting_on=answers["next_meeting"],
            attendance=[name for name in attendance if name],
            items=_items(review, answers, words),
            document=document,
            apart=apart,
            held=held,
            with_office=with_office,
        ),
    )
    record_actions(actor, meeting, items, attendance, review, answers, words)
    _close(actor, meeting, items, review, answers)
    remember(actor, review=review, answers=answers, attendance=attendance, meeting=meeting)
    return actor, meeting


def _body(actor: Actor, review: Review, answers: Answers) -> tuple[Actor, Body]:
    read = review.meeting.body
    if answers["body"] != NEW_PERSON:
        body = bodies_visible_to(actor).get(key=answers["body"])
        may_record(actor, body).enforce()
        if read and len(str(read.value)) <= LONGEST_NAME:
            also_known_as(actor, thing=body, name=str(read.value), within=body)
        return actor, body
    kind = kinds_visible_to(actor).get(name=answers["body_kind"])
    body = add_body(actor, name=answers["body_name"], kind=kind)
    return renewed(actor), body


def _plan(
    actor: Actor,
    body: Body,
    review: Review,
    answers: Answers,
    document: Document | None,
    held: bool,
) -> Meeting:
    words = Words(review, answers)
    return plan(
        actor,
        body=body,
        held_on=answers["held_on"],
        starts_at=answers["starts_at"],
        venue=answers["venue"],
        items=[
            NewItem(
                ref=answers[f"i{place}_ref"],
                title=words.of(answers[f"i{place}_title"]),
                sub_items=[(letter, words.of(text)) for letter, text in item.sub_items],
                text="",
            )
            for place, item in enumerate(review.meeting.items)
        ],
        document=document,
        held=held,
    )


class Words:
    """The text that members will see: each personal detail kept, replaced or withheld."""

    def __init__(self, review: Detailed, answers: Answers, withheld: Sequence[str] = ()) -> None:
        """`withheld` are words that go without being asked about."""
        self.changes = [
            (value, answers[name], answers.get(f"{name}_with", ""))
            for name, _, value in personal_of(review)
            if answers[name] in (REPLACE, RESTRICT)
        ]
        self.changes += [(value, RESTRICT, "") for value in withheld]
        # The longest first: a surname alone must not cut a full name in two.
        self.changes.sort(key=lambda change: -len(change[0]))
        self.pattern = re.compile("|".join(f"({_anywhere(one[0])})" for one in self.changes))

    def of(self, text: str, withheld: list[str] | None = None) -> str:
        """The text with its changes; what is withheld goes to the list, and a number stands there.

        Without a list (a decision, an action) what is withheld is only marked as such.
        """
        if not self.changes:
            return text

        def change(found: re.Match[str]) -> str:
            value, what, instead = self.changes[(found.lastindex or 1) - 1]
            if what == REPLACE:
                return instead or "…"
            if withheld is None:
                return "[withheld]"
            if value not in withheld:
                withheld.append(value)
            return f"[withheld {withheld.index(value) + 1}]"

        # In one pass: the words that stand instead of one detail are not searched for others.
        return self.pattern.sub(change, text)


def _anywhere(value: str) -> str:
    """A pattern for whole words, however the text breaks its lines between them."""
    words = r"\s+".join(re.escape(word) for word in value.split())
    return rf"(?<!\w){words}(?!\w)"


def _items(review: Review, answers: Answers, words: Words) -> list[NewItem]:
    items = []
    added = _placed(review, answers)
    for place, item in enumerate(review.meeting.items):
        withheld: list[str] = []
        text = "\n".join([_narrative(review, answers, place), *added.get(place, [])])
        items.append(
            NewItem(
                key=answers.get(f"i{place}_key", ""),
                ref=answers[f"i{place}_ref"],
                title=words.of(answers[f"i{place}_title"]),
                part=item.part,
                sub_items=[(letter, words.of(sub)) for letter, sub in item.sub_items],
                text=words.of(text, withheld),
                withheld=withheld,
                references=[
                    NewReference(
                        one.ref,
                        one.date,
                        printed=words.of(review.reading.text[one.span.start : one.span.end]),
                    )
                    for one in item.references
                ],
                decisions=[
                    NewDecision(
                        code=answers[f"d{place}_{number}_0"],
                        text=words.of(decision.text),
                        doubt=_doubt(decision, answers, f"d{place}_{number}"),
                        limbs=[
                            NewLimb(
                                code=answers[f"d{place}_{number}_{which}"],
                                text=words.of(limb.text),
                                letter=limb.letter,
                            )
                            for which, limb in enumerate(decision.limbs)
                        ],
                    )
                    for number, decision in enumerate(item.decisions)
                ],
            )
        )
    return items


def _doubt(decision: ReadDecision, answers: Answers, prefix: str) -> str:
    """Where the outcome on record is not what the words say, both; else nothing."""
    for which, limb in enumerate(decision.limbs):
        chosen = answers[f"{prefix}_{which}"]
        if limb.code not in (chosen, "other"):
            return f"the words say {OUTCOMES[limb.code]}, the record {OUTCOMES[chosen]}."
    return ""


def _narrative(review: Review, answers: Answers, place: int) -> str:
    """The text of an item without what stands below it as records: decisions, marked actions."""
    item = review.meeting.items[place]
    recorded = [decision.text for decision in item.decisions]
    for number, action in enumerate(review.meeting.actions):
        followed = answers[f"a{number}_follow"] or answers.get(f"a{number}_recorded")
        if action.item == place and followed:
            recorded.append(review.reading.text[action.span.start : action.span.end])
    text = item.text
    for words in filter(str.strip, recorded):
        text = re.sub(LABEL + _anywhere(words), "", text, count=1)
    return "\n".join(line for line in text.split("\n") if line.strip())


def _placed(review: Review, answers: Answers) -> dict[int, list[str]]:
    """Lines that the reader could not place and a person gave to an item."""
    texts = [one.text for one in review.meeting.unplaced if one.kind == "text"]
    added: dict[int, list[str]] = {}
    for place, text in enumerate(texts):
        chosen = answers.get(f"u{place}", NOWHERE)
        if chosen != NOWHERE:
            added.setdefault(int(chosen), []).append(text)
    return added


def _attendance(actor: Actor, body: Body, review: Review, answers: Answers) -> list[NewName | None]:
    """One entry a name of the lists, in order; None for what was left out."""
    organisations = {one.key: one for one in organisations_visible_to(actor)}
    bodies = {one.key: one for one in bodies_visible_to(actor)}
    people = {one.key: one for one in people_visible_to(actor)}
    learned, here = names_learned(actor), names_learned(actor, within=body)
    called = {
        name: one
        for one in organisations.values()
        for name in _names_of(one, learned)
        # Said to be another one on the page: then it is not this one.
        if review.organisations.get(name) is None
    }
    new_people: dict[tuple[str, str], Person] = {}
    new_organisations: dict[str, Organisation] = {}
    made: list[NewName | None] = []
    for place, (read, match) in enumerate(review.matches):
        who = answers[f"n{place}_who"]
        if who == LEAVE_OUT:
            made.append(None)
            continue
        name = answers[f"n{place}_name"]
        printed = answers[f"n{place}_organisation"]
        organisation, representing = None, None
        if printed:
            chosen = _chosen(review, answers, printed)
            organisation = organisations.get(chosen) or called.get(plain(printed))
            representing = None if organisation else bodies.get(chosen)
            if not organisation and not representing:
                organisation = new_organisations.get(plain(printed)) or add_organisation(
                    actor, name=printed, met_in=body
                )
                new_organisations[plain(printed)] = organisation
            elif organisation and plain(printed) not in _names_of(organisation, here):
                if is_ambiguous(printed):
                    known_within(actor, organisation=organisation, body=body, name=printed)
                else:
                    also_known_as(actor, thing=organisation, name=printed, within=body)
        if who == NEW_PERSON:
            once = (plain(name), plain(printed))
            person = new_people.get(once) or add_person(actor, name=name, met_in=body)
            new_people[once] = person
        else:
            person = people[who]
            # What other papers taught the secretary is learned here as if it were new.
            elsewhere = _names_of(person, learned) - _names_of(person, here)
            if (match.perhaps or plain(read.name) in elsewhere) and len(read.name) <= LONGEST_NAME:
                also_known_as(actor, thing=person, name=read.name, within=body)
        made.append(
            NewName(
                attended=answers[f"n{place}_list"],
                name=name,
                organisation_name=printed,
                role=(read.role or "")[:200],
                person=person,
                organisation=organisation,
                representing=representing,
            )
        )
    if not body.hidden:
        named = [(one.person, one.organisation) for one in made if one]
        known_openly(actor, things=filter(None, dict.fromkeys(chain.from_iterable(named))))
    return made


def _names_of(thing: Organisation | Person, learned: Learned) -> set[str]:
    short = thing.short_name if isinstance(thing, Organisation) else ""
    return {plain(name) for name in (thing.name, short, *learned.of(thing)) if name}


def _chosen(review: Review, answers: Answers, printed: str) -> str:
    """The key of the organisation or body that the printed words were found or said to be."""
    match = review.organisations.get(plain(printed))
    if match is None:
        return ""
    if match.same:
        return match.same.key
    return str(answers.get(match.why, "")) if match.perhaps else ""


def record_actions(
    actor: Actor,
    meeting: Meeting,
    items: Sequence[Item],
    attendance: Sequence[NewName | None],
    review: Review,
    answers: Answers,
    words: Words,
) -> list[Action]:
    """Make records of the actions that are to be followed, each under its item."""
    made = []
    organisations = {one.key: one for one in organisations_visible_to(actor)}
    bodies = {one.key: one for one in bodies_visible_to(actor)}
    for prefix, read, how in _followed(review, answers):
        owner = answers[f"{prefix}_owner"]
        owners = _owners(owner, attendance, organisations, bodies)
        # Somebody left out of the lists owns nothing on record: then the words stand.
        as_printed = owner in (AS_PRINTED, ALL_SEATS) or (
            owner.startswith("name:") and not owners.people
        )
        item = _under(items, read.item)
        made.append(
            agree(
                actor,
                body=meeting.body,
                text=words.of(answers[f"{prefix}_text"]),
                agreed_on=meeting.held_on,
                source=_source(meeting, item),
                how=how,
                due=answers[f"{prefix}_due"],
                due_text=words.of(read.due_text or "")[:120],
                owner_text=words.of(read.owner or "")[:200] if as_printed else "",
                all_seats=owner == ALL_SEATS,
                owners=owners,
                audience_id=item.audience_id if item else meeting.minutes_audience_id,
                done=(read.status or "").lower().startswith("complete"),
            )
        )
    return made


def _source(meeting: Meeting, item: Item | None) -> Source:
    minute = f", minute {item.ref}" if item and item.ref else ""
    return Source(
        kind="meetings.item" if item else "meetings.meeting",
        id=item.pk if item else meeting.pk,
        key=meeting.key,
        label=f"{meeting.body.name}, {_in_words(meeting)}{minute}",
        route="meetings:detail",
    )


def _in_words(meeting: Meeting) -> str:
    return f"{meeting.held_on.day} {meeting.held_on:%B %Y}"


def _close(
    actor: Actor, meeting: Meeting, items: Sequence[Item], review: Review, answers: Answers
) -> None:
    """Close the earlier actions that the person ticked, on the word of these minutes."""
    for name, closing in review.closing.items():
        if answers[name]:
            item = _under(items, closing.item)
            minute = f"minute {item.ref}" if item and item.ref else "the minutes"
            close(
                actor,
                action=actions_visible_to(actor).get(key=closing.action.key),
                said_on=meeting.held_on,
                source=_source(meeting, item),
                note=f"Completed: {minute} of {_in_words(meeting)}",
            )


def _under(items: Sequence[Item], place: int | None) -> Item | None:
    """The item an action stands under; for one of a list after all items, the last of them."""
    if not items:
        return None
    return items[place] if place is not None and place < len(items) else items[-1]


def _owners(
    chosen: str,
    attendance: Sequence[NewName | None],
    organisations: Mapping[str, Organisation],
    bodies: Mapping[str, Body],
) -> Owners:
    """Those that an answer like `name:3+organisation:KEY` stands for."""
    pairs = [part.partition(":")[::2] for part in chosen.split("+")]
    names = [attendance[int(key)] for kind, key in pairs if kind == "name"]
    return Owners(
        organisations=[organisations[key] for kind, key in pairs if kind == "organisation"],
        bodies=[bodies[key] for kind, key in pairs if kind == "body"],
        people=[name.person for name in names if name and name.person],
    )


def _followed(review: Review, answers: Answers) -> list[tuple[str, ReadAction, str]]:
    marked = [(f"a{n}", one, How.MARKED) for n, one in enumerate(review.meeting.actions)]
    offered = [(f"o{n}", one, How.OFFERED) for n, one in enumerate(review.meeting.implied_actions)]
    # What closes an earlier action tells of that one: it is no action of its own.
    closes = {f"a{one.said}" for name, one in review.closing.items() if answers[name]}
    return [
        (prefix, one, how)
        for prefix, one, how in (*marked, *offered)
        if answers[f"{prefix}_follow"] and prefix not in closes
    ]
