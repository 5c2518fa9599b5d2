"""What of the tools' results may leave for the chat, name by name: a field that a tool gains stays here until it is
declared. Not declared are hashes, what operations are booked under, and the words of partners and people in actions."""


def _below(path: str, names: str) -> tuple[str, ...]:
    return tuple(f"{path}.{name}" for name in names.split())


CONTEXT_FIELDS = _below("context", "today preferred_site preferred_language")
RESULT_FIELDS = (
    *_below(
        "result",
        "about acknowledges_within_hours actions_left_out active advice advice_source allow_partial "
        "allow_substitution approval approvals approvals_needed approved as_of assumed at at_risk buffer_days by case "
        "changes_left_out code commands complete components_left_out cost country currency customer customer_po "
        "customers days_late draft drop_ships exists expires_at feasibility field finished_good first fixes free "
        "frozen_until impacts_left_out inquiry item kind language last late_lines late_penalty_percent "
        "lead_time_days left_out level line lines_left_out list_price location make message most_rounds name needed_by "
        "negotiation next offers_left_out on_hand open_lines open_supply_left_out open_units open_value option "
        "order order_date otif_target overdue_lines owed owed_late_lines owed_lines owed_units parts_left_out "
        "payment_days places_left_out price priority product projected quantity questions_left_out region "
        "rejected_left_out repeats requested reserved rests_on_left_out roles rows_left_out rule safety_stock "
        "sentences ship_complete ship_from short signal since sources_left_out standard_cost state stated_reliability "
        "stock_left_out summary supplier supply_left_out tier to_order_left_out today undo unit unplannable until "
        "what would",
    ),
    *_below(
        "result.actions",
        "about after allowed alternate answer arrive_on before capacity carbon center change component cost "
        "currency day destination dropped due fee finish free freed from_line from_open from_order from_supplier "
        "held hold item kind line location minutes new new_center new_due new_price new_quantity new_setup "
        "new_start new_unit now_on now_quantity old old_arrival old_center old_due old_open old_price old_setup "
        "old_start old_unit on_hand open_units operation order origin problem purchase_order quantity quote ratio "
        "reason reference repaid_on rest_quantity service ship_on shipment signal start subject supplier taken "
        "to_line to_order unit_price units until usual value what words work_order",
    ),
    *_below("result.addresses", "city code country name"),
    *_below("result.after", "exposure late uncovered"),
    *_below("result.assumed", "alternates calendars capacity lanes overdue policy pool_locations ship_from use_bom"),
    *_below("result.before", "exposure late uncovered"),
    *_below("result.case", "decide_by exposure id item lacking lines location needed_by state title type"),
    *_below("result.cases", "decide_by exposure id item lacking lines location needed_by state title type"),
    *_below(
        "result.changes",
        "customer gained item line order projected_after projected_before promised_after promised_before "
        "short_after short_before",
    ),
    *_below("result.chart", "title unit"),
    *_below("result.chart.series", "name"),
    *_below("result.chart.series.points", "on value"),
    *_below("result.components", "component quantity_per"),
    *_below("result.costs", "amount name"),
    *_below("result.dates", "location on quantity"),
    *_below("result.decisions", "at decision role user"),
    *_below("result.definitions", "counts name says"),
    *_below(
        "result.expedites",
        "currency earliest_date fee id item line purchase_order quantity supplier valid_until worth_it",
    ),
    *_below("result.holds", "kind line why"),
    *_below("result.impacts", "customer days_late exposure item line order projected promised quantity short why"),
    *_below("result.kpis", "goal name of title unit value"),
    *_below(
        "result.line",
        "customer customer_name due item item_name line location open order ordered promised requested state",
    ),
    *_below(
        "result.lines",
        "after before customer customer_name day due exposure item item_name level line location open order "
        "ordered price promised requested state units",
    ),
    *_below("result.offers", "item lead_time_days minimum_order multiple priority supplier unit_price"),
    *_below("result.open", "accepted feature name value why"),
    *_below("result.open_cases", "open type"),
    *_below("result.open_supply", "days_overdue due item kind line location number open origin stage supplier"),
    *_below(
        "result.option",
        "cost decide_by exposure_after exposure_before id letter lines_helped lines_hurt lines_recovered objective "
        "promises_moved tier title",
    ),
    *_below(
        "result.options",
        "cost decide_by exposure_after exposure_before feature id letter lines_helped lines_hurt lines_recovered "
        "name objective promises_moved said tier title value",
    ),
    *_below("result.parts", "item quantity"),
    *_below("result.pegged", "customer due item line order projected units"),
    *_below("result.promises", "new old reason"),
    *_below(
        "result.proposal",
        "approval approvals_needed approved_by case created_at expires_at money proposed_by roles state tier",
    ),
    *_below(
        "result.proposals",
        "approval approvals_needed approved_by case created_at expires_at money proposed_by roles state tier",
    ),
    *_below("result.questions", "about choices line why"),
    *_below(
        "result.quotes",
        "available_quantity currency id item lead_time_days minimum_order quantity supplier unit_price valid_until "
        "worth_it",
    ),
    *_below("result.reasons", "code text"),
    *_below("result.refusals", "id item reason supplier"),
    *_below("result.rejected", "reason resolution what"),
    *_below("result.rests_on", "item kind level location on quantity reference supply units"),
    *_below("result.risks", "line order projected short"),
    *_below("result.rows", "blocked free location on on_hand projected reserved units"),
    *_below("result.sources", "item lead_time_days minimum_order multiple priority supplier unit_price"),
    *_below("result.stock", "arrive_on blocked fixed_cost free id location on_hand quantity reserved unit_cost"),
    *_below(
        "result.suppliers",
        "dates_kept_percent days_to_add few_cases lines name on_time_percent overdue prices_kept_percent supplier "
        "trend units_percent",
    ),
    *_below("result.supply", "days_overdue due item kind line location number open origin stage supplier"),
    *_below("result.tasks", "about due kind overdue role subject text"),
    *_below("result.to_order", "begin due item kind location origin quantity supplier"),
    *_below("result.track_record", "average_days_late deliveries on_time_percent since"),
    *_below("result.unanswered", "code supplier"),
    *_below("result.why", "subject text"),
    *_below("result.worsened", "after before customer days_later item line more_short order"),
)
