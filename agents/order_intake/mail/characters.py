"""Characters as a reader sees them: what is invisible or steers the display goes, and what could deceive is named."""

import re
import unicodedata

_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_TAGS = re.compile("[\U000e0000-\U000e007f\U000e0100-\U000e01ef]")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff\u00ad\u034f\u180e\ufe00-\ufe0f]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udfff]")
_DASHES = re.compile("[\u2010\u2011\u2012]")


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with plain spaces and line ends, and what was taken out of it that may have been meant to deceive."""
    faults = [
        why
        for pattern, why in (
            (re.compile("\x00"), "NUL characters"),
            (_STEERING, "characters that turn the writing direction"),
            (_TAGS, "invisible tag characters"),
            (_CONTROLS, "control characters"),
            (_HALVES, "characters that are no text"),
        )
        if pattern.search(text)
    ]
    text = _BREAKS.sub("\n", text.replace("\x00", ""))
    text = _HALVES.sub("\ufffd", text)
    for pattern in (_STEERING, _TAGS, _INVISIBLE, _CONTROLS):
        text = pattern.sub("", text)
    text = _DASHES.sub("-", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", text), tuple(faults)
