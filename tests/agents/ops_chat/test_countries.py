"""Countries by their names in five languages, as the ISO codes the books have."""

import pytest

from agents.ops_chat.countries import countries_in, country_names
from agents.ops_chat.names import plain


def named(text: str) -> list[str]:
    return [one.value for one in countries_in(plain(text))]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("CN", ("China", "Chine", "chinesische Waren", "Chinese castings")),
        ("MX", ("Mexico", "Mexiko", "México", "Mexique", "Mexican suppliers")),
        ("DE", ("Germany", "Deutschland", "Alemania", "Allemagne", "Duitsland")),
        ("US", ("the United States", "USA", "Vereinigte Staaten", "Estados Unidos", "États-Unis", "Verenigde Staten")),
        ("KR", ("Korea", "South Korea", "Südkorea")),
        ("NL", ("Netherlands", "Niederlande", "Países Bajos", "Pays-Bas", "Holland")),
    ],
)
def test_a_country_is_known_by_its_names(code: str, names: tuple[str, ...]) -> None:
    assert [named(name) for name in names] == [[code]] * len(names)


def test_several_are_found_in_their_order_and_with_their_places() -> None:
    text = "from Taiwan and South Korea"

    assert [(one.value, text[one.start : one.end]) for one in countries_in(plain(text))] == [
        ("TW", "Taiwan"),
        ("KR", "South Korea"),
    ]


@pytest.mark.parametrize(
    "text", ["the island", "a jersey", "he owes us", "in Reno", "answer in German", "can it go to go"]
)
def test_what_means_something_else_is_no_country(text: str) -> None:
    assert named(text) == []


def test_codes_are_not_names() -> None:
    assert {("cn",), ("de",), ("us",), ("in",)}.isdisjoint(country_names())
