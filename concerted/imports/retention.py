"""Files handed over that never became records, batches, and answers that were remembered: how long
they are kept, and how they go."""

import datetime
import hashlib
import json
from collections.abc import Collection, Iterable
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet

from concerted.documents.public import let_go as let_version_go
from concerted.imports.models import Batch, BatchLine, File, Handover, MadeMeeting, NameAnswer
from concerted.imports.states import FileState
from concerted.jobs.public import Job
from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.papers.public import Paper

TO_CHECK = frozenset({FileState.WAITING, FileState.READ})
PUT_ASIDE = frozenset({FileState.REFUSED, FileState.REJECTED, FileState.OPENED})
ERASES = frozenset(
    {
        "imports.Handover",
        "imports.File",
        "imports.ReadMeeting",
        "imports.BatchLine",
        "documents.Document",
        "documents.Version",
        "jobs.Job",
    }
)
DOES = (
    "The bytes are destroyed unless somebody else’s file has the very same, and what was read and "
    "answered goes with them. The fingerprint of the bytes stays with the run."
)


def _never_records() -> QuerySet[File]:
    """Files of which nothing came: no meeting, no paper, and no file inside them is left."""
    return (
        File.objects.filter(
            ~Exists(MadeMeeting.objects.filter(file=OuterRef("pk"))),
            ~Exists(Paper.objects.filter(version=OuterRef("version"))),
            ~Exists(BatchLine.objects.filter(file=OuterRef("pk"), meeting__isnull=False)),
            ~Exists(File.objects.filter(within=OuterRef("pk"))),
        )
        .select_related("handover")
        .prefetch_related("read_meetings")
        .defer("reading", "markup", "notes")
        .order_by("handover__at", "pk")
    )


def _expired(
    states: Collection[str], before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    files = _never_records().filter(state__in=states, handover__at__lt=before)
    if keys is not None:
        files = files.filter(key__in=keys).select_for_update(of=("self",))
    return map(_candidate, files)


def _candidate(file: File) -> Candidate:
    state = [file.state, file.answers, file.read_as, file.again_id, file.sentence]
    return Candidate(
        key=file.key,
        since=file.handover.at,
        mark=hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest(),
        audience_id=file.audience_id,
        bodies=frozenset(one.body_id for one in file.read_meetings.all() if one.body_id),
    )


def _find(states: Collection[str], key: str) -> Candidate | None:
    file = _never_records().filter(state__in=states, key=key).first()
    return _candidate(file) if file else None


def _let_go(keys: Collection[str]) -> Gone:
    """Let files go with all that hangs on them, and handovers of which no file is left."""
    gone = Gone()
    files = list(
        File.objects.filter(key__in=keys)
        .select_related("version__document")
        .defer("reading", "markup", "notes", "answers")
    )
    handovers = {file.handover_id for file in files}
    again = [file.again_id for file in files if file.again_id]
    BatchLine.objects.filter(file__in=files).delete()
    File.objects.filter(pk__in=[file.pk for file in files]).delete()
    for file in files:
        gone.records.append(("imports.file", file.key))
        if file.version:
            gone.records.append(("documents.version", file.version.key))
            gone.fingerprints[file.key] = let_version_go(version=file.version)
    empty = Handover.objects.filter(pk__in=handovers, files=None).select_related("job")
    for handover in list(empty):
        gone.records.append(("imports.handover", handover.key))
        again.append(handover.job_id)
        handover.delete()
    jobs = Job.objects.filter(pk__in=again)
    gone.records += [("jobs.job", key) for key in jobs.values_list("key", flat=True)]
    jobs.delete()
    return gone


def _batches() -> QuerySet[Batch]:
    """Batches of which the work has ended."""
    over = Batch.objects.filter(job__ended_at__isnull=False)
    return over.prefetch_related("lines__meeting").order_by("at", "pk")


def _expired_batches(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    batches = _batches().filter(at__lt=before)
    if keys is not None:
        batches = batches.filter(key__in=keys).select_for_update(of=("self",))
    return map(_batch, batches)


def _batch(batch: Batch) -> Candidate:
    lines = list(batch.lines.all())
    return Candidate(
        batch.key,
        batch.at,
        hashlib.sha256(json.dumps([line.state for line in lines]).encode()).hexdigest(),
        batch.audience_id,
        frozenset(line.meeting.body_id for line in lines if line.meeting),
    )


def _find_batch(key: str) -> Candidate | None:
    batch = _batches().filter(key=key).first()
    return _batch(batch) if batch else None


def _let_batches_go(keys: Collection[str]) -> Gone:
    Batch.objects.filter(key__in=keys).delete()
    return Gone([("imports.batch", key) for key in keys])


def _expired_answers(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    answers = NameAnswer.objects.filter(at__lt=before)
    if keys is not None:
        answers = answers.filter(pk__in=keys).select_for_update()
    return map(_answer, answers.order_by("at", "pk"))


def _answer(answer: NameAnswer) -> Candidate:
    return Candidate(str(answer.pk), answer.at, answer.at.isoformat(), answer.audience_id)


def _find_answer(key: str) -> Candidate | None:
    answer = NameAnswer.objects.filter(pk=key).first() if key.isdecimal() else None
    return _answer(answer) if answer else None


def _let_answers_go(keys: Collection[str]) -> Gone:
    NameAnswer.objects.filter(pk__in=keys).delete()
    return Gone([("imports.nameanswer", key) for key in keys])


KINDS = (
    Expiring(
        name="received-files",
        label="imports.file",
        title="Files handed over and never accepted",
        counts_from="the day they were handed over",
        months=12,
        least=3,
        most=36,
        reason="Kept so that whoever handed them over can still check them. Storage limitation, "
        "Article 5(1)(e) UK GDPR: what nobody checked in a year is not needed.",
        does=DOES,
        has_audience=True,
        erases=ERASES,
        expired=partial(_expired, TO_CHECK),
        find=partial(_find, TO_CHECK),
        let_go=_let_go,
    ),
    Expiring(
        name="files-put-aside",
        label="imports.file",
        title="Files rejected, not readable, or opened and empty since",
        counts_from="the day they were handed over",
        months=12,
        least=1,
        most=36,
        reason="Kept so that a mistake can be seen. Storage limitation, Article 5(1)(e) UK GDPR.",
        does=f"{DOES} An archive goes after the files that were in it.",
        has_audience=True,
        erases=ERASES,
        expired=partial(_expired, PUT_ASIDE),
        find=partial(_find, PUT_ASIDE),
        let_go=_let_go,
    ),
    Expiring(
        name="batches",
        label="imports.batch",
        title="Lists of meetings that were accepted together",
        counts_from="the day they were accepted",
        months=12,
        least=3,
        most=36,
        reason="Kept to show who accepted what after which sample. Storage limitation, Article "
        "5(1)(e) UK GDPR: the minutes themselves stay, and so does the trail.",
        does="The list is taken out; the meetings that came of it, and their files, stay.",
        has_audience=True,
        erases=frozenset({"imports.Batch", "imports.BatchLine"}),
        expired=_expired_batches,
        find=_find_batch,
        let_go=_let_batches_go,
    ),
    Expiring(
        name="remembered-names",
        label="imports.nameanswer",
        title="Answers about printed names that were remembered",
        counts_from="the day it was last answered",
        months=24,
        least=1,
        most=60,
        reason="Kept so that nobody is asked the same twice. Storage limitation, Article 5(1)(e) "
        "UK GDPR: a name that was not printed in two years is asked about once more.",
        does="The answer is taken out; minutes in which it was given stay as they are.",
        has_audience=True,
        erases=frozenset({"imports.NameAnswer"}),
        expired=_expired_answers,
        find=_find_answer,
        let_go=_let_answers_go,
    ),
)
