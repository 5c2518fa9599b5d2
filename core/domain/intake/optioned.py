"""The options of a draft line: what was said of a configurable product, and what is still open about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.configuring.choosing import ChoiceFault, Configuration, configure
from core.domain.configuring.describing import ReadOptions, UnclearOption
from core.domain.configuring.exploding import Variant, explode
from core.domain.configuring.products import ConfigurableProduct, Feature
from core.domain.intake.drafts import OPTION, Field, Level, Question
from core.domain.intake.transcripts import Said
from core.domain.items import Item

Options = Mapping[str, Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Optioned:
    """A line of a configurable product: its options, its item, what has to be asked, and the variant if nothing has."""

    item: Field
    options: tuple[tuple[str, Field], ...]
    questions: tuple[Question, ...] = ()
    variant: Variant | None = None


def said_options(read: ReadOptions, said: Said) -> dict[str, Field]:
    """The options of a description as fields, each with the words it came from."""
    at = said.start + said.quote.index(said.text)
    found = {
        one.feature: Field(value=one.value, said=_place(said, at, one.start, one.end, one.quote)) for one in read.said
    }
    for one in read.unclear:
        place = _place(said, at, one.start, one.end, one.quote)
        found[one.feature] = Field(level=Level.LOW, said=place, why=(one.why,), candidates=_candidates(one))
    return found


def optioned(
    product: ConfigurableProduct, base: Item, options: Options, *, line: int, language: str, said: Said | None = None
) -> Optioned:
    """The line these options make. What is not sure, missing, or against a rule is open, and each becomes a question;
    nothing is chosen for the customer but what the product has as usual."""
    fields = {code: _as_said(one) for code, one in options.items()}
    chosen = {code: one.value for code, one in fields.items() if one.value is not None}
    made = configure(product, chosen)
    faults: dict[str, ChoiceFault] = {}
    for fault in () if isinstance(made, Configuration) else made.faults:
        faults.setdefault(fault.feature, fault)
    for code, fault in faults.items():
        fields[code] = _at_fault(fields.get(code, Field()), fault)
    open_ones = [code for code in _in_order(product, fields) if fields[code].level is Level.LOW]
    kept = tuple((code, fields[code]) for code in _in_order(product, fields))
    if open_ones or not isinstance(made, Configuration):
        why = f"{product.item} is made as each order says; {', '.join(open_ones)} must be said first"
        questions = tuple(_question(product, code, fields[code], line=line, language=language) for code in open_ones)
        return Optioned(item=Field(level=Level.LOW, said=said, why=(why,)), options=kept, questions=questions)
    variant = explode(product, made, base)
    item = Field(value=variant.item.code, said=said, why=(f"{variant.item.name}",))
    return Optioned(item=item, options=kept, variant=variant)


def called(product: ConfigurableProduct, code: str, value: str) -> str:
    """A value of a feature as people call it: the name of an option, a number with its unit."""
    feature = product.feature(code)
    choice = feature.choice(value) if feature else None
    return choice.name if choice else value


def _as_said(field: Field) -> Field:
    """The field as it was said, without what was found against it before."""
    return field if field.value is None else replace(field, level=Level.HIGH, candidates=())


def _at_fault(field: Field, fault: ChoiceFault) -> Field:
    if field.level is Level.LOW:
        return field  # it is asked for already, with the words that were not clear
    return replace(field, level=Level.LOW, why=(fault.why,), candidates=fault.accepted)


def _question(product: ConfigurableProduct, code: str, field: Field, *, line: int, language: str) -> Question:
    feature: Feature | None = product.feature(code)
    accepted = field.candidates or (feature.accepted if feature else ())
    return Question(
        about=f"{OPTION}{code}",
        line=line,
        quote=field.said.quote if field.said else "",
        choices=tuple(called(product, code, value) for value in accepted),
        why=field.why[-1] if field.why else "",
        called=feature.called(language) if feature else code,
    )


def _candidates(one: UnclearOption) -> tuple[str, ...]:
    return one.choices if one.choices != (one.feature,) else ()


def _place(said: Said, at: int, start: int, end: int, quote: str) -> Said:
    return Said(text=quote, quote=quote, source=said.source, start=at + start, end=at + end)


def _in_order(product: ConfigurableProduct, fields: Options) -> list[str]:
    place = {one.code: number for number, one in enumerate(product.features)}
    return sorted(fields, key=lambda code: (place.get(code, len(place)), code))
