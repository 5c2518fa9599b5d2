"""Text without capitals and accents, character for character, so that a place in it is a place in the text."""

import unicodedata


def folded(text: str) -> str:
    """The text in small plain letters; it is as long as before, and what is no letter stays as it is."""
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char in "\u00a0\u202f":
        return " "
    if char in "\u2019\u2018\u00b4":
        return "'"
    if not char.isalpha() or char in "\u00ba\u00aa":
        return char
    bare = unicodedata.normalize("NFKD", char)[0].lower()
    return bare if len(bare) == 1 else char
