"""Names that are nearly what was written: candidates to offer a person, which decide nothing."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from core.domain.intake.item_words import plain_text

MOST = 5
LEAST_SCORE = 70.0


def near_names(written: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The codes whose code or name is most like what was written, the likeliest first, at most five.

    `known` gives each code its name. The score is the share of words or characters in common in percent.
    """
    if not written.strip():
        return ()
    plain = plain_text(written)
    scores: dict[str, float] = {}
    for texts, scorer in (
        ({code: plain_text(code) for code in known}, fuzz.ratio),
        (_plain(known), fuzz.token_set_ratio),
    ):
        for _, score, code in process.extract(plain, texts, scorer=scorer, score_cutoff=LEAST_SCORE, limit=None):
            scores[code] = max(score, scores.get(code, 0.0))
    return tuple(sorted(scores, key=lambda code: (-scores[code], code))[:MOST])


def _plain(known: Mapping[str, str]) -> dict[str, str]:
    return {code: plain_text(name) for code, name in known.items()}
