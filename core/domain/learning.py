"""What decisions suggest: changes of the policy that nobody makes but people, each with the counts behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.approval import ApprovalState
from core.domain.autonomy import HIGHEST_ACTING_TIER, AutonomyRule, Level
from core.domain.cases import ExceptionType
from core.domain.ids import ApprovalId, SupplierCode, UserName
from core.domain.plans import Resolution
from core.domain.policies import Policy, Reluctance

FEWEST = 5
MOSTLY_PERCENT = 80
RELUCTANCE_PERCENT = 10


class ReasonCode(StrEnum):
    """Why somebody said no, as a word to count by; the text beside it is for people."""

    SUPPLIER = "supplier"
    COST = "cost"
    DATE = "date"
    QUANTITY = "quantity"
    CUSTOMER = "customer"
    RISK = "risk"
    ELSEWHERE = "handled elsewhere"
    OTHER = "other"


class SuggestionKind(StrEnum):
    """What is suggested: to let a rule act, to only observe, or to weigh a supplier more."""

    PROMOTION = "promotion"
    OBSERVE = "observe"
    RELUCTANCE = "reluctance"


class SuggestionState(StrEnum):
    """Open until a person takes it up or dismisses it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """What became of one proposal that people decided on. `edited` says that somebody wanted it otherwise, `bad` that
    it came out other than predicted, was undone or complained of."""

    approval: ApprovalId
    type: ExceptionType
    resolutions: tuple[Resolution, ...]
    suppliers: tuple[str, ...]
    money: Decimal
    days: int
    tier: int
    state: ApprovalState
    verified: bool
    edited: bool
    bad: bool
    reason_codes: tuple[str, ...]
    at: datetime

    @property
    def accepted(self) -> bool:
        """Done as it was proposed, and came out as predicted."""
        return self.state is ApprovalState.EXECUTED and self.verified and not self.edited and not self.bad

    @property
    def rejected(self) -> bool:
        """A person said no, or wanted it otherwise."""
        return self.state is ApprovalState.REJECTED or self.edited


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A change somebody may take up: a row of the autonomy table or the weight of a supplier. The code names what it is
    about and the experience it rests on, so that one that was dismissed comes again only with more of it."""

    code: str
    kind: SuggestionKind
    rule: AutonomyRule | None
    reluctance: Reluctance | None
    because: str
    state: SuggestionState = SuggestionState.OPEN
    settled_by: UserName | None = None


def suggestions(policy: Policy, seen: Sequence[Experience], *, now: datetime) -> tuple[Suggestion, ...]:
    """What the experience suggests under a policy, by code. Deterministic: counted, never guessed."""
    found = (*_promotions(policy, seen, now=now), *_observations(policy, seen), *_reluctances(policy, seen))
    return tuple(sorted(found, key=lambda one: one.code))


def _promotions(policy: Policy, seen: Sequence[Experience], *, now: datetime) -> Iterable[Suggestion]:
    """A way out that was accepted so often in a row, within the days, that it may be let act, within what was seen."""
    for kind, code in _pairs(seen):
        row = _row(policy, kind, code)
        tier = policy.tiers.get(code)
        if tier is None or tier > HIGHEST_ACTING_TIER or (row is not None and row.level is not Level.PROPOSE):
            continue
        own = [one for one in seen if one.type is kind and one.resolutions == (code,)]
        since = max((one.at for one in own if not one.accepted), default=None)
        good = [one for one in own if one.accepted and (since is None or one.at > since)]
        recent = [one for one in good if (now - one.at).days < policy.promote_days]
        if len(recent) < policy.promote_after:
            continue
        rule = AutonomyRule(
            type=kind,
            resolution=code,
            level=Level.ACT,
            most_money=max(one.money for one in recent),
            most_days=max(one.days for one in recent),
        )
        because = (
            f"the last {len(recent)} proposals in {policy.promote_days} days were accepted as they were and came out"
            f" as predicted, up to {rule.most_money:,.2f} and {rule.most_days} days"
        )
        yield _rule(SuggestionKind.PROMOTION, rule, because, len(recent))


def _observations(policy: Policy, seen: Sequence[Experience]) -> Iterable[Suggestion]:
    """A way out of a type of exception that people mostly do not want."""
    for kind, code in _pairs(seen):
        row = _row(policy, kind, code)
        if row is not None and row.level is Level.OBSERVE:
            continue
        own = [one for one in seen if one.type is kind and code in one.resolutions]
        no = sum(one.rejected for one in own)
        if len(own) >= FEWEST and no * 100 >= len(own) * MOSTLY_PERCENT:
            rule = AutonomyRule(type=kind, resolution=code, level=Level.OBSERVE)
            yield _rule(SuggestionKind.OBSERVE, rule, f"{no} of {len(own)} proposals were rejected or edited", no)


def _reluctances(policy: Policy, seen: Sequence[Experience]) -> Iterable[Suggestion]:
    """A supplier that people mostly do not want to buy from."""
    now = {str(one.supplier): one.percent for one in policy.reluctance}
    for supplier in sorted({name for one in seen for name in one.suppliers}):
        own = [one for one in seen if supplier in one.suppliers]
        no = [one for one in own if one.rejected]
        percent = now.get(supplier, 0) + RELUCTANCE_PERCENT
        if len(own) < FEWEST or len(no) * 100 < len(own) * MOSTLY_PERCENT or percent > 100:
            continue
        named = sum("supplier" in one.reason_codes for one in no)
        because = f"{len(no)} of {len(own)} proposals with {supplier} were rejected or edited, {named} for the supplier"
        weight = Reluctance(supplier=SupplierCode(supplier), percent=percent)
        code = f"{SuggestionKind.RELUCTANCE} {supplier} {len(no)}"
        yield Suggestion(code=code, kind=SuggestionKind.RELUCTANCE, rule=None, reluctance=weight, because=because)


def _rule(kind: SuggestionKind, rule: AutonomyRule, because: str, count: int) -> Suggestion:
    return Suggestion(code=f"{kind} {rule.key} {count}", kind=kind, rule=rule, reluctance=None, because=because)


def _pairs(seen: Sequence[Experience]) -> list[tuple[ExceptionType, Resolution]]:
    return sorted({(one.type, code) for one in seen for code in one.resolutions})


def _row(policy: Policy, kind: ExceptionType, code: Resolution) -> AutonomyRule | None:
    rows = {rule.type: rule for rule in policy.autonomy if rule.resolution is code}
    return rows.get(kind, rows.get(None))
