"""What is looked at before a product is taken: unknown names, circles, contradictions, choices nobody can have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from core.domain.configuring.choosing import derivation_order, keeps, landmarks
from core.domain.configuring.exploding import SMALLEST
from core.domain.configuring.products import (
    LONGEST_RANGE,
    Condition,
    ConfigurableProduct,
    Feature,
    Material,
    Rule,
    RuleKind,
    Step,
)

MOST_FEATURES, MOST_CHOICES = 60, 200
MOST_TRIED = 200_000
"""How many partial choices are tried before a product counts as too entangled to be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFault:
    """What is wrong with a product: the part it is in (`feature`, `choice`, `rule`, `material` or `step`), which one
    (the choice as `feature=choice`, a line by its number), the field, and what would be accepted."""

    part: str
    name: str
    field: str
    value: str
    accepted: str


def product_faults(product: ConfigurableProduct) -> tuple[ProductFault, ...]:
    """All faults of names and numbers; where there are none, all contradictions."""
    plain = (*_feature_faults(product), *_rule_faults(product), *_line_faults(product))
    return plain or (*_circles(product), *_unreachable(product), *_without_material(product), *_clashing(product))


def find(product: ConfigurableProduct, fixed: Mapping[str, str]) -> dict[str, str] | None:
    """Values for all features that keep every rule, with these among them; None where there are none.

    OverflowError after MOST_TRIED tries.
    """
    values_of = {one.code: _values(product, one, fixed) for one in product.features}
    order = sorted(values_of, key=lambda code: (len(values_of[code]), code))
    tried = 0

    def extend(values: dict[str, str], place: int) -> dict[str, str] | None:
        nonlocal tried
        if place == len(order):
            return values
        for value in values_of[order[place]]:
            tried += 1
            if tried > MOST_TRIED:
                raise OverflowError
            more = {**values, order[place]: value}
            if all(keeps(rule, more) is not False for rule in product.rules):
                found = extend(more, place + 1)
                if found is not None:
                    return found
        return None

    return extend({}, 0)


def _values(product: ConfigurableProduct, feature: Feature, fixed: Mapping[str, str]) -> tuple[str, ...]:
    if feature.code in fixed:
        return (fixed[feature.code],)
    return landmarks(product, feature) if feature.range else tuple(one.code for one in feature.choices)


def _feature_faults(product: ConfigurableProduct) -> Iterator[ProductFault]:
    if not 1 <= len(product.features) <= MOST_FEATURES:
        yield _fault("feature", product.item, "item", product.item, f"1 to {MOST_FEATURES} features")
    for one in product.features:
        if (one.range is None) == (not one.choices) or len(one.choices) > MOST_CHOICES:
            accepted = f"1 to {MOST_CHOICES} choices, or a range from least to most"
            yield _fault("feature", one.code, "feature", one.code, accepted)
            continue
        if one.range is not None:
            yield from _range_faults(one)
        if one.required == (one.default is not None):
            yield _fault("feature", one.code, "default", one.default or "", "a default, or required, and not both")
        for field, value in (("default", one.default), ("none", one.none)):
            if value is not None and not one.accepts(value):
                yield _fault("feature", one.code, field, value, ", ".join(one.accepted))


def _range_faults(feature: Feature) -> Iterator[ProductFault]:
    span = feature.range
    assert span is not None
    if span.step < 1 or not 0 <= span.least <= span.most or (span.most - span.least) // span.step >= LONGEST_RANGE:
        accepted = f"least up to most in whole steps, at most {LONGEST_RANGE:,} values"
        yield _fault("feature", feature.code, "least", f"{span.least}..{span.most}", accepted)
    elif not span.has(span.most):
        yield _fault("feature", feature.code, "most", str(span.most), f"{span.least} and whole steps of {span.step}")


def _rule_faults(product: ConfigurableProduct) -> Iterator[ProductFault]:
    for rule in product.rules:
        for field, conditions in (("when", rule.when), *(("then", row) for row in rule.rows)):
            for condition in conditions:
                yield from _condition_faults(product, condition, part="rule", name=rule.code, field=field)
        if not rule.rows or any(not row for row in rule.rows):
            yield _fault("rule", rule.code, "then", "", "at least one condition, such as 'frame=stainless'")
        if rule.kind is RuleKind.ALLOWED and rule.when:
            yield _fault("rule", rule.code, "when", " and ".join(map(str, rule.when)), "nothing: the rows say it all")
        if rule.kind is RuleKind.DERIVES:
            yield from _derivation_faults(rule)


def _derivation_faults(rule: Rule) -> Iterator[ProductFault]:
    """A derivation has one row, of one value each."""
    one_each = len(rule.rows) == 1 and all(len(one.values) == 1 for one in rule.rows[0])
    if not one_each:
        yield _fault("rule", rule.code, "then", " or ".join(map(str, rule.rows)), "one row with one value a feature")
    if rule.rows and {one.feature for one in rule.rows[0]} & {one.feature for one in rule.when}:
        yield _fault("rule", rule.code, "then", rule.code, "another feature than those the rule looks at")


def _condition_faults(
    product: ConfigurableProduct, condition: Condition, *, part: str, name: str, field: str
) -> Iterator[ProductFault]:
    feature = product.feature(condition.feature)
    if feature is None:
        accepted = f"a feature of {product.item}: {', '.join(one.code for one in product.features)}"
        yield _fault(part, name, field, condition.feature, accepted)
        return
    for value in condition.values:
        if not feature.accepts(value):
            yield _fault(part, name, field, f"{feature.code}={value}", ", ".join(feature.accepted))
    if not condition.values and feature.range is None:
        yield _fault(part, name, field, str(condition), f"choices of {feature.code}: {', '.join(feature.accepted)}")


def _line_faults(product: ConfigurableProduct) -> Iterator[ProductFault]:
    ranges = [one for one in product.features if one.range is not None]
    for part, line in (*(("material", one) for one in product.materials), *(("step", one) for one in product.steps)):
        name = str(line.line)
        for condition in line.when:
            yield from _condition_faults(product, condition, part=part, name=name, field="when")
        share = line.share
        if share is None:
            if isinstance(line, Material) and line.quantity_per <= 0:
                yield _fault(part, name, "quantity_per", f"{line.quantity_per:f}", "more than 0, or a share")
            continue
        feature = next((one for one in ranges if one.code == share.feature), None)
        if feature is None:
            accepted = f"a feature with a range: {', '.join(one.code for one in ranges) or 'there is none'}"
            yield _fault(part, name, "per_feature", share.feature, accepted)
        else:
            yield from _share_faults(part, line, feature)


def _share_faults(part: str, line: Material | Step, feature: Feature) -> Iterator[ProductFault]:
    """A share has to be exact, and above nothing, for every number of the feature."""
    span, share = feature.range, line.share
    assert span is not None, "shares are of numbers"
    assert share is not None, "only lines with a share come here"
    said = f"{share.numerator}/{share.denominator}"
    if share.denominator < 1:
        yield _fault(part, str(line.line), "per", said, "a fraction such as '1/1000'")
        return
    ratio = Fraction(share.numerator, share.denominator)
    fixed = Fraction(line.quantity_per if isinstance(line, Material) else line.unit_minutes)
    if (ratio * span.least + fixed) % SMALLEST or (ratio * span.step) % SMALLEST:
        accepted = f"a fraction that gives millionths exactly for {feature.code} {span.said}"
        yield _fault(part, str(line.line), "per", said, accepted)
    if min(fixed + ratio * span.least, fixed + ratio * span.most) < 0:
        yield _fault(part, str(line.line), "per", said, f"at least nothing for {feature.code} {span.said}")


def _circles(product: ConfigurableProduct) -> Iterator[ProductFault]:
    """Derivations that go round in a circle have no beginning."""
    rules = [one for one in product.rules if one.kind is RuleKind.DERIVES]
    place = {code: number for number, code in enumerate(derivation_order(product))}
    for rule in rules:
        for target in rule.rows[0]:
            if any(place[source.feature] > place[target.feature] for source in rule.when):
                yield _fault("rule", rule.code, "when", rule.code, "derivations without a circle")
                break


def _unreachable(product: ConfigurableProduct) -> Iterator[ProductFault]:
    try:
        if find(product, {}) is None:
            yield _fault("rule", _blamed(product), "rule", product.item, "rules that some configuration keeps")
            return
        for feature in product.features:
            for value in _values(product, feature, {}):
                if find(product, {feature.code: value}) is None:
                    accepted = "a choice that some configuration can have; the rules shut it out"
                    part = "feature" if feature.range else "choice"
                    name = feature.code if feature.range else f"{feature.code}={value}"
                    yield _fault(part, name, "least" if feature.range else "choice", value, accepted)
    except OverflowError:
        yield _fault("rule", _blamed(product), "rule", product.item, "fewer rules at once: these cannot be checked")


def _blamed(product: ConfigurableProduct) -> str:
    """The rule without the last of which something could be chosen: the first such, in the order of codes."""
    for number in range(1, len(product.rules) + 1):
        fewer = replace(product, rules=product.rules[:number])
        try:
            if find(fewer, {}) is None:
                return product.rules[number - 1].code
        except OverflowError:
            return product.rules[number - 1].code
    return ""


def _without_material(product: ConfigurableProduct) -> Iterator[ProductFault]:
    """Where some choices of a feature have lines of their own, a choice without any was forgotten; its `none` has
    none by right."""
    for feature in product.features:
        named = [one for line in product.materials for one in line.when if one.feature == feature.code]
        if not named or feature.range is not None:
            continue
        for choice in feature.choices:
            if choice.code != feature.none and not any(one.holds(choice.code) for one in named):
                accepted = "a choice with a line in the bill of materials, as the others of its feature have"
                yield _fault("choice", f"{feature.code}={choice.code}", "choice", choice.code, accepted)


def _clashing(product: ConfigurableProduct) -> Iterator[ProductFault]:
    """Lines of one component that say different scrap, and steps of one number that can apply together."""
    first: dict[str, Material] = {}
    for line in product.materials:
        other = first.setdefault(line.component, line)
        if (other.scrap, other.operation) != (line.scrap, line.operation):
            accepted = f"the scrap and the operation of line {other.line}, which is of the same component"
            yield _fault("material", str(line.line), "scrap", f"{line.scrap:f}", accepted)
    for number, step in enumerate(product.steps):
        for other in product.steps[:number]:
            if other.sequence == step.sequence and _together(product, step, other):
                accepted = f"another operation number: line {other.line} can apply at the same time"
                yield _fault("step", str(step.line), "operation", str(step.sequence), accepted)
    for material in product.materials:
        if material.component == product.item:
            yield _fault("material", str(material.line), "component", product.item, "another item than itself")


def _together(product: ConfigurableProduct, one: Step, other: Step) -> bool:
    both = Rule(code="", kind=RuleKind.ALLOWED, rows=((*one.when, *other.when),))
    if not both.rows[0]:
        return True
    return find(replace(product, rules=(*product.rules, both)), {}) is not None


def _fault(part: str, name: str, field: str, value: str | Decimal, accepted: str) -> ProductFault:
    return ProductFault(part=part, name=name, field=field, value=str(value), accepted=accepted)
