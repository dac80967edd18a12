"""What the leak check looks for: the keys, titles and marked phrases of restricted things.

Runs with the wall open (`editions.wall`) and hands its finds to nobody but `editions.checking`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import F, Model, Q, QuerySet

from concerted.access.models import Audience, AudienceKind, Restricted
from concerted.editions.finding import Watched, bare, sentences, watchable
from concerted.editions.naming import same_person
from concerted.meetings.public import Part

STOCK = 3  # a title that things of so many open meetings or papers bear tells of none
# Kept by the office until its agenda is published or its minutes are circulated, and by nothing
# else: a title that something open bears already tells of no business.
ONLY_DRAFTED = Q(
    Q(issue__gt=F("meeting__agenda_issue")) | Q(meeting__with_office=True),
    audience_id=F("meeting__body__office_audience_id"),
    meeting__audience_id=F("meeting__body__papers_audience_id"),
)
# Titles and names that would tell of a restricted thing, whole.
TITLES = (
    ("people.Body", "name"),
    ("people.Area", "name"),
    ("meetings.Item", "title"),
    ("papers.Paper", "title"),
    ("papers.Appendix", "title"),
    ("actions.Action", "text"),
    ("documents.Document", "title"),
    ("documents.Version", "name"),
)
# Words that somebody marked: each of their sentences.
PASSAGES = ("meetings.Passage", "text")
# Parts of open things that were marked by themselves: the column of the row, and of what it is in.
MARKED = (
    ("meetings.Item", "text", "meeting__audience_id"),
    ("meetings.Paragraph", "text", "item__audience_id"),
    ("meetings.Decision", "text", "item__audience_id"),
    ("papers.Paragraph", "text", "paper__audience_id"),
    ("papers.Recommendation", "text", "paper__audience_id"),
)
# Of these the edition is the record itself: they tell of no restricted business.
OWN = {"editions"}


def open_audiences() -> set[int]:
    """Audiences whose things are not restricted: everyone's, and the papers of open bodies."""
    bodies = apps.get_model("people.Body")._base_manager.exclude(
        audience_id=F("papers_audience_id")
    )
    everyone = Audience.objects.filter(kind=AudienceKind.EVERYONE)
    return {
        *everyone.values_list("pk", flat=True),
        *bodies.values_list("papers_audience_id", flat=True),
    }


def watched(*, named: Iterable[str] = (), mailboxes: Iterable[str] = ()) -> Iterator[Watched]:
    """Everything restricted there is, as things to look for.

    `named` are people whom public texts may name and `mailboxes` addresses that they may give:
    a passage that holds nothing else is no secret.
    """
    shut = ~Q(audience_id__in=open_audiences())
    confidential = Q(part=Part.CONFIDENTIAL)
    for model in apps.get_models():
        if issubclass(model, Restricted) and model._meta.app_label not in OWN:
            yield from _keys(model, shut)
    item = apps.get_model("meetings.Item")
    yield from _keys(item, ~shut & confidential)
    often = _borne_in_the_open(shut, confidential)
    stock = {title for title, count in often.items() if count >= STOCK}
    for label, column in TITLES:
        rows = _rows(label, shut | confidential if label == "meetings.Item" else shut)
        if label == "meetings.Item":
            rows = rows.exclude(ONLY_DRAFTED)
        for one in _worded(label, rows, column):
            if watchable(one.words) and bare(one.words) not in stock:
                yield one
    in_the_open = "\n".join(often)
    for one in _worded("meetings.Item", item._base_manager.filter(ONLY_DRAFTED), "title"):
        if watchable(one.words) and bare(one.words) not in in_the_open:
            yield one
    may_stand = set(mailboxes)
    for one in _worded(PASSAGES[0], _rows(PASSAGES[0], shut), PASSAGES[1]):
        if one.words not in may_stand and not any(same_person(one.words, n) for n in named):
            yield from _phrases(one)
    for label, column, of in MARKED:
        marked = shut & ~Q(audience_id=F(of))
        for one in _worded(label, _rows(label, marked), column):
            yield from _phrases(one)
    decided = Q(item__part=Part.CONFIDENTIAL)
    for one in _worded("meetings.Decision", _rows("meetings.Decision", decided), "text"):
        yield from _phrases(one)


def _phrases(one: Watched) -> Iterator[Watched]:
    for words in sentences(one.words):
        yield Watched(one.kind, one.reference, one.audience_id, words)


def _rows(label: str, wanted: Q) -> QuerySet[Model]:
    found: QuerySet[Model] = apps.get_model(label)._base_manager.filter(wanted)
    return found


def _keys(model: type[Model], wanted: Q) -> Iterator[Watched]:
    if any(one.name == "key" for one in model._meta.get_fields()):
        for key, audience in model._base_manager.filter(wanted).values_list("key", "audience_id"):
            yield Watched(model._meta.label_lower, key, audience)


def _worded(label: str, rows: QuerySet[Model], column: str) -> Iterator[Watched]:
    model = apps.get_model(label)
    keyed = any(one.name == "key" for one in model._meta.get_fields())
    columns = [column, "audience_id", *(["key"] if keyed else [])]
    for text, audience, *key in rows.values_list(*columns):
        yield Watched(model._meta.label_lower, key[0] if key else "", audience, text)


def _borne_in_the_open(shut: Q, confidential: Q) -> Counter[str]:
    """In how many meetings and papers open things bear a title."""
    items = _rows("meetings.Item", ~shut & ~confidential).values_list("title", "meeting_id")
    papers = _rows("papers.Paper", ~shut).values_list("title", "pk")
    borne = {(bare(title), "m", where) for title, where in items}
    borne |= {(bare(title), "p", where) for title, where in papers}
    # Of minutes that are not circulated the agenda is out.
    agendas = _rows("agendas.Line", ~shut & ~confidential).values_list("title", "issue__meeting_id")
    borne |= {(bare(title), "m", where) for title, where in agendas}
    return Counter(title for title, _, _ in borne)
