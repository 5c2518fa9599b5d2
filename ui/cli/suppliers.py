"""`expediter suppliers`: how suppliers have delivered, the worst on time first, and the days to add to their word."""

from decimal import Decimal
from typing import Annotated

import typer

from core.domain.errors import UsageError
from core.domain.scorecards import Scorecard, Share
from core.services.scorecards import SHARE, WINDOW_DAYS, Scoring, scorecard, scorecards
from ui.cli import options
from ui.cli.buffers import changed, print_changed, print_stored
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, count, print_json, say, table
from ui.cli.reports import print_pack
from ui.cli.workplace import CLI, PackChoice, workplace

_COLUMNS = (
    ("supplier", "code"),
    ("lines", "right"),
    ("on time", "right"),
    ("as asked", "right"),
    ("units", "right"),
    ("price kept", "right"),
    ("trend", "code"),
    ("add days", "right"),
)


@options.takes_pack
def suppliers_command(
    choice: PackChoice,
    supplier: Annotated[str | None, typer.Argument(metavar="CODE", help="One supplier, by code or name.")] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="Days up to the business date.")] = WINDOW_DAYS,
    share: Annotated[int, typer.Option(min=1, max=99, help="Percent of deliveries to be in time.")] = SHARE,
    limit: Annotated[int, typer.Option(min=1, help="At most so many suppliers.")] = 20,
    apply: Annotated[bool, typer.Option("--apply", help="Plan with the days to add from now on.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Plan with the word of suppliers alone again.")] = False,
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Show how suppliers have delivered, the worst on time first, and the days to add to their word."""
    with failures_said(), workplace(choice) as place:
        if supplier is not None and not supplier.strip():
            raise UsageError("'' is no supplier; say its code or name, or nothing for all", field="supplier")
        if apply and remove:
            raise UsageError("--apply and --remove together say nothing; give one of them", field="remove")
        scoring = Scoring(days=days, percent=share)
        if apply or remove:
            who = person(place.application, user=user, token_file=token_file or place.config.token_file)
            with place.application.open_uow(who.name) as uow:
                print_changed(changed(uow, scoring, supplier=supplier, remove=remove), as_json=as_json)
            return
        with place.application.open_uow(CLI) as uow:
            found = scorecards(uow, scoring) if supplier is None else (scorecard(uow, supplier, scoring),)
            stored = {code: one.days for code, one in uow.buffers.current().items() if one.days}
        if as_json:
            told = [{**card_json(card), "buffer_stored": stored.get(card.supplier, 0)} for card in found[:limit]]
            print_json({"suppliers": told, "left_out": len(found) - len(told)})
            return
        print_pack(place.reading)
        _print(found, limit=limit) if supplier is None else _print_one(found[0])
        print_stored(stored, of=None if supplier is None else found[0].supplier)


def card_json(card: Scorecard) -> dict[str, object]:
    """A scorecard as data; shares with the counts behind them."""
    came, window = card.delivered, card.window
    return {
        "supplier": card.supplier,
        "name": card.name,
        "since": window.since,
        "as_of": window.as_of,
        "lines": came.lines,
        "deliveries": came.deliveries,
        "overdue": came.overdue,
        "on_time": _share_json(came.on_time),
        "as_asked": _share_json(came.as_asked),
        "median_days_late": came.median_late,
        "ninth_days_late": came.ninth_late,
        "units": _share_json(came.units),
        "dates_kept": _share_json(came.dates_kept),
        "prices_kept": _share_json(came.prices_kept),
        "trend": came.trend.value,
        "last_quarter": _share_json(came.recent),
        "before": _share_json(came.before),
        "expected_on_time": card.buffer.expected_on_time,
        "buffer_days": card.buffer.days,
        "buffer_share": card.buffer.percent,
        "advice": card.advice,
    }


def _share_json(share: Share) -> dict[str, object]:
    return {"percent": share.percent, "part": share.part, "of": share.of, "thin": share.thin}


def _print(found: tuple[Scorecard, ...], *, limit: int) -> None:
    cards, left_out = found[:limit], max(0, len(found) - limit)
    if not cards:
        say("No line of a supplier was due in that time.")
        return
    console.print(table("Suppliers, the worst on time first", _COLUMNS, map(_row, cards)))
    say("~ fewer than five cases behind it")
    if left_out:
        say(f"{count(left_out, 'supplier')} more; --limit shows them")


def _row(card: Scorecard) -> tuple[object, ...]:
    came = card.delivered
    shares = (came.on_time, came.as_asked, came.units, came.prices_kept)
    return (card.supplier, came.lines, *map(_short, shares), came.trend.value, card.buffer.days)


def _short(share: Share) -> str:
    return _percent(share.percent) + ("~" if share.thin and share.of else "")


def _percent(percent: Decimal | None) -> str:
    return "-" if percent is None else f"{percent}%"


def _print_one(card: Scorecard) -> None:
    came, window = card.delivered, card.window
    say(f"{card.supplier}: {card.name}", style="bold")
    say(f"  {count(came.lines, 'line')} due from {window.since} to {window.as_of}, {came.deliveries:,} deliveries")
    _print_share("on time, by the day counted on", came.on_time)
    _print_share("on time, by the day asked for first", came.as_asked)
    if came.median_late is not None:
        say(f"  late ones: half within {came.median_late}, nine of ten within {came.ninth_late} days")
    if came.overdue:
        say(f"  {count(came.overdue, 'line')} overdue now, counted as not on time")
    _print_share("units that came", came.units)
    _print_share("dates kept in answers", came.dates_kept)
    _print_share("prices kept", came.prices_kept)
    say(f"  trend: {came.trend.value} (last quarter {_short(came.recent)}, before {_short(came.before)})")
    say(f"  expected on time: {card.buffer.expected_on_time}%, with what is known of others where little came")
    say(f"  {card.advice}")


def _print_share(what: str, share: Share) -> None:
    thin = " - few" if share.thin and share.of else ""
    say(f"  {what}: {_percent(share.percent)} ({share.part:,} of {share.of:,}{thin})")
