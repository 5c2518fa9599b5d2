"""Descriptions of configurable products in five languages: where they stand, what they choose, what is not clear."""

import pytest

from core.demo.company import demo_company
from core.domain.configuring.choosing import Configuration, configure
from core.domain.configuring.compiling import product_faults
from core.domain.configuring.describing import read_options
from core.domain.configuring.mentions import mentions, strange

PRODUCTS = demo_company().products
(PUMP,) = PRODUCTS


@pytest.mark.parametrize(
    ("text", "stretch", "chosen"),
    [
        ("Send 2 pumps 5.5 kW, stainless, 400 V by 14 May.", "pumps 5.5 kW, stainless, 400 V", "5.5 stainless 400"),
        ("3 Pumpen 5,5 kW aus Edelstahl, 400 V, bis 14.5.", "Pumpen 5,5 kW aus Edelstahl, 400 V", "5.5 stainless 400"),
        ("4 bombas de 15 kW en acero inox a 400 V", "bombas de 15 kW en acero inox a 400 V", "15 stainless 400"),
        ("1 pompe de procédé 7,5 kW en bronze, 480 V", "pompe de procédé 7,5 kW en bronze, 480 V", "7.5 bronze 480"),
        ("2 pompen 7,5 kW rvs 400 V, graag", "pompen 7,5 kW rvs 400 V", "7.5 stainless 400"),
        ("3 stainless 15 kW process pumps, 480V", "stainless 15 kW process pumps, 480V", "15 stainless 480"),
    ],
)  # fmt: skip
def test_a_description_is_found_and_read_in_five_languages(text: str, stretch: str, chosen: str) -> None:
    (found,) = mentions(text, PRODUCTS)
    read = read_options(text[found.start : found.end], PUMP)

    assert text[found.start : found.end] == stretch
    assert " ".join(read.chosen[name] for name in ("power", "material", "voltage")) == chosen
    assert isinstance(configure(PUMP, read.chosen), Configuration)


@pytest.mark.parametrize(
    "text", ["10 x Centrifugal pump 20 hp", "5 pompe centrifuge 20 ch", "3 pumps", "GV-03 and 400 V"]
)
def test_plain_goods_and_bare_words_are_no_description(text: str) -> None:
    assert mentions(text, PRODUCTS) == ()


@pytest.mark.parametrize(
    ("text", "feature", "why"),
    [
        ("process pump 15 kW or 30 kW", "power", "more than one choice is written"),
        ("process pump 22 kW material bronze seal", "seal", "it is named, but not what it should be"),
        ("process pump without bronze", "material", "it says only what is not wanted"),
    ],
)
def test_what_is_not_clear_is_said_so(text: str, feature: str, why: str) -> None:
    assert [(one.feature, one.why) for one in read_options(text, PUMP).unclear] == [(feature, why)]


def test_words_that_say_nothing_of_the_product_are_named() -> None:
    assert strange("process pump 15 kW painted blue, 400 V, 2 flanges", PUMP) == ("painted", "blue", "2", "flanges")


def test_without_means_the_choice_that_is_none() -> None:
    assert read_options("process pump sans variateur", PUMP).chosen == {"drive": "direct"}


def test_the_products_of_the_demo_have_no_fault() -> None:
    assert [product_faults(one) for one in PRODUCTS] == [()]
