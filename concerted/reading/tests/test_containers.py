"""Zips and e-mails as containers: what is in them, under names that are no paths, and no bombs."""

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.reading.files import MAX_BYTES, NotReadable, containers
from concerted.reading.files.containers import Member, is_container, members_of, plain_name
from concerted.reading.tests.odt_files import odt
from concerted.reading.tests.odt_files import p as odt_p
from concerted.reading.tests.ole_files import attached, message, msg, old_word
from concerted.reading.tests.test_mail import mail
from concerted.reading.tests.word_files import p, word

MINUTES = b"Minutes\n1. Apologies\nNone.\n"


def packed(*files: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def with_flag(data: bytes, flag: int) -> bytes:
    """The zip with a bit set in every header of its files, here and in its list."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            changed[start + at : start + at + 2] = struct.pack("<H", flag)
            start = data.find(mark, start + 4)
    return bytes(changed)


def names(data: bytes) -> list[str]:
    return [member.name for member in members_of(data, "a.zip")]


def refused(data: bytes) -> str:
    with pytest.raises(NotReadable) as refusal:
        members_of(data, "a.zip")
    return refusal.value.sentence


# --- what is one --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (packed(("a.txt", MINUTES)), True),
        (packed(("minutes.docx", word(p("Agreed.")))), True),
        (bytes(mail()), True),
        (msg(message(words="x")), True),
        (word(p("Agreed.")), False),
        (odt(odt_p("Agreed.")), False),
        (packed(("xl/workbook.xml", b"x")), False),
        (old_word(), False),
        (MINUTES, False),
        (b"", False),
        (b"PK\x03\x04 this is no archive", False),
        (b"\xd0\xcf\x11\xe0", False),
    ],
)
def test_a_container_is_told_from_an_office_file(data: bytes, answer: bool):
    assert is_container(data) is answer


def test_a_file_that_holds_no_files_is_refused():
    assert refused(MINUTES).startswith("This file holds no other files.")
    assert refused(word(p("x"))).startswith("This file holds no other files.")


# --- zips ---------------------------------------------------------------------------------------


def test_the_files_of_a_zip_come_in_its_order_with_their_folders_in_the_name():
    data = packed(
        ("2014/", b""), ("2014/March/minutes.docx", word(p("Agreed."))), ("b.txt", MINUTES),
        ("a.odt", odt(odt_p("x"))), ("old.doc", old_word()),
    )  # fmt: skip

    members = members_of(data, "a.zip")

    assert [one.name for one in members] == [
        "2014/March/minutes.docx", "b.txt", "a.odt", "old.doc",
    ]  # fmt: skip
    assert members[1] == Member("b.txt", MINUTES)


def test_what_systems_leave_in_zips_is_left_out():
    data = packed(
        ("__MACOSX/._a.txt", b"x"), ("folder/.DS_Store", b"x"), ("Thumbs.db", b"x"),
        ("~$minutes.docx", b"x"), (".hidden/a.txt", MINUTES), ("a.txt", MINUTES),
    )  # fmt: skip

    assert names(data) == ["a.txt"]


def test_what_cannot_be_read_comes_with_its_sentence():
    data = packed(("a.png", b"\x89PNG\r\n\x1a\n"), ("empty.txt", b""), ("b.xlsx", b"PK\x03\x04"))

    picture, empty, broken = members_of(data, "a.zip")

    assert picture.data is empty.data is broken.data is None
    assert picture.sentence.startswith("This file is a picture.")
    assert empty.sentence.startswith("This file is empty.")
    assert "damaged" in broken.sentence


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\Papers\\Ann\\a.txt", "Papers/Ann/a.txt"),
        ("c:d: e:a.txt", "a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("a\u202etxt.exe\n.txt", "atxt.exe.txt"),
        (" .. /x", "x"),
        ("..", "file"),
        ("x" * 300 + "/y.txt", "x" * 249 + "/y.txt"),
        ("ab../" + "b" * 252, "b" * 252),
    ],
)
def test_a_name_is_never_a_path(name: str, shown: str):
    assert plain_name(name) == shown


@given(st.text(alphabet=st.sampled_from("ab./\\: \u202e\nC"), max_size=400))
def test_no_name_becomes_a_path_and_a_plain_name_stays(name: str):
    plain = plain_name(name)

    assert plain == plain_name(plain)
    assert 0 < len(plain) <= 255
    assert not plain.startswith("/")
    assert ".." not in plain.split("/")
    assert "\\" not in plain


def test_a_member_that_climbs_out_is_named_plainly():
    assert names(packed(("../../evil.txt", MINUTES))) == ["evil.txt"]


def test_members_of_one_name_are_kept_apart():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(("a.txt", MINUTES), ("a.txt", MINUTES), ("A.TXT", MINUTES), ("/a", MINUTES))

    assert names(data) == ["a.txt", "a (2).txt", "A (3).TXT", "a"]


def test_names_that_do_not_say_they_are_utf_8_are_read_as_they_were_meant():
    said = packed(("März.txt", MINUTES))
    meant = with_flag(said, 0)
    old = packed(("Mxrz.txt", MINUTES)).replace(b"Mxrz", b"M\x84rz")  # as Windows packs

    assert names(said) == names(meant) == names(old) == ["März.txt"]


def test_members_under_a_password_or_damaged_or_oddly_packed_come_with_a_sentence():
    locked = with_flag(packed(("a.txt", MINUTES)), 1)
    torn = packed(("a.txt", MINUTES * 50))
    torn = torn[:40] + b"\xff\xff\xff" + torn[43:]
    odd = io.BytesIO()
    with zipfile.ZipFile(odd, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", MINUTES)

    assert "protected by a password" in members_of(locked, "a")[0].sentence
    assert "is damaged inside" in members_of(torn, "a")[0].sentence
    assert "packed in an unusual way" in members_of(odd.getvalue(), "a")[0].sentence


def test_a_bomb_is_refused():
    assert "made to do harm" in refused(packed(*[(f"{n}.txt", bytes(9_000_000)) for n in range(3)]))


def test_a_member_that_is_too_big_comes_with_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(containers, "MAX_BYTES", 1_000)

    (member,) = members_of(packed(("a.txt", b"agreed\n" * 200)), "a.zip")

    assert (member.data, member.sentence[:23]) == (None, "This file has more than")


def test_more_than_a_thousand_files_and_more_than_200_mb_are_refused(
    monkeypatch: pytest.MonkeyPatch,
):
    assert "more than 1,000 files" in refused(packed(*[(f"{n}.txt", b"x y") for n in range(1_001)]))
    monkeypatch.setattr(containers, "MAX_UNPACKED", 50)
    assert "unpacks to more than" in refused(packed(("a.txt", MINUTES), ("b.txt", MINUTES)))


@pytest.mark.parametrize("cut", [30, 60, -5])
def test_a_damaged_zip_is_refused_with_the_way_out(cut: int):
    assert "is damaged and cannot be opened" in refused(packed(("a.txt", MINUTES))[:cut])


# --- inside one another -------------------------------------------------------------------------


def test_a_zip_in_a_zip_is_opened_and_one_deeper_is_not():
    inner = packed(("a.txt", MINUTES))
    middle = packed(("in.zip", inner), ("b.txt", MINUTES))

    assert names(packed(("m/in.zip", inner))) == ["m/in.zip/a.txt"]
    first, second = members_of(packed(("mid.zip", middle)), "a.zip")
    assert (first.name, first.data) == ("mid.zip/in.zip", None)
    assert first.sentence.startswith("This file lies in a packed file inside")
    assert second == Member("mid.zip/b.txt", MINUTES)


def test_a_zip_inside_that_is_a_bomb_does_not_cost_the_others():
    bomb = packed(("a.txt", bytes(30_000_000)))

    first, second = members_of(packed(("bomb.zip", bomb), ("b.txt", MINUTES)), "a.zip")

    assert (first.name, first.data) == ("bomb.zip", None)
    assert "made to do harm" in first.sentence
    assert second.data == MINUTES


def test_an_e_mail_gives_its_words_and_its_attachments():
    made = mail("Please find attached.")
    made.add_attachment(MINUTES, maintype="text", subtype="plain", filename="../minutes.txt")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="map.png")
    made.add_attachment(mail("inner words", subject="Earlier: agenda"))

    words, minutes, picture, inner = members_of(bytes(made), "a.eml")

    assert words.name == "message.txt"
    assert words.data.decode().endswith("Please find attached.")
    assert minutes == Member("minutes.txt", MINUTES)
    assert "a picture" in picture.sentence
    assert inner.name == "Earlier: agenda/message.txt"


def test_an_outlook_message_in_a_zip_gives_its_attachments_under_its_name():
    data = msg(message(words="x"), attached(0, "minutes.txt", MINUTES * 300))

    assert names(packed(("mails/march.msg", data))) == [
        "mails/march.msg/message.txt", "mails/march.msg/minutes.txt",
    ]  # fmt: skip


# --- whatever comes -----------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200), st.integers(0, 600))
def test_any_bytes_are_members_or_a_sentence(junk: bytes, at: int):
    good = packed(("a.txt", MINUTES), ("b.zip", packed(("c.txt", MINUTES))))
    for data in (good[:at] + junk + good[at + len(junk) :], b"PK\x03\x04" + junk, junk):
        assert isinstance(is_container(data), bool)
        with contextlib.suppress(NotReadable):
            members = members_of(data, "a.zip")
            assert all(one.data is None or len(one.data) <= MAX_BYTES for one in members)
            assert all(one.data or one.sentence for one in members)
