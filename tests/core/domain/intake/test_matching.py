"""Names looked up: exact first, words by one rule, near misses as candidates only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.ids import ItemCode
from core.domain.intake.drafts import Level
from core.domain.intake.item_words import measures_of, words_of
from core.domain.intake.matching import match_item
from core.domain.intake.names import KnownItem

NAMES = {
    "GV-03": "Gate valve 3 in, 316 stainless",
    "GV-04": "Gate valve 4 in, 316 stainless",
    "BV-03": "Ball valve 3 in, full port",
    "AV-03": "Actuated ball valve 3 in",
    "RK-04": "Gate valve repair kit 4 in",
    "CP-20": "Centrifugal pump 20 hp",
}
ITEMS = tuple(KnownItem(code=ItemCode(code), name=name) for code, name in NAMES.items())
WORDS = st.sampled_from(
    [
        "gate",
        "ball",
        "valve",
        "3 in",
        "4 in",
        "DN80",
        "stainless",
        "316",
        "repair kit",
        "pump",
        "20 hp",
        "red",
        "actuated",
    ]
)


def found(written: str, described: str = "") -> tuple[str | None, Level]:
    match = match_item(written, described=described, items=ITEMS, numbers={"H-1": ItemCode("CP-20")})
    assert match is not None
    return match.code, match.level


@pytest.mark.parametrize(
    ("written", "described", "code"),
    [
        ("GV-04", "", "GV-04"),
        ("gv 04", "", "GV-04"),
        ("GV-4", "", "GV-04"),
        ("H-1", "", "CP-20"),
        ("", "four inch gate valves in SS316", "GV-04"),
        ("", 'spare gate vlv 4", s/steel, complete', "GV-04"),
        ("", "rep. kit for 4 in gate vlv", "RK-04"),
        ("", 'replacement ball vlv 3" f/p', "BV-03"),
        ("", "Ersatz-Reparatursatz für Schieber 4 Zoll", "RK-04"),
        ("", "kit de réparation de rechange pour vanne à opercule 4 pouces", "RK-04"),
        ("", "standaard schuifafsluiter 4 duim, rvs", "GV-04"),
        ("", "Absperrschieber 4 Zoll, V4A", "GV-04"),
        ("", "Kugelhahn mit Antrieb 3 Zoll", "AV-03"),
        ("", "robinet à boisseau motorisé 3 pouces", "AV-03"),
        ("", "válvula de bola motorizada de 3 pulg.", "AV-03"),
        ("", "kogelkraan met aandrijving, 3 duim", "AV-03"),
        ("", "kit de réparation pour vannes à opercule 4 pouces", "RK-04"),
        ("", "reparatieset schuifafsluiter DN100", "RK-04"),
        ("", "bomba centrífuga 20 CV", "CP-20"),
        ("", "Kugelhähne 3 Zoll", "BV-03"),
        ("", "válvulas de compuerta de 4 pulgadas", "GV-04"),
        ("", "vanne à opercule DN100 inox", "GV-04"),
        ("", "schuifafsluiter 3 duim", "GV-03"),
        ("", "Kreiselpumpe 20 PS", "CP-20"),
        ("GV-04", "stainless gate valve, 4 inch", "GV-04"),
    ],
)
def test_one_item_is_meant_for_sure(written: str, described: str, code: str) -> None:
    assert found(written, described) == (code, Level.HIGH)


@pytest.mark.parametrize(
    ("written", "described", "code", "level"),
    [
        ("", "ball valve 3 in with PTFE seat", None, Level.LOW),
        ("", "gate valve", None, Level.LOW),
        ("", "repair kit 4 in", "RK-04", Level.REVIEW),
        ("GV-04", "gate valve 3 in", None, Level.LOW),
        ("GV-04", "valve 4 in, full port", "GV-04", Level.REVIEW),
        ("", "ball valve 3 in, standard port", None, Level.LOW),
        ("", "spare parts for gate valve 4 in", None, Level.LOW),
        ("", "Kreiselpumpe 20 PS je Pumpe", "CP-20", Level.REVIEW),
    ],
)
def test_what_is_not_sure_is_not_taken(written: str, described: str, code: str | None, level: Level) -> None:
    assert found(written, described) == (code, level)


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_words_that_mean_one_item_for_sure_are_all_of_it_and_of_no_other(words: list[str]) -> None:
    match = match_item("", described=" ".join(words), items=ITEMS, numbers={})

    if match is None or match.code is None or match.level is not Level.HIGH:
        return
    said, of_item = words_of(" ".join(words)), words_of(NAMES[match.code])
    assert said <= of_item
    assert measures_of(of_item) <= said
    for code, name in NAMES.items():
        whole = words_of(name.partition(",")[0]) | measures_of(words_of(name))
        assert code == match.code or not (said <= words_of(name) and whole <= said)
