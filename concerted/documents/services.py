"""Receiving files and changing who may see them."""

import datetime
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Max

from concerted.access.actor import SYSTEM, Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.models import Document, KeptWith, Version
from concerted.documents.narrowing import change_needs, restricted_ones
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import everything_open
from concerted.reading.files.containers import is_container, is_zip

DESTROYED = (
    "The bytes of this file were destroyed, because what it held of somebody had to be erased. "
    "What was made from it stays on record."
)
ZIP = "application/zip"
OLE = b"\xd0\xcf\x11\xe0"  # what old Word files and Outlook’s begin with
MEDIA_TYPES = (
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"%PDF-", "application/pdf"),
    (OLE, "application/msword"),
    (b"{\\rtf", "application/rtf"),
)


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def place(sha256: str) -> str:
    """Where the bytes lie in storage. Never part of an address."""
    return f"{sha256[:2]}/{sha256}"


def media_type(data: bytes) -> str:
    """From what the bytes are, not from what the name says."""
    if is_zip(data):
        return ZIP
    if is_container(data):
        return "application/vnd.ms-outlook" if data.startswith(OLE) else "message/rfc822"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return "application/vnd.oasis.opendocument.text"
    for start, kind in MEDIA_TYPES:
        if data.startswith(start):
            return kind
    return "text/html" if b"<html" in data[:2000].lower() else "text/plain"


def _lock_bytes(*, alone: bool) -> None:
    """Until the transaction ends, no bytes are taken away (`alone`: and none are put down)."""
    shared = "" if alone else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(hashtext('documents.bytes'))")


@transaction.atomic
def receive(actor: Actor, *, data: bytes, name: str, title: str = "") -> Version:
    """Keep a file as it was received, for the actor alone until it is accepted."""
    sha256 = fingerprint(data)
    _lock_bytes(alone=False)
    with _alone_with(sha256):
        _keep(place(sha256), data)
    audience = actor.own_audience_id
    document = Document.objects.create(title=(title or name)[:200], audience_id=audience)
    version = Version.objects.create(
        document=document,
        number=1,
        name=name[:200],
        sha256=sha256,
        size=len(data),
        media_type=media_type(data),
        received_by_id=actor.person_id,
        audience_id=audience,
    )
    trail.note(actor, "document.received", version, verb=Verb.COLLECT)
    return version


@transaction.atomic
def add_version(actor: Actor, *, document_id: int, of: Version) -> Version | None:
    """Put the bytes of a version into another document, as its newest; both stay.

    Returns None where the actor sees no such document: it may have been restricted meanwhile. The
    document that the bytes came in needs of its readers what the other does, as far as the actor
    is among those; its other needs would take the actor's own file from them, and so would tell.
    """
    _lock_bytes(alone=False)
    document = (
        Document.objects.select_for_update(of=["self"])
        .filter(pk=document_id, audience_id__in=actor.audience_ids)
        .first()
    )
    if document is None:
        return None
    newest = document.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = Version.objects.create(
        document=document,
        number=newest + 1,
        name=of.name,
        sha256=of.sha256,
        size=of.size,
        media_type=of.media_type,
        received_at=of.received_at,
        received_by_id=of.received_by_id,
        bytes_gone_at=of.bytes_gone_at,
        audience_id=document.audience_id,
    )
    own = restricted_ones().filter(pk=document.pk).values_list("audience_id", flat=True)
    change_needs(
        Document.objects.filter(pk=of.document_id),
        add={*document.needs} & {*actor.audience_ids} | {*own},
    )
    trail.note(actor, "document.versioned", version, verb=Verb.COLLECT)
    return version


@transaction.atomic
def keep_beside(actor: Actor, *, document: Document, kind: str, key: str) -> None:
    """Keep a file with a record that names another one, or none that the actor may know of."""
    KeptWith.objects.create(
        document=document, kind=kind, thing_key=key, audience_id=document.audience_id
    )
    trail.note(actor, "document.kept", document, fields=["kept_with"])


@transaction.atomic
def gives_way(document_id: int | None, *, kind: str, key: str) -> None:
    """Another file takes the place of this one; a restricted one stays beside it."""
    with everything_open():
        document = restricted_ones().filter(pk=document_id or 0).first()
        if document:
            KeptWith.objects.create(
                document=document, kind=kind, thing_key=key, audience_id=document.audience_id
            )


@contextmanager
def _alone_with(sha256: str) -> Iterator[None]:
    """Nobody else puts the same bytes down meanwhile: storage would keep theirs under another
    name, which nothing leads to and nothing destroys."""
    lock = f"documents.bytes.{sha256}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [lock])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [lock])


def _keep(at: str, data: bytes) -> None:
    """Put bytes into storage once; what a crash left there cut short is put there again."""
    if default_storage.exists(at):
        if default_storage.size(at) == len(data):
            return
        default_storage.delete(at)
    default_storage.save(at, ContentFile(data))


def open_bytes(version: Version) -> "File[bytes]":
    """The bytes of a version, to be read. Raises NotAllowed where they were destroyed."""
    if version.bytes_gone_at:
        raise NotAllowed(DESTROYED)
    return default_storage.open(place(version.sha256))


def read_bytes(version: Version) -> bytes:
    """All bytes of a version. Raises NotAllowed where they were destroyed."""
    with open_bytes(version) as kept:
        return bytes(kept.read())


@transaction.atomic
def hand_to(actor: Actor, *, version: Version, audience_id: int) -> None:
    """Give a document and its versions another audience, when it is accepted."""
    Version.objects.filter(document_id=version.document_id).update(audience_id=audience_id)
    KeptWith.objects.filter(document_id=version.document_id).update(audience_id=audience_id)
    Document.objects.filter(pk=version.document_id).update(audience_id=audience_id)
    trail.note(actor, "document.accepted", version, fields=["audience"])


def consulted(actor: Actor, *, version: Version) -> None:
    trail.note(actor, "document.consulted", version, verb=Verb.CONSULT)


@transaction.atomic
def destroy(actor: Actor, *, version: Version) -> None:
    """Destroy bytes that may not be held at all, whoever else handed the same over.

    Nothing may lead to the version any more. The bytes go once the transaction holds.
    """
    at = place(version.sha256)
    document = version.document
    trail.note(actor, "document.destroyed", version, verb=Verb.ERASE)
    version.delete()
    if not document.versions.exists():
        document.delete()
    transaction.on_commit(lambda: default_storage.delete(at))


@transaction.atomic
def let_go(*, version: Version) -> str:
    """Take a version's row out, and its document's where it was the last; returns the SHA-256.

    Nothing may lead to the version any more. The bytes go with `let_bytes_go`, afterwards.
    """
    document, sha256 = version.document, version.sha256
    version.delete()
    if not document.versions.exists():
        document.delete()
    return sha256


@transaction.atomic
def without_bytes(*, version: Version) -> str:
    """Let a version name its bytes no longer; its row stays, with the SHA-256, which is returned.

    The bytes go with `let_bytes_go`, afterwards.
    """
    Version.objects.filter(pk=version.pk, bytes_gone_at=None).update(bytes_gone_at=now())
    return version.sha256


@transaction.atomic
def let_bytes_go(sha256: str) -> bool:
    """Destroy bytes unless a version still names them; says whether they are gone.

    Safe to run again. The wall must be open to everything, so that nobody's version is missed.
    """
    _lock_bytes(alone=True)
    if Version.objects.filter(sha256=sha256, bytes_gone_at=None).exists():
        return False
    default_storage.delete(place(sha256))
    return True


def let_stray_bytes_go(*, before: datetime.datetime) -> int:
    """Destroy what lies in storage since before a moment and no version names; says how many.

    A step that failed leaves the bytes it was given, one that was killed those it was to destroy.
    Safe to run again, and beside everything else: each folder is looked through under the lock.
    """
    return sum(_tidied(folder, before) for folder in default_storage.listdir("")[0])


@transaction.atomic
def _tidied(folder: str, before: datetime.datetime) -> int:
    _lock_bytes(alone=True)
    there = default_storage.listdir(folder)[1]
    with everything_open():
        versions = Version.objects.filter(sha256__in=there, bytes_gone_at=None)
        named = set(versions.values_list("sha256", flat=True))
    stray = [f"{folder}/{name}" for name in there if name not in named]
    stray = [at for at in stray if default_storage.get_modified_time(at) < before]
    for at in stray:
        default_storage.delete(at)
    if stray:
        trail.add(SYSTEM, "document.tidied", kind="", reference="storage", verb=Verb.ERASE)
    return len(stray)
