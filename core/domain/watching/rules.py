"""All rules of detection together: facts in, findings out."""

from datetime import date

from core.domain.watching.facts import Facts
from core.domain.watching.finding import Finding
from core.domain.watching.making import making_findings
from core.domain.watching.money import money_findings
from core.domain.watching.orders import order_findings
from core.domain.watching.outside import outside_findings
from core.domain.watching.policy import DEFAULT_WATCH, WatchPolicy
from core.domain.watching.purchasing import purchasing_findings
from core.domain.watching.shipping import shipping_findings
from core.domain.watching.stock import stock_findings


def findings(facts: Facts, *, as_of: date, policy: WatchPolicy = DEFAULT_WATCH) -> tuple[Finding, ...]:
    """What the facts say, in the order of their keys. Equal facts and date give equal findings."""
    found = [
        *purchasing_findings(facts, policy, as_of=as_of),
        *making_findings(facts, as_of=as_of),
        *stock_findings(facts, as_of=as_of),
        *shipping_findings(facts, as_of=as_of),
        *order_findings(facts, policy, as_of=as_of),
        *money_findings(facts, policy, as_of=as_of),
        *outside_findings(facts, policy, as_of=as_of),
    ]
    return tuple({one.key: one for one in sorted(found, key=lambda one: one.key)}.values())
