"""Values that programs trip over: numbers at their limits, signs that are not what they look."""

import random

NUMBERS = (
    *("", "-1", "0", "1", "2", "7", "255", "256", "9999", "32768", "65536", "1000000", "-32769"),
    *("2147483647", "2147483648", "-2147483649", "4294967295", "99999999999999999999", "1e309"),
    *("NaN", "inf", "1.5", "0x10", " 3 ", "+4", "1_000", "٣", "²", "Ⅷ", "½", "9" * 5000, "-" * 40),
)
VALUES = (
    *NUMBERS,
    *("true", "none", "%1%2%9", "%99", "%", "%%", "%s{0}", "../../up", "{urn:x}y", "x" * 5000),
    *("decimal", "upperRoman", "lowerLetter", "bullet", "chicago", "aiueo", "i", "A", "•"),
    *("2026-13-45T99:99:99Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59-23:59"),
    *("0001-01-01T00:00:00+23:59", "2026-03-01", "-2026-03-01T10:00:00", "2026-03-01T10:20:00Z"),
    *("A1", "A2", "c1", "L", "l1", "Title", "Base"),
)
# Bidirectional overrides, joiners, marks over marks, private and unassigned signs, line ends, and
# half a character as the bytes that no UTF-8 has (ED A0 80).
SIGNS = (
    *("\u202e", "\u2066", "\u200d", "\u200b", "\ufeff", "\u0301" * 50, "\ue000", "\U000e0001"),
    *("\U0010ffff", "\ufffe", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r", "\xa0"),
    *(
        "\u3000",
        "\u180e",
        "İ",
        "ß",
        "ﬀ",
        "ǅ",
        "\u0345",
        "😀",
        "é",
        "e\u0301",
        "ſ",
        "K",
        "\xad",
        "\udced\udca0\udc80",
    ),
)
WORDS = (
    *("Minutes", "Agenda", "Present:", "Apologies", "In attendance:", "RESOLVED", "AGREED that"),
    *("ACTION:", "Action: AB by 1 May 2026", "1.", "2.1", "(a)", "(ii)", "A.1.2.3.4.5", "10)"),
    *("71/13", "SMP/2026/9999999999", "Minute 3.4.", "•", "-", "–", "|", " | ", "\t", "  ", "\n"),
    *("31 February 2026", "1 May 99999", "0/0/0000", "Tuesday, 32nd", "29/02/2023", "10.99 am"),
    *("25:61", "12 noon", "midnight", "by next meeting", "with immediate effect", "May 0001"),
    *(
        "Ann Bell",
        "Cllr",
        "Dr. Hal O’Ivey-",
        "(Chair",
        "Chair)",
        "Mrs",
        "PC 1234",
        "N. N.",
        "AB/CD",
    ),
    *(
        "Meeting: 01/02/2026 - Board (Item 3)",
        "Decision:",
        "Venue:",
        "Date:",
        "held on",
        "Page 1 of",
    ),
    *("Report of the Head of Safety", "Recommendations", "1.1.1.1", "Appendix A", "OFFICIAL"),
    *("ab@c.invalid", "01234 567890", "SW1A 1AA", "£", "$(x)", "{{ x }}", "<b>", "&#0;", "%n"),
)


def number(rng: random.Random) -> str:
    return rng.choice(NUMBERS) if rng.random() < 0.7 else str(rng.getrandbits(rng.randint(1, 70)))


def value(rng: random.Random) -> str:
    return rng.choice(VALUES) if rng.random() < 0.8 else words(rng)


def words(rng: random.Random) -> str:
    """Some words of minutes and some odd signs, in any order; at times very many of them."""
    said = [rng.choice(SIGNS if rng.random() < 0.3 else WORDS) for _ in range(rng.randint(1, 6))]
    joined = rng.choice((" ", " ", "\n", "")).join(said)
    return joined * rng.randint(100, 2000) if rng.random() < 0.03 else joined
