"""A configurable product: its features, the rules between them, and its materials and operations for all choices."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ItemCode, WorkCenterCode

LANGUAGES = ("en", "de", "es", "fr", "nl")
LONGEST_RANGE = 1_000_000
"""How many values a numeric feature has at most."""


class RuleKind(StrEnum):
    """What a rule does once its conditions hold: it wants one of its rows, forbids them all, allows nothing but one of
    them, or gives the values of its one row."""

    REQUIRES = "requires"
    EXCLUDES = "excludes"
    ALLOWED = "allowed"
    DERIVES = "derives"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What something is called in a language (ISO 639-1), the usual word first."""

    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value a feature may have. `price` comes on top of the list price of a unit, `lead_days` on top of the days to
    make it; both may be less than nothing."""

    code: str
    name: str
    words: tuple[Words, ...] = ()
    price: Decimal = Decimal(0)
    lead_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Whole numbers of `unit` from `least` to `most`, `step` apart; each of them costs `price`."""

    least: int
    most: int
    step: int = 1
    unit: str = ""
    price: Decimal = Decimal(0)

    def has(self, value: int) -> bool:
        """Whether a number is one of them."""
        return self.least <= value <= self.most and (value - self.least) % self.step == 0

    @property
    def said(self) -> str:
        """The range in words."""
        steps = f" in steps of {self.step}" if self.step > 1 else ""
        return f"{self.least} to {self.most} {self.unit}".rstrip() + steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What can be chosen about a product: one of its choices, or a number of its range.

    A required one has to be said; any other has a `default`. `none` is the choice that "without" means.
    """

    code: str
    name: str
    words: tuple[Words, ...] = ()
    required: bool = False
    default: str | None = None
    none: str | None = None
    choices: tuple[Choice, ...] = ()
    range: Range | None = None

    def choice(self, code: str) -> Choice | None:
        """The choice of this code."""
        return next((one for one in self.choices if one.code == code), None)

    def accepts(self, value: str) -> bool:
        """Whether a value is one of this feature's, whatever the rules say; numbers are written plainly."""
        if self.range is None:
            return self.choice(value) is not None
        return value.isascii() and value.isdecimal() and str(int(value)) == value and self.range.has(int(value))

    @property
    def accepted(self) -> tuple[str, ...]:
        """What may be chosen, in words where it is a range."""
        return (self.range.said,) if self.range is not None else tuple(one.code for one in self.choices)

    def called(self, language: str) -> str:
        """The usual word for it in a language, its name where there is none."""
        return called(self.words, language) or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """That a feature has one of `values`, or a number from `least` to `most`."""

    feature: str
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def holds(self, value: str) -> bool:
        """Whether it holds for a value of the feature."""
        if self.values:
            return value in self.values
        number = int(value)
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)

    def __str__(self) -> str:
        if self.values:
            return f"{self.feature}={'|'.join(self.values)}"
        return f"{self.feature}={'' if self.least is None else self.least}..{'' if self.most is None else self.most}"


Conditions = tuple[Condition, ...]
"""Conditions that hold together; none of them always hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the product: where all of `when` holds, `kind` says what becomes of `rows`."""

    code: str
    kind: RuleKind
    when: Conditions = ()
    rows: tuple[Conditions, ...] = ()
    because: str = ""

    @property
    def features(self) -> tuple[str, ...]:
        """Every feature it speaks of, those it decides on first."""
        named = [one.feature for row in self.rows for one in row] + [one.feature for one in self.when]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So much for each unit of a numeric feature: `numerator / denominator` times its value, exactly."""

    feature: str
    numerator: int
    denominator: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A line of the bill of materials for all choices: it applies where `when` holds, and takes `quantity_per` of the
    component and its share of a numeric feature on top."""

    line: int
    component: ItemCode
    quantity_per: Decimal = Decimal(0)
    share: Share | None = None
    when: Conditions = ()
    scrap: Decimal = Decimal(0)
    operation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the routing for all choices, with the same conditions; minutes are of work-centre time a unit."""

    line: int
    sequence: int
    name: str
    work_center: WorkCenterCode
    setup_minutes: int = 0
    unit_minutes: Decimal = Decimal(0)
    yield_percent: Decimal = Decimal(100)
    share: Share | None = None
    when: Conditions = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurableProduct:
    """An item of which every order says how it is to be. Features are in the order in which they are asked for.

    `words` is what customers call it; without any it is found by its item code only.
    """

    item: ItemCode
    words: tuple[Words, ...] = ()
    features: tuple[Feature, ...] = ()
    rules: tuple[Rule, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()

    def feature(self, code: str) -> Feature | None:
        """The feature of this code."""
        return next((one for one in self.features if one.code == code), None)


def called(words: tuple[Words, ...], language: str) -> str:
    """The usual word in a language, empty where there is none."""
    return next((one.words[0] for one in words if one.language == language and one.words), "")
