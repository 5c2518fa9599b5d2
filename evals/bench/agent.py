"""`expediter bench agent`: calls, tokens and approvals for a case, against a plain ReAct agent on the same tools.

| figure | what it is |
|---|---|
| `resolved_cases` | cases both sides took to a plan that was approved, executed and verified |
| `equal_plans` | of those, how many have the same plan by its hash |
| `calls_ratio_vs_react` | calls of the model for a case, ours over the loop's in its fewest steps: the middle one |
| `tokens_ratio_vs_react` | the same of tokens, in and out, over what was sent (agent_tokens.py) |
| `approvals_ratio_vs_react` | words of people for a resolved case, ours over theirs |
| `calls_ratio_step_by_step`, `tokens_ratio_step_by_step` | the same against a loop that looks before it acts |
| `calls`, `tokens` | ours for a resolved case, the middle one |

Both sides choose the same options and say the same words about them; the books are the small demo company's, one
database a side. `--out DIR` writes every request and every answer.
"""

import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from filelock import FileLock

from agents.worker.checkpoints import prepare_checkpoints
from agents.worker.opening import desk_services
from core.bootstrap.application import Application, application
from core.bootstrap.databases import fresh_database, load_company, read_with_overlays
from core.bootstrap.partners import sandbox_partners
from core.config import read_config
from core.demo.company import write_demo_pack
from core.demo.offers import demo_suppliers
from core.demo.sizes import Size
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.cases import WAITING_STATES
from core.domain.ids import CaseId, UserName
from core.domain.users import WORKER_NAME, Role, User
from core.planning.rules import ScanRules
from core.services.approvals import DecideCommand, decide
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import suppliers_out
from core.services.scanning import Figure, ScanCommand, queue, scan
from evals.bench.agent_desk import propose_by_desk
from evals.bench.agent_react import SHORTEST, STEP_BY_STEP, propose_by_react
from evals.bench.agent_said import Transcript, lines_of
from evals.bench.figures import figure, shown
from ui.cli import options
from ui.cli.failing import failures_said

APPROVERS = (UserName("bench approver"), UserName("second bench approver"))
CASES, QUICK = 12, 2
_THIRD = "<= 0.3333"
_OPENS = time(8, 0, tzinfo=UTC)
Propose = Callable[[Application, CaseId], Transcript]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A case that was taken to its end: the plan approved, the words of people it took, and what the model cost."""

    plan_hash: str
    approvals: int
    transcript: Transcript


def agent_command(
    cases: Annotated[int, typer.Option(min=1, max=100, help="How many cases at most, most urgent first.")] = CASES,
    quick: Annotated[bool, typer.Option("--quick", help="Two cases: that it works.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the transcripts into this folder.")] = None,
    as_json: options.Json = False,
) -> None:
    """Resolve the demo company's cases by the desk and by a plain ReAct agent, and compare what that took."""
    with failures_said():
        ours, short, long = compared(QUICK if quick else cases)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            for name, side in (("desk", ours), ("react_shortest", short), ("react_step_by_step", long)):
                text = lines_of([one.transcript for one in side.values()])
                (out / f"{name}.jsonl").write_text(text, encoding="utf-8")
        raise SystemExit(shown("agent", figures_of(ours, short, long), as_json=as_json))


Side = dict[CaseId, Resolved]


def compared(cases: int) -> tuple[Side, Side, Side]:
    """The same cases resolved three ways, each in a database of its own."""
    return (
        _resolved("desk", propose_by_desk, cases),
        _resolved("short", lambda app, case: propose_by_react(app, case, SHORTEST), cases),
        _resolved("long", lambda app, case: propose_by_react(app, case, STEP_BY_STEP), cases),
    )


def figures_of(ours: Side, short: Side, long: Side) -> tuple[Figure, ...]:
    """The figures over the cases that all sides resolved."""
    both = sorted(ours.keys() & short.keys() & long.keys())
    equal = sum(ours[case].plan_hash == short[case].plan_hash == long[case].plan_hash for case in both)
    return (
        figure("resolved_cases", len(both), "cases", ">= 1"),
        figure("equal_plans", equal, "cases", f">= {len(both)}"),
        figure("calls_ratio_vs_react", _ratio(both, ours, short, lambda one: one.transcript.calls), "", _THIRD),
        figure("tokens_ratio_vs_react", _ratio(both, ours, short, lambda one: one.transcript.tokens), "", _THIRD),
        figure("approvals_ratio_vs_react", _ratio(both, ours, short, lambda one: one.approvals), "", "<= 1"),
        figure("calls_ratio_step_by_step", _ratio(both, ours, long, lambda one: one.transcript.calls)),
        figure("tokens_ratio_step_by_step", _ratio(both, ours, long, lambda one: one.transcript.tokens)),
        figure("calls", median([ours[case].transcript.calls for case in both] or [0]), "a case"),
        figure("tokens", median([ours[case].transcript.tokens for case in both] or [0]), "a case"),
    )


def _ratio(cases: Sequence[CaseId], ours: Side, theirs: Side, of: Callable[[Resolved], int]) -> float:
    return median([of(ours[case]) / of(theirs[case]) for case in cases] or [0.0])


def _resolved(name: str, propose: Propose, most: int) -> Side:
    found: Side = {}
    with _books(name) as app:
        for case in _waiting(app)[:most]:
            transcript = propose(app, case)
            approval = _approved(app, case)
            if approval is not None and _done(app, approval):
                found[case] = Resolved(
                    plan_hash=approval.plan_hash, approvals=approval.approvals_needed, transcript=transcript
                )
    return found


@contextmanager
def _books(name: str) -> Generator[Application]:
    config = read_config()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="expediter-bench-")))
        write_demo_pack(folder, size=Size.SMALL)
        company = read_with_overlays(folder, mapping=None, quarantine=False, overlays=True).company
        now = datetime.combine(company.settings.as_of, _OPENS)
        stack.enter_context(FileLock(config.home / f"bench_agent_{name}.lock"))
        urls = fresh_database(config, f"bench_agent_{name}", prepare=prepare_checkpoints)
        load_company(urls, company, content_hash=f"bench agent {name}")
        partners = stack.enter_context(
            sandbox_partners(demo_suppliers(company, out=suppliers_out(read_overlays(folder))))
        )
        app = stack.enter_context(application(urls, partners, frozen=lambda: now))
        with app.open_uow(WORKER_NAME) as uow:
            for approver in APPROVERS:
                user = User(name=approver, role=Role.OPERATIONS_MANAGER, limit=Decimal(1_000_000), demo=True)
                uow.users.add(user, password_hash=None, token_hash=None)
            scan(uow, ScanCommand(rules=ScanRules()))
        yield app


def _waiting(app: Application) -> list[CaseId]:
    with app.open_uow(WORKER_NAME) as uow:
        return [case.id for case in queue(uow, uow.company.settings().as_of) if case.state in WAITING_STATES]


def _approved(app: Application, case: CaseId) -> Approval | None:
    """What waits for the case, approved by as many as it needs; None where nothing was proposed."""
    with app.open_uow(WORKER_NAME) as uow:
        pending = [one for one in uow.approvals.of_case(case) if one.state is ApprovalState.PENDING]
    for approval in pending[-1:]:
        for name in APPROVERS[: approval.approvals_needed]:
            command = DecideCommand(
                approval=approval.id,
                plan_hash=approval.plan_hash,
                kind=DecisionKind.APPROVE,
                comment="",
                channel="bench",
            )
            with app.open_uow(name) as uow:
                decide(uow, command, uow.users.get(name))
        return approval
    return None


def _done(app: Application, approval: Approval) -> bool:
    """Whether the plan was executed, and found as predicted."""
    desk = desk_services(app)
    return desk.execute(approval.id).state == "executed" and desk.verify(approval.id).verified
