"""`expediter policy`: what is in force, what was, what another one would have done, and how it comes about."""

from typing import Annotated

import typer

from core.db.codec import to_json
from core.domain.errors import NotFoundError
from core.domain.ids import ApprovalId
from core.domain.learning import Suggestion
from core.domain.policies import Policy
from core.domain.policy_edits import ACCEPTED, pairs
from core.services.learning import (
    Complain,
    SettleSuggestion,
    complain,
    learn,
    open_suggestions,
    settle_suggestion,
)
from core.services.policies import policy_of
from core.services.policy_changing import AgreeToPolicy, AskForPolicy, agree_to_policy, ask_for_policy, asked_policy
from core.services.policy_trial import Trial, try_policy
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, count, money, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

app = typer.Typer(help="What people must agree to, and what runs by itself.", no_args_is_help=True)
Changes = Annotated[list[str], typer.Argument(metavar="NAME=VALUE...", help=ACCEPTED)]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with the version.")]
Digest = Annotated[
    str | None, typer.Option("--hash", help="The hash of what you read; without it, what is asked for is shown.")
]
Code = Annotated[str, typer.Argument(metavar="CODE", help="As `expediter policy suggestions` says it, in quotes.")]
Comment = Annotated[str, typer.Option(help="Kept with it.")]


@app.command("show")
@options.takes_pack
def show_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """Show the policy in force, the rules taken down, and the change that waits for another person."""
    with failures_said(), workplace(choice) as place, place.application.open_uow(CLI) as uow:
        version, policy = uow.policies.current(), policy_of(uow)
        down, waits = uow.policies.demotions(version.number), uow.policies.waiting()
        if as_json:
            told = {"version": version.policy.version, "policy": to_json(Policy, policy)}
            print_json({**told, "demoted": [one.rule for one in down], "waiting": waits.code if waits else None})
            return
        say(f"Policy {policy.version}, since {version.effective_at:%Y-%m-%d %H:%M} UTC: {version.reason}")
        say_policy(policy)
        for one in down:
            say(f"taken down since {one.at:%Y-%m-%d %H:%M} UTC: {one.rule} ({one.why})")
        if waits is not None:
            asked = asked_policy(uow, waits.code)
            say(f"{waits.asked_by} asks for another ({asked.reason}): `expediter policy agree{choice.words}` shows it")


@app.command("history")
@options.takes_pack
def history_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """List the versions, newest first: who asked, who agreed, since when, why."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = uow.policies.history()
        if as_json:
            print_json([{"version": v.policy.version, "by": v.author, "agreed": v.agreed_by} for v in found])
            return
        rows = [(v.policy.version, f"{v.effective_at:%Y-%m-%d %H:%M}", v.author, v.agreed_by, v.reason) for v in found]
        columns = ("version", "since (UTC)", "asked", "agreed", "why")
        console.print(table("Versions of the policy", [(name, "left") for name in columns], rows))


@app.command("set")
@options.takes_pack
def set_command(
    changes: Changes,
    reason: Reason,
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Ask for another policy; it holds once another operations manager or administrator agrees."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            say_trial(try_policy(uow, pairs(changes)))
            request = ask_for_policy(uow, AskForPolicy(changes=pairs(changes), reason=reason))
        say(f"{request.code} is asked for; another person agrees: `expediter policy agree{choice.words}`")


@app.command("try")
@options.takes_pack
def try_command(
    changes: Changes,
    choice: PackChoice,
    days: Annotated[int, typer.Option(min=1, max=366, help="How far back.")] = 30,
    as_json: options.Json = False,
) -> None:
    """Show what another policy would have said to the proposals of the last month; nothing is kept."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            found = try_policy(uow, pairs(changes), days=days)
        if as_json:
            print_json(to_json(Trial, found))
        else:
            say_trial(found)


@app.command("agree")
@options.takes_pack
def agree_command(
    choice: PackChoice,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse it instead.")] = False,
    digest: Digest = None,
    comment: Comment = "at the terminal",
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Agree to the policy that was asked for, exactly as it was shown, or refuse it."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            request = uow.policies.waiting()
            if request is None:
                raise NotFoundError("nobody asks for another policy; `expediter policy set` does")
            if digest is None:
                asked = asked_policy(uow, request.code)
                say(f"{request.code}, asked for by {request.asked_by}: {asked.reason}")
                say_policy(asked.policy)
                say(f"Agree to exactly this: `expediter policy agree --hash {request.digest}{choice.words}`")
                return
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        command = AgreeToPolicy(code=request.code, digest=digest, agree=not refuse, comment=comment)
        with place.application.open_uow(who.name) as uow:
            version = agree_to_policy(uow, command)
        say("refused; nothing changed" if version is None else f"policy {version.policy.version} holds from now on")


@app.command("suggestions")
@options.takes_pack
def suggestions_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """List what people's decisions of the last ninety days suggest; nothing of it applies itself."""
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            learn(uow)
            found = open_suggestions(uow)
        if as_json:
            print_json([to_json(Suggestion, one) for one in found])
        elif not found:
            say("Nothing is suggested: people have decided too little, or mostly as was proposed.")
        else:
            rows = [(one.code, one.because) for one in found]
            console.print(table("Suggested", (("code", "left"), ("because", "left")), rows))


@app.command("accept")
@options.takes_pack
def accept_command(
    code: Code,
    choice: PackChoice,
    comment: Comment = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Take a suggestion up: it becomes a change of the policy that another person has to agree to."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            request = settle_suggestion(uow, SettleSuggestion(code=code, accept=True, comment=comment))
        assert request is not None, "what is accepted is asked for"
        say(f"{request.code} is asked for; another person agrees: `expediter policy agree{choice.words}`")


@app.command("dismiss")
@options.takes_pack
def dismiss_command(
    code: Code,
    choice: PackChoice,
    comment: Comment = "",
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Dismiss a suggestion; it comes again only with more experience behind it."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            settle_suggestion(uow, SettleSuggestion(code=code, accept=False, comment=comment))
        say("dismissed")


@app.command("complain")
@options.takes_pack
def complain_command(
    approval: Annotated[str, typer.Argument(metavar="APPROVAL", help="Such as AP-3-1B.")],
    reason: Reason,
    choice: PackChoice,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Say that what was done did harm; rules that act on such plans are taken down at once."""
    with failures_said(), workplace(choice) as place:
        who = person(place.application, user=user, token_file=token_file or place.config.token_file)
        with place.application.open_uow(who.name) as uow:
            down = complain(uow, Complain(approval=ApprovalId(approval), why=reason))
        say(f"kept; taken down: {', '.join(down)}" if down else "kept; no rule acts on such plans")


def say_policy(policy: Policy) -> None:
    """The policy in lines a person reads."""
    asked = f"{policy.escalate_hours} before its end {policy.escalate_to} is asked"
    say(f"  a proposal waits {policy.lifetime_hours} hours; {asked}")
    say(f"  two people above {money(policy.two_people_above)}")
    by_tier = {tier: [code for code, one in sorted(policy.tiers.items()) if one == tier] for tier in range(6)}
    for tier, codes in by_tier.items():
        if codes:
            say(f"  T{tier}: {', '.join(codes)}")
    times = f"{policy.daily_count} times"
    say(f"  rules act up to {money(policy.daily_money)} and {times} a day for a customer or supplier")
    award = policy.award
    say(f"  of one need a supplier gets {award.least_share} to {award.largest_share} of 100 units, or none")
    room = policy.negotiation
    say(f"  a negotiation has {room.most_rounds} rounds in {room.days} days, {room.margin_percent}% off the reserve")
    say(
        f"  it begins {room.opening_percent}% below the quote, aims {room.target_percent}% below it, and rises by"
        f" {room.step_percent}% of it at most"
    )
    for rule in policy.autonomy:
        limits = f" up to {money(rule.most_money)}, {rule.most_days} days, customers of tier {rule.customer_tier_from}+"
        say(f"  {rule.key}: {rule.level}{limits if rule.level == 'act' else ''}")
    for one in policy.reluctance:
        say(f"  {one.supplier} weighs {one.percent} percent more")


def say_trial(found: Trial) -> None:
    """What would have been otherwise."""
    left = f", {found.left_out} older ones left out" if found.left_out else ""
    say(f"{count(len(found.changed), 'proposal')} of {found.looked_at} would have gone otherwise{left}.")
    if found.changed:
        rows = [(one.approval, one.title, money(one.money), one.before, one.after, one.became) for one in found.changed]
        columns = (("approval", "left"), ("plan", "left"), ("money", "right"), ("now", "left"), ("then", "left"))
        console.print(table("Otherwise", (*columns, ("became", "left")), rows))
    if found.by_rule:
        say(f"By rule alone: {found.by_rule}, of which {found.regretted} people did not want or were not as predicted.")
