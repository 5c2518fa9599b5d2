"""`expediter configure`: products that are made as each order says, and what options of one make, cost and take."""

from datetime import date
from typing import Annotated

import typer

from core.domain.configuring.products import ConfigurableProduct, Feature
from core.domain.errors import UsageError
from core.domain.ids import CustomerCode, ItemCode
from core.services.configuring import Configured, ConfigureItem, configure_item, product_meant, products_of
from ui.cli import options
from ui.cli.demo_books import Demo, books
from ui.cli.failing import failures_said
from ui.cli.printing import console, count, day, heading, money, print_json, say, table
from ui.cli.workplace import CLI, PackChoice

_FEATURES = (("feature", "code"), ("name", "left"), ("usual", "code"), ("accepted", "left"))
_CHOSEN = (("feature", "code"), ("value", "left"), ("said", "left"))
_PARTS = (("component", "code"), ("for one", "right"))
Set = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="An option, such as voltage=400.")]


@options.takes_pack
def configure_command(
    choice: PackChoice,
    words: Annotated[
        str | None, typer.Argument(metavar="PRODUCT", help="A product's code, or its name with options in words.")
    ] = None,
    values: Set = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="CODE", help="The price for whom.")] = None,
    quantity: Annotated[int, typer.Option("--quantity", min=1, help="How many.")] = 1,
    by: Annotated[str | None, typer.Option("--by", metavar="DAY", help="Wanted then: when could it be?")] = None,
    demo: Demo = False,
    as_json: options.Json = False,
) -> None:
    """List the products made as each order says, show one's options, or check, price and date what was chosen."""
    with failures_said(), books(choice, demo=demo) as (place, is_demo), place.application.open_uow(CLI) as uow:
        settings, more = uow.company.settings(), " --demo" if is_demo else ""
        if words is None:
            if values:
                raise UsageError("--set is an option of a product; name the product first", field="set")
            _list(products_of(uow), more=more, as_json=as_json)
            return
        item = product_meant(uow, words)
        product = next(one for one in products_of(uow) if one.item == item)
        plain = words.strip().casefold() == item.casefold()
        if plain and not values:
            _show(product, uow.company.item(item).name, as_json=as_json)
            return
        asked = _asked(item, "" if plain else words, values or [], customer=customer, quantity=quantity, by=by)
        made = configure_item(uow, asked)
        if as_json:
            print_json(configured_json(made))
        else:
            _tell(product, made, asked, currency=settings.currency, more=more)
    if made.variant is None:
        raise typer.Exit(1)


def configured_json(made: Configured) -> dict[str, object]:
    """What options make, as data."""
    variant = made.variant
    return {
        "product": made.product,
        "accepted": variant is not None,
        "read": [{"feature": one.feature, "value": one.value, "quote": one.quote} for one in made.read.said],
        "faults": [
            {"feature": one.feature, "value": one.value, "rule": one.rule, "why": one.why, "accepted": one.accepted}
            for one in made.faults
        ],
        "unclear": [
            {"feature": one.feature, "quote": one.quote, "why": one.why, "choices": one.choices} for one in made.unclear
        ],
        "item": variant.item.code if variant else None,
        "name": variant.item.name if variant else None,
        "exists": made.born,
        "options": dict(variant.configuration.values) if variant else None,
        "parts": {one.component: one.quantity_per for one in variant.components} if variant else None,
        "steps": [
            {"operation": one.sequence, "name": one.name, "work_center": one.work_center} for one in variant.operations
        ]
        if variant
        else None,
        "list_price": made.list_price,
        "price": made.price.unit_price if made.price else None,
        "could_be_there": made.promise.complete if made.promise else None,
    }


def _asked(
    item: ItemCode, words: str, values: list[str], *, customer: str | None, quantity: int, by: str | None
) -> ConfigureItem:
    pairs: list[tuple[str, str]] = []
    for value in values:
        name, equals, said = value.partition("=")
        if not equals or not name.strip() or not said.strip():
            raise UsageError(f"--set {value!r} is no option; accepted is such as --set voltage=400", field="set")
        pairs.append((name.strip(), said.strip()))
    try:
        wanted = date.fromisoformat(by) if by else None
    except ValueError as error:
        raise UsageError(f"--by {by!r} is no day; accepted is such as 2026-12-04", field="by") from error
    return ConfigureItem(
        product=item,
        options=tuple(pairs),
        words=words,
        customer=CustomerCode(customer) if customer else None,
        quantity=quantity,
        requested=wanted,
    )


def _list(products: tuple[ConfigurableProduct, ...], *, more: str, as_json: bool) -> None:
    if as_json:
        print_json([{"item": one.item, "features": [feature.code for feature in one.features]} for one in products])
        return
    if not products:
        say("No product is made as each order says; products.csv of a pack names them.")
        return
    rows = [(one.item, ", ".join(feature.code for feature in one.features)) for one in products]
    console.print(table("Configurable products", (("item", "code"), ("features", "left")), rows))
    say(f"Next: `expediter configure {products[0].item}{more}` shows what can be chosen.")


def _show(product: ConfigurableProduct, name: str, *, as_json: bool) -> None:
    if as_json:
        features = [
            {
                "feature": one.code,
                "name": one.name,
                "required": one.required,
                "usual": one.default,
                "accepted": one.accepted,
            }
            for one in product.features
        ]
        rules = [{"rule": one.code, "kind": one.kind.value, "because": one.because} for one in product.rules]
        print_json({"item": product.item, "name": name, "features": features, "rules": rules})
        return
    heading(f"{product.item}: {name}")
    rows = [(one.code, one.name, one.default or "say it", _accepted(one)) for one in product.features]
    console.print(table("", _FEATURES, rows))
    for rule in product.rules:
        say(f"  rule {rule.code}: {rule.because or rule.kind.value}")


def _accepted(feature: Feature) -> str:
    if feature.range is not None:
        return feature.range.said
    return ", ".join(one.code if one.code in one.name else f"{one.code} ({one.name})" for one in feature.choices)


def _tell(product: ConfigurableProduct, made: Configured, asked: ConfigureItem, *, currency: str, more: str) -> None:
    said = {one.feature: one.quote for one in made.read.said}
    variant = made.variant
    if variant is None:
        heading(f"{made.product} cannot be made so")
        for one in made.unclear:
            say(f"  {one.feature} {one.quote!r}: {one.why}; possible: {', '.join(one.choices)}", style="yellow")
        for fault in made.faults:
            say(f"  {fault}", style="red")
        say(f"Next: `expediter configure {made.product} --set NAME=VALUE{more}` says an option.")
        return
    heading(f"{variant.item.code}: {variant.item.name}")
    values = variant.configuration.value_of
    rows = [(one.code, values[one.code], said.get(one.code, "-")) for one in product.features]
    console.print(table("", _CHOSEN, rows))
    console.print(table("Parts", _PARTS, [(one.component, f"{one.quantity_per:f}") for one in variant.components]))
    born = "an item already" if made.born else "becomes an item with the first order"
    say(f"{money(variant.item.list_price, currency)} by the list; {born}.")
    if made.price is not None:
        say(f"{money(made.price.unit_price, currency)} each for {asked.customer}, {count(asked.quantity, 'unit')}.")
    if made.promise is not None:
        reasons = next((one.text for one in made.promise.reasons), "")
        when = f"could be there on {day(made.promise.complete)}" if made.promise.complete else f"has no day: {reasons}"
        say(f"{count(asked.quantity, 'unit')} {when}; nothing is held.")
