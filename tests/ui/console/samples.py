"""What the API would answer, and a client that answers it and remembers what it was asked."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from tests.ui.console.replies import answers
from tests.ui.world import HOSTILE
from ui.client import ClientError
from ui.schemas import (
    Advice,
    Approval,
    CaseCard,
    CaseComment,
    CaseDetail,
    Change,
    Compared,
    DecisionReply,
    Effect,
    Evidence,
    Impact,
    Inbox,
    OptionCard,
    RejectedIdea,
    Step,
    UndoReply,
    WhyStep,
    WorkReply,
)
from ui.schemas.identity import Me

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HASH = "ab" * 32
TAG = '"v1"'


def card(case: str = "CASE-1", **changes: Any) -> CaseCard:
    """A case in the inbox."""
    whole = CaseCard(
        id=case,
        state="proposed",
        state_words="waits for a decision",
        type="E01",
        type_words="Not enough to deliver",
        title=f"40 V-300 lack at HOUSTON {HOSTILE}",
        item="V-300",
        location="HOUSTON",
        lacking=40,
        exposure=Decimal("5000.00"),
        lines=2,
        customers=("Harbor Supply",),
        customers_total=2,
        best_tier=1,
        needed_by=date(2026, 3, 9),
        deadline=date(2026, 3, 4),
        days_left=2,
        opened_on=date(2026, 3, 2),
    )
    return whole.model_copy(update=changes)


def inbox(*cases: CaseCard) -> Inbox:
    """The list of these cases."""
    return Inbox(
        company="Gulf Valve",
        as_of=date(2026, 3, 2),
        currency="USD",
        scanned_at=NOON,
        cases=cases,
        left_out=0,
        matching=len(cases),
        customers=2,
        urgent=0,
        value_at_risk=sum((one.exposure for one in cases), Decimal(0)),
        types={"E01": "Not enough to deliver"},
        states={"proposed": "waits for a decision"},
    )


def change() -> Change:
    """What the advised way out does for a line."""
    return Change(
        order="SO-1042",
        line=1,
        customer="HARBOR",
        item="V-300",
        due_before=date(2026, 3, 9),
        due_after=date(2026, 3, 9),
        projected_before=None,
        projected_after=date(2026, 3, 6),
        short_before=40,
        short_after=0,
        gained=3,
        exposure_before=Decimal(5000),
        exposure_after=Decimal(0),
    )


def option(letter: str, *, advised: bool = False) -> OptionCard:
    """A way out."""
    return OptionCard(
        id=f"CASE-1-1{letter}",
        letter=letter,
        title=f"Way {letter}",
        actions=("Move 40",),
        tier=3,
        cost_terms=(),
        total_cost=Decimal("240.00"),
        deadline=date(2026, 3, 4),
        wait_until=None,
        lines_helped=1,
        lines_hurt=0,
        lines_recovered=1,
        days_sooner=3,
        days_later=0,
        promises_moved=0,
        customers_affected=("HARBOR",),
        exposure_before=Decimal(5000),
        exposure_after=Decimal(0),
        undo="cancel the transfer order",
        feasibility=(),
        odds=None,
        advised=advised,
        changes=(change(),) if advised else (),
        changes_left_out=0,
    )


def approval(**changes: Any) -> Approval:
    """A plan that waits."""
    whole = Approval(
        id="AP-1-1A",
        state="pending",
        state_words="waits for a decision",
        open=True,
        option="CASE-1-1A",
        letter="A",
        plan_hash=HASH,
        plan_text='{"case":"CASE-1"}',
        actions=("Move 40 of V-300 from RENO to HOUSTON",),
        conditions=("at least 40 units of V-300@RENO are available",),
        cost=Decimal("240.00"),
        money=Decimal("240.00"),
        currency="USD",
        tier=3,
        rule="T3: one person up to 10,000.00",
        approvals_needed=1,
        approvals_given=0,
        proposed_by="exception-desk",
        created_at=NOON,
        expires_at=NOON.replace(day=3),
        advice=Advice(
            source="model", option="CASE-1-1A", text=HOSTILE, risks=(HOSTILE,), evidence=(), model="m-1", note=""
        ),
        decisions=(),
        effect=None,
        why_not=None,
        may_undo=False,
    )
    return whole.model_copy(update=changes)


def executed() -> Approval:
    """A plan that was carried out as predicted."""
    effect = Effect(
        executed_by="expediter-worker",
        executed_at=NOON,
        result=("transfer order TO-1",),
        verified=True,
        differences=(),
        compared=(Compared(figure="Value at risk", predicted="0.00 USD", found="0.00 USD", same=True),),
        undone_by=None,
        undone_at=None,
        messages=(),
    )
    return approval(state="executed", state_words="carried out", open=False, effect=effect, may_undo=True)


def detail(**changes: Any) -> CaseDetail:
    """A case that waits for a decision."""
    impact = Impact(
        order="SO-1042",
        line=1,
        customer="HARBOR",
        customer_name=f"Harbor {HOSTILE}",
        item="V-300",
        quantity=40,
        short=40,
        due=date(2026, 3, 9),
        projected=None,
        days_late=0,
        exposure=Decimal(5000),
        why=(WhyStep(subject="SO-1042/1", text=HOSTILE),),
    )
    whole = CaseDetail(
        card=card(),
        currency="USD",
        as_of=date(2026, 3, 2),
        fixes=("40 V-300",),
        impacts=(impact,),
        impacts_left_out=0,
        options=(option("A", advised=True), option("B")),
        rejected=(RejectedIdea(resolution="R08", what="buy", reason=HOSTILE),),
        evidence=(Evidence(id="refusal:GULF/V-300", text="GULF does not quote", note=HOSTILE),),
        approval=approval(),
        earlier=(),
        steps=(Step(name="proposed", state="done", text="By exception-desk."),),
        next="decide",
        failure=None,
        comments=(CaseComment(author="paul", text=HOSTILE, said_at=NOON),),
    )
    return whole.model_copy(update=changes)


@dataclass
class Answer:
    """A door that answers what it was given, and fails where that is an error."""

    client: "FakeClient"
    name: str

    def __call__(self, *args: object, **named: object) -> Any:
        self.client._note(self.name, *map(_plain, args), *(f"{key}={_plain(value)}" for key, value in named.items()))
        found = self.client.answers[self.name]
        if isinstance(found, Exception):
            raise found
        return found

    def tagged(self, *args: object, **named: object) -> tuple[Any, str]:
        """The same with its ETag."""
        return self(*args, **named), TAG


def _plain(value: object) -> str:
    return value.model_dump_json(exclude_defaults=True) if isinstance(value, BaseModel) else str(value)


@dataclass
class FakeClient:
    """Answers with what it was given; `refusal` makes every call fail."""

    listed: Inbox = field(default_factory=lambda: inbox(card("CASE-1"), card("CASE-2")))
    shown: CaseDetail = field(default_factory=detail)
    refusal: ClientError | None = None
    calls: list[tuple[str, ...]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=answers)

    def _note(self, *call: str) -> None:
        self.calls.append(call)
        if self.refusal is not None:
            raise self.refusal

    def who_am_i(self) -> Me:
        self._note("who_am_i")
        return Me(
            name="mary",
            role="operations_manager",
            means="session",
            limit=None,
            permissions=(),
            sites=None,
            customers=None,
            currency="USD",
            time_zone="America/Chicago",
        )

    def logout(self) -> None:
        self._note("logout")

    def inbox(
        self, *, state: str | None = None, type: str | None = None, owner: str | None = None, said: str | None = None
    ) -> Inbox:
        self._note("inbox", state or "", type or "", owner or "", said or "")
        return self.listed

    def __getattr__(self, name: str) -> "Answer":
        """Every other door: answers what `answers` holds for it."""
        if name.startswith("_"):
            raise AttributeError(name)
        return Answer(self, name)

    def case(self, case: str) -> CaseDetail:
        self._note("case", case)
        return self.shown

    def resolve(self, case: str) -> WorkReply:
        self._note("resolve", case)
        return WorkReply(case=case, started=True)

    def decide(self, approval: str, *, decision: str, plan_hash: str, comment: str = "") -> DecisionReply:
        self._note("decide", approval, decision, plan_hash, comment)
        return DecisionReply(
            approval=approval, case="CASE-1", state="approved", approvals_given=1, approvals_needed=1, executing=True
        )

    def undo(self, approval: str) -> UndoReply:
        self._note("undo", approval)
        return UndoReply(approval=approval, case="CASE-1", result=("transfer order TO-1 cancelled",))

    def asked(self, verb: str) -> list[tuple[str, ...]]:
        """The calls of one kind."""
        return [call for call in self.calls if call[0] == verb]
