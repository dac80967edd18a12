"""Why a file cannot be read, as sentences, and the sizes that are too much."""

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 5_000_000

WHAT_WORKS = (
    "Text (.txt), web pages (.html), Word (.docx), PDF, OpenDocument (.odt), rich text (.rtf) and "
    "e-mails (.eml, .msg) work for now"
)


class NotReadable(Exception):
    """The file cannot be read; ``sentence`` says to its owner what it is and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def refuse_size(size: int, most: int = MAX_BYTES) -> None:
    """Raise NotReadable for a size in bytes that is over the limit."""
    if size > most:
        raise NotReadable(
            f"This file has {size / 1024 / 1024:,.0f} MB; files of up to "
            f"{most // 1024 // 1024} MB can be read. Save the minutes on their own, without "
            "the pictures and the papers, and choose that file."
        )


def refuse_length(characters: int) -> None:
    """Raise NotReadable for more characters of text than any minutes have."""
    if characters > MAX_CHARACTERS:
        raise NotReadable(
            f"This file holds more than {MAX_CHARACTERS // 1_000_000} million characters of text, "
            "more than minutes ever have. Split it, one file for each year or meeting."
        )
