"""Choosing: what somebody chose becomes a configuration that keeps every rule, or all that is wrong with it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from core.domain.configuring.products import Condition, Conditions, ConfigurableProduct, Feature, Rule, RuleKind
from core.domain.ids import ItemCode

MOST_ACCEPTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A product with a value for every feature, in the product's order; it keeps every rule."""

    product: ItemCode
    values: tuple[tuple[str, str], ...]

    @property
    def value_of(self) -> Mapping[str, str]:
        """The values by feature."""
        return dict(self.values)

    @property
    def code(self) -> str:
        """The one text of these values, whatever order they were chosen in: `T300[colour=blue;length=1200]`."""
        return f"{self.product}[{';'.join(f'{name}={value}' for name, value in sorted(self.values))}]"

    @property
    def digest(self) -> str:
        """The hash of the code, in hex."""
        return hashlib.sha256(json.dumps([self.product, sorted(self.values)]).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFault:
    """What is wrong with what was chosen: the feature, its value (None where it is missing), the rule that is broken
    (None where the value itself is none of the feature's), and what would be accepted with all else as it is."""

    feature: str
    value: str | None
    rule: str | None
    accepted: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        value = "nothing" if self.value is None else repr(self.value)
        accepted = ", ".join(self.accepted) or "other choices of the features beside it"
        return f"{self.feature} {value}: {self.why}; accepted is {accepted}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconfigured:
    """Every fault of a choice, in the order of the features."""

    product: ItemCode
    faults: tuple[ChoiceFault, ...]


def configure(product: ConfigurableProduct, chosen: Mapping[str, str]) -> Configuration | Misconfigured:
    """The configuration these choices make, or all their faults at once; the order of choices says nothing.

    A feature nobody chose has the value that a rule derives, else its default; a required one is a fault.
    """
    faults = _unknown(product, chosen)
    known = {name: value for name, value in chosen.items() if name not in {one.feature for one in faults}}
    values = complete(product, known)
    wrong = {one.feature for one in faults}
    for feature in product.features:
        if feature.code not in values and feature.code not in wrong:
            faults.append(_missing(product, feature, values))
    faults += [_broken(product, rule, values) for rule in product.rules if keeps(rule, values) is False]
    if faults:
        return Misconfigured(product=product.item, faults=_in_order(product, faults))
    return Configuration(product=product.item, values=tuple((one.code, values[one.code]) for one in product.features))


def complete(product: ConfigurableProduct, chosen: Mapping[str, str]) -> dict[str, str]:
    """The values chosen, with what rules derive from them and with defaults; what is still missing is not in it."""
    values: dict[str, str] = {}
    for code in derivation_order(product):
        feature = product.feature(code)
        assert feature is not None, "the order is of the product's features"
        if code in chosen:
            values[code] = chosen[code]
            continue
        derived = _derived(product, code, values)
        found = derived if derived is not None else feature.default
        if found is not None:
            values[code] = found
    return values


@lru_cache(maxsize=64)
def derivation_order(product: ConfigurableProduct) -> tuple[str, ...]:
    """The features so that each comes after those its value may be derived from; those of a circle come last, in the
    product's order."""
    left = {one.code: _derived_from(product, one.code) for one in product.features}
    found: list[str] = []
    while left:
        ready = next((code for code in left if not left[code] & left.keys()), None)
        if ready is None:
            return (*found, *left)
        found.append(ready)
        del left[ready]
    return tuple(found)


def _derived_from(product: ConfigurableProduct, feature: str) -> set[str]:
    rules = [one for one in product.rules if one.kind is RuleKind.DERIVES]
    return {
        condition.feature
        for rule in rules
        if any(one.feature == feature for row in rule.rows for one in row)
        for condition in rule.when
    }


def _derived(product: ConfigurableProduct, feature: str, values: Mapping[str, str]) -> str | None:
    for rule in product.rules:
        if rule.kind is not RuleKind.DERIVES or all_hold(rule.when, values) is not True:
            continue
        for condition in rule.rows[0]:
            if condition.feature == feature:
                return condition.values[0]
    return None


def keeps(rule: Rule, values: Mapping[str, str]) -> bool | None:
    """Whether values keep a rule; None while one that matters is missing."""
    applies = all_hold(rule.when, values)
    if applies is False:
        return True
    rows = [all_hold(row, values) for row in rule.rows]
    anything = True if True in rows else None if None in rows else False
    met = None if anything is None else anything is not (rule.kind is RuleKind.EXCLUDES)
    return True if met else met if applies else None


def all_hold(conditions: Conditions, values: Mapping[str, str]) -> bool | None:
    """Whether all conditions hold; None where one cannot be told because its feature has no value."""
    told = [one.holds(values[one.feature]) if one.feature in values else None for one in conditions]
    return False if False in told else None if None in told else True


def _unknown(product: ConfigurableProduct, chosen: Mapping[str, str]) -> list[ChoiceFault]:
    faults: list[ChoiceFault] = []
    for name, value in sorted(chosen.items()):
        feature = product.feature(name)
        if feature is None:
            accepted = tuple(one.code for one in product.features)
            why = f"{product.item} has no such feature"
            faults.append(ChoiceFault(feature=name, value=value, rule=None, accepted=accepted, why=why))
        elif not feature.accepts(value):
            why = f"this is no {'value' if feature.range else 'choice'} of {feature.name!r}"
            faults.append(ChoiceFault(feature=name, value=value, rule=None, accepted=feature.accepted, why=why))
    return faults


def _missing(product: ConfigurableProduct, feature: Feature, values: Mapping[str, str]) -> ChoiceFault:
    accepted = fitting(product, feature, values) or feature.accepted
    return ChoiceFault(
        feature=feature.code, value=None, rule=None, accepted=accepted, why=f"{feature.name!r} has to be chosen"
    )


def _broken(product: ConfigurableProduct, rule: Rule, values: Mapping[str, str]) -> ChoiceFault:
    """The fault of a rule, at the first feature of it that could be chosen otherwise."""
    for code in rule.features:
        feature = product.feature(code)
        accepted = fitting(product, feature, values) if feature else ()
        if accepted:
            break
    else:
        code, accepted = rule.features[0], ()
    said = rule.because or _words_of(rule)
    return ChoiceFault(
        feature=code, value=values.get(code), rule=rule.code, accepted=accepted, why=f"rule {rule.code}: {said}"
    )


def fitting(product: ConfigurableProduct, feature: Feature, values: Mapping[str, str]) -> tuple[str, ...]:
    """The values of a feature that break no rule with all else as it is; a range that fits whole is said in words."""
    others = {name: value for name, value in values.items() if name != feature.code}
    rules = [rule for rule in product.rules if feature.code in rule.features]

    def fits(value: str) -> bool:
        return all(keeps(rule, {**others, feature.code: value}) is not False for rule in rules)

    if feature.range is None:
        return tuple(one.code for one in feature.choices if fits(one.code))
    every = landmarks(product, feature)
    found = [value for value in every if fits(value)]
    if not found:
        return ()
    first, last = every.index(found[0]), every.index(found[-1])
    if last - first + 1 == len(found):
        return (replace(feature.range, least=int(found[0]), most=int(found[-1])).said,)
    return tuple(found[:MOST_ACCEPTED])


def landmarks(product: ConfigurableProduct, feature: Feature) -> tuple[str, ...]:
    """Values of a numeric feature between which no condition changes: a rule kept by all of them is kept by all."""
    span = feature.range
    assert span is not None, "only a number has landmarks"
    marks = {span.least, span.most}
    for condition in conditions_of(product):
        if condition.feature == feature.code:
            for edge in _edges(condition):
                near = span.least + (edge - span.least) // span.step * span.step
                marks |= {near - span.step, near, near + span.step}
    if feature.default is not None:
        marks.add(int(feature.default))
    return tuple(str(value) for value in sorted(marks) if span.has(value))


def _edges(condition: Condition) -> tuple[int, ...]:
    numbers = tuple(int(value) for value in condition.values if value.isdecimal())
    return numbers + tuple(edge for edge in (condition.least, condition.most) if edge is not None)


def conditions_of(product: ConfigurableProduct) -> tuple[Condition, ...]:
    """Every condition of the product: of its rules, its materials and its steps."""
    of_rules = (one for rule in product.rules for part in (rule.when, *rule.rows) for one in part)
    lines = (one for line in (*product.materials, *product.steps) for one in line.when)
    return (*of_rules, *lines)


def _words_of(rule: Rule) -> str:
    rows = " or ".join(" and ".join(map(str, row)) for row in rule.rows)
    when = f"{' and '.join(map(str, rule.when))} " if rule.when else ""
    return f"{when}{rule.kind.value} {rows}"


def _in_order(product: ConfigurableProduct, faults: list[ChoiceFault]) -> tuple[ChoiceFault, ...]:
    place = {one.code: number for number, one in enumerate(product.features)}
    return tuple(sorted(faults, key=lambda one: (place.get(one.feature, len(place)), one.feature, one.rule or "")))
