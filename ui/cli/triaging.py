"""`expediter triage`: what to do first about each case by the rules, or a person's word that goes before them."""

from typing import Annotated

import typer

from core.domain.errors import UsageError
from core.domain.ids import CaseId
from core.domain.triage import Verdict
from core.services.triaging import OverrideTriage, override_triage, triage_cases
from ui.cli import options
from ui.cli.cases import triage_json
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import print_json, say
from ui.cli.reports import verdict_words
from ui.cli.workplace import CLI, PackChoice, workplace


@options.takes_pack
def triage_command(
    choice: PackChoice,
    case: Annotated[str | None, typer.Argument(metavar="ID", help="Such as CASE-3; without it, by the rules.")] = None,
    verdict: Annotated[Verdict | None, typer.Option("--as", help="What to do about it first.")] = None,
    into: Annotated[str | None, typer.Option(metavar="ID", help="The case it belongs with, to merge it.")] = None,
    reason: Annotated[str, typer.Option(help="Why; needed to say otherwise than the rules.")] = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Say what to do first about each open case by the rules, or about one case as a person."""
    with failures_said(), workplace(choice) as place:
        if (case is None) is not (verdict is None):
            raise UsageError("name one case and say --as VERDICT, or neither")
        if case is None or verdict is None:
            with place.application.open_uow(CLI) as uow:
                found = tuple(triage_cases(uow).values())
        else:
            who = person(place.application, user=user, token_file=token_file or place.config.token_file)
            word = OverrideTriage(case=CaseId(case), verdict=verdict, why=reason, into=CaseId(into) if into else None)
            with place.application.open_uow(who.name) as uow:
                found = (override_triage(uow, word, who),)
        if as_json:
            print_json([{"case": one.case, **(triage_json(one) or {})} for one in found])
            return
        for one in found:
            say(f"{one.case}: {verdict_words(one)}: {'; '.join(one.reasons)}")
        if not found:
            say("No case waits.")
