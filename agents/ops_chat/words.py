"""The words of the chat, kept as data in words.toml, and how they are looked for."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

WORDS: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)


def any_of(words: Sequence[str]) -> str:
    """A regular expression for any of them."""
    return "(?:" + "|".join(words) + ")"


def whole_words(words: Sequence[str]) -> re.Pattern[str]:
    """Any of them, not as a part of a longer word."""
    return re.compile(rf"(?<![a-z]){any_of(words)}(?![a-z])")
