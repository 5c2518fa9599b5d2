"""Lines of configurable products: a description becomes options, options an item, and answers change them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.configuring.describing import read_options
from core.domain.configuring.exploding import Variant
from core.domain.configuring.mentions import mentions, strange
from core.domain.configuring.products import ConfigurableProduct
from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import CustomerCode, ItemCode
from core.domain.intake.checks import lowered
from core.domain.intake.drafts import OPTION, DraftLine, DraftOrder, Field, Level
from core.domain.intake.item_words import code_key
from core.domain.intake.letters import Letter
from core.domain.intake.names import KnownItem
from core.domain.intake.optioned import Optioned, called, optioned, said_options
from core.domain.intake.transcripts import Said, TranscribedLine
from core.domain.items import Item
from core.domain.showing import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What can be made as an order says: the products, their items, and what so many of a variant cost a customer."""

    products: tuple[ConfigurableProduct, ...]
    base: Callable[[ItemCode], Item]
    price: Callable[[CustomerCode, Variant, int], Decimal | None]

    def product(self, item: ItemCode | None) -> ConfigurableProduct | None:
        """The product of this item code."""
        return next((one for one in self.products if one.item == item), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A line that describes a product, and what becomes of it."""

    product: ItemCode
    made: Optioned


def described(workshop: Workshop, line: TranscribedLine, *, number: int, language: str) -> Described | None:
    """The line as one of a configurable product; None where it describes none. Words that say nothing we know about
    the product send its item to a person."""
    product = _product_of(workshop, line)
    said = line.description or line.item
    if product is None or said is None:
        return None
    options = said_options(read_options(said.text, product), said)
    made = optioned(product, workshop.base(product.item), options, line=number, language=language, said=said)
    return Described(product=product.item, made=_doubted(made, product))


def known_variant(variant: Variant) -> KnownItem:
    """A variant as an item that a line may be for."""
    return KnownItem(code=variant.item.code, name=variant.item.name, unit=variant.item.unit)


def variant_of(workshop: Workshop, line: DraftLine) -> Variant | None:
    """The variant the options of a line make now; None while something is open, or for any other line."""
    product = workshop.product(line.product)
    if product is None:
        return None
    base = workshop.base(product.item)
    return optioned(product, base, dict(line.options), line=line.number, language="").variant


def agreed_variant(workshop: Workshop, draft: DraftOrder, line: DraftLine) -> Variant | None:
    """The same for a line that is confirmed; ConflictError where it is another one than the draft says."""
    variant = variant_of(workshop, line)
    if line.product is not None and (variant is None or variant.item.code != line.item.value):
        raise ConflictError(
            f"{draft.id} line {line.number}: what {line.product} is made of has changed since; set one of its options"
            " again and look at it"
        )
    return variant


def with_options(draft: DraftOrder, line: DraftLine, workshop: Workshop) -> DraftOrder:
    """The draft with this line in its place, its item and what is asked about its options made anew."""
    names = {f"{OPTION}{one.code}" for product in workshop.products for one in product.features}
    others = [one for one in draft.questions if one.line != line.number or one.about not in names]
    product = workshop.product(line.product)
    if product is not None:
        base, options = workshop.base(product.item), dict(line.options)
        made = optioned(product, base, options, line=line.number, language=draft.language, said=line.item.said)
        made = _doubted(made, product)
        line = replace(line, item=made.item, options=made.options)
        others += made.questions
    lines = tuple(line if one.number == line.number else one for one in draft.lines)
    asked = tuple(sorted(others, key=lambda one: (one.line or 0, one.about)))
    return replace(draft, lines=lines, questions=asked)


def with_option(line: DraftLine, feature: str, value: str, workshop: Workshop, *, by: str) -> DraftLine:
    """The line with a value that a person gives one of its options, as a code or in words."""
    product = workshop.product(line.product)
    if product is None:
        raise InvalidValueError(f"line {line.number} is of no configurable product; it has no options", field="values")
    found = product.feature(feature)
    if found is None:
        accepted = ", ".join(one.code for one in product.features)
        raise InvalidValueError(
            f"{shown(feature)} is no option of {product.item}; accepted are {accepted}", field="values"
        )
    code = value if found.accepts(value) else read_options(value, product).chosen.get(feature)
    if code is None:
        accepted = ", ".join(called(product, feature, one) for one in found.accepted)
        raise InvalidValueError(f"{feature} {shown(value)} is not accepted; accepted are {accepted}", field="values")
    return _given(line, {feature: Field(value=code, why=(f"set by {by}",))})


def answered(draft: DraftOrder, letter: Letter, workshop: Workshop) -> DraftOrder:
    """The draft with the options that a customer's answer says, where one line alone has open ones."""
    asked = {(one.line, one.about.removeprefix(OPTION)) for one in draft.questions if one.about.startswith(OPTION)}
    lines = [line for line in draft.lines if line.number in {number for number, _ in asked}]
    product = workshop.product(lines[0].product) if len(lines) == 1 else None
    if product is None:
        return draft
    given: dict[str, Field] = {}
    for document in letter.documents:
        if document.source not in {"subject", "from"}:
            text = document.text
            said = Said(text=text, quote=text, source=document.source, start=0, end=len(text))
            given |= {code: one for code, one in said_options(read_options(text, product), said).items() if one.value}
    wanted = {code: one for code, one in given.items() if (lines[0].number, code) in asked}
    return with_options(draft, _given(lines[0], wanted), workshop) if wanted else draft


def _doubted(made: Optioned, product: ConfigurableProduct) -> Optioned:
    """Words that say nothing we know about the product: a person looks at them."""
    unknown = strange(made.item.said.text, product) if made.item.said else ()
    if not unknown or made.variant is None:
        return made
    return replace(made, item=lowered(made.item, Level.REVIEW, f"not understood of it: {' '.join(unknown)}"))


def _given(line: DraftLine, values: Mapping[str, Field]) -> DraftLine:
    return replace(line, options=tuple({**dict(line.options), **values}.items()))


def _product_of(workshop: Workshop, line: TranscribedLine) -> ConfigurableProduct | None:
    if line.item is not None:
        key = code_key(line.item.text)
        named = next((one for one in workshop.products if code_key(one.item) == key), None)
        if named is not None or line.description is not None:
            return named
    said = line.description or line.item
    found = mentions(said.text, workshop.products) if said else ()
    meant = {one.product for one in found}
    return workshop.product(meant.pop()) if len(meant) == 1 else None
