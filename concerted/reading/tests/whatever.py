"""What a person gets of any bytes: words, or a sentence. Any other outcome is an error."""

from concerted.reading.files import NotReadable, text_of


def words_or_sentence(data: bytes, name: str) -> str:
    """The text of a file, else why there is none; both say something."""
    try:
        said = text_of(data, name).text
    except NotReadable as refusal:
        said = refusal.sentence
        if not said.endswith("."):
            raise AssertionError(f"no sentence: {said}") from refusal
    return said.strip()
