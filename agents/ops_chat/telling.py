"""What a tool gave, in plain words: a template for every output, and one for refusals."""

from collections.abc import Callable, Mapping
from typing import Any

from agents.ops_chat import telling_cases, telling_configured, telling_desk, telling_goods, telling_orders
from agents.ops_chat.told import Told, told
from tools import (
    business,
    cases,
    changing,
    configuring,
    drafting,
    evidence,
    goods,
    impact,
    inquiring,
    negotiating,
    options,
    orders,
    parties,
    proposing,
    scorecards,
    what_if,
)
from tools.spec import NextStep, Refusal, ToolOutput

Asked = dict[str, object]

_OF_OUTPUT: Mapping[type[ToolOutput], Callable[[Any], Told]] = {
    orders.OrderShown: telling_orders.tell_order,
    orders.LineExplained: telling_orders.tell_why,
    orders.DatePromised: telling_orders.tell_date,
    cases.CaseShown: telling_cases.tell_case,
    options.OptionShown: telling_cases.tell_option,
    goods.ItemShown: telling_goods.tell_item,
    configuring.ItemConfigured: telling_configured.tell_configured,
    parties.CustomerShown: telling_goods.tell_customer,
    parties.SupplierShown: telling_goods.tell_supplier,
    scorecards.SupplierList: telling_goods.tell_suppliers,
    business.KpisShown: telling_desk.tell_figures,
    business.ProposalShown: telling_desk.tell_proposal,
    business.ScanShown: telling_desk.tell_scan,
    what_if.ScenarioTold: telling_desk.tell_scenario,
    proposing.Proposed: telling_desk.tell_proposed,
    changing.ChangeProposed: telling_desk.tell_change,
    drafting.OrderDrafted: telling_desk.tell_drafted,
    inquiring.LetterProposed: telling_desk.tell_letter,
    negotiating.NegotiationProposed: telling_desk.tell_negotiation,
}
_OF_OUTPUT_AND_QUESTION: Mapping[type[ToolOutput], Callable[[Any, Asked], Told]] = {
    orders.OrderLineList: telling_orders.tell_lines,
    cases.CaseList: telling_cases.tell_cases,
    options.OptionList: telling_cases.tell_options,
    evidence.StockFound: telling_cases.tell_stock_elsewhere,
    evidence.QuotesReceived: telling_cases.tell_quotes,
    evidence.ExpeditesReceived: telling_cases.tell_expedites,
    goods.StockShown: telling_goods.tell_stock,
    goods.AvailabilityShown: telling_goods.tell_availability,
    goods.SupplyList: telling_goods.tell_supply,
    impact.ImpactShown: telling_goods.tell_impact,
    business.ProposalList: telling_desk.tell_proposals,
    business.TaskList: telling_desk.tell_tasks,
}
TELLABLE = frozenset(_OF_OUTPUT) | frozenset(_OF_OUTPUT_AND_QUESTION)
_NEXT = {
    NextStep.FIXABLE: "Say it again with that put right.",
    NextStep.FAILED: "",
    NextStep.NEEDS_APPROVAL: "That needs a person with the right role.",
}


def tell(output: ToolOutput, asked: Asked) -> Told:
    """The answer to a question whose tool gave this; `asked` are the arguments it was called with."""
    if isinstance(output, Refusal):
        return _refused(output)
    alone = _OF_OUTPUT.get(type(output))
    if alone is not None:
        return alone(output)
    return _OF_OUTPUT_AND_QUESTION[type(output)](output, asked)


def _refused(refusal: Refusal) -> Told:
    said = refusal.message[:1].upper() + refusal.message[1:]
    stop = "" if said.endswith((".", "!", "?")) else "."
    answer = told(f"That did not work: {said[:1].lower()}{said[1:]}{stop}", _NEXT[refusal.next])
    return Told(sentences=answer.sentences, code=refusal.code)
