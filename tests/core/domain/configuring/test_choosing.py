"""What was chosen is a configuration that keeps every rule, or every fault with what would be accepted."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.configuring.choosing import Configuration, Misconfigured, configure
from core.domain.configuring.products import Condition, ConfigurableProduct, Rule, RuleKind
from core.domain.ids import ItemCode
from tests.core.domain.configuring.worlds import choices, lengths, products


def holds(conditions: tuple[Condition, ...], values: Mapping[str, str]) -> bool:
    return all(values[one.feature] in one.values for one in conditions)


def kept(rule: Rule, values: Mapping[str, str]) -> bool:
    met = any(holds(row, values) for row in rule.rows)
    return not holds(rule.when, values) or (not met if rule.kind is RuleKind.EXCLUDES else met)


@settings(max_examples=60)
@given(product=products(), chosen=choices, length=lengths)
def test_every_accepted_configuration_keeps_every_rule_and_every_refusal_names_what_is_missing_or_broken(
    product: ConfigurableProduct, chosen: dict[str, str], length: str
) -> None:
    made = configure(product, {**chosen, "length": length})

    values = {one.code: one.default for one in product.features if one.default} | chosen | {"length": length}
    whole = {name: value for name, value in values.items() if value is not None}
    missing = [one.code for one in product.features if one.code not in whole]
    broken = [rule for rule in product.rules if not missing and not kept(rule, whole)]
    if isinstance(made, Configuration):
        assert (missing, broken, dict(made.values)) == ([], [], whole)
    else:
        assert {one.feature for one in made.faults if one.rule is None} == set(missing)
        assert {one.rule for one in made.faults if one.rule} >= {rule.code for rule in broken}


@settings(max_examples=30)
@given(product=products(), chosen=choices, seed=st.randoms(use_true_random=False))
def test_the_order_of_choices_says_nothing(product: ConfigurableProduct, chosen: dict[str, str], seed: object) -> None:
    turned = dict(reversed(list(chosen.items())))

    assert configure(product, chosen) == configure(product, turned)


@settings(max_examples=30)
@given(product=products(), chosen=choices)
def test_what_is_said_to_be_accepted_breaks_no_rule_of_its_feature(
    product: ConfigurableProduct, chosen: dict[str, str]
) -> None:
    made = configure(product, chosen)

    for fault in made.faults if isinstance(made, Misconfigured) else ():
        for value in fault.accepted if fault.rule else ():
            again = configure(product, {**chosen, fault.feature: value})
            rules = {one.rule for one in again.faults} if isinstance(again, Misconfigured) else set[str | None]()
            assert fault.rule not in rules


def test_an_unknown_value_is_a_fault_with_the_features_values() -> None:
    product = ConfigurableProduct(item=ItemCode("T"))

    made = configure(product, {"colour": "red"})

    assert isinstance(made, Misconfigured)
    assert str(made.faults[0]) == (
        "colour 'red': T has no such feature; accepted is other choices of the features beside it"
    )
