"""Every door of the API, by the name of its operation: `client.list_orders(wanted=OrderQuery(late_only=True))`."""

from ui.client.calls import BYTES, Calls
from ui.client.kinds import Do, Follow, Get, List, Send, Upload
from ui.schemas import (
    Approval,
    CaseCard,
    CaseComment,
    CaseDetail,
    DecisionReply,
    DecisionRequest,
    HealthReply,
    Inbox,
    UndoReply,
    WorkReply,
)
from ui.schemas.allocation import (
    CommitRequest,
    QuotaList,
    QuotaReply,
    QuotaRequest,
    ReleaseRequest,
    RunReply,
    RunRequest,
)
from ui.schemas.amending import AmendedReply, AmendmentRequest, AmendmentShown, CarryOutRequest
from ui.schemas.approval import ApprovalList, DecisionsReply, DecisionsRequest, Together
from ui.schemas.case import ApprovalQuery, CaseQuery, CaseRecords, OptionRecords, ProposalQuery, ProposalRecords
from ui.schemas.chat import (
    ConversationDetail,
    ConversationList,
    ConversationReply,
    MessageRequest,
    MessageTaken,
    RunDetail,
    RunList,
    RunQuery,
)
from ui.schemas.desk import (
    AgreedReply,
    AgreeRequest,
    AskedReply,
    CaseCommentRequest,
    CommentRequest,
    ConfirmRequest,
    DraftConfirmedReply,
    DraftList,
    DraftQuery,
    DraftReply,
    DraftSource,
    EditRequest,
    EditTried,
    Forwarded,
    ForwardRequest,
    HaltReply,
    LetterRequest,
    PolicyHistory,
    PolicyReply,
    PolicyRequest,
    ReasonRequest,
    ScanAsked,
    ScanQuery,
    ScanRecords,
    ScanReply,
    ScanSchedule,
    SnoozeRequest,
    TriageRequest,
    TrialReply,
    TrialRequest,
    ValuesRequest,
)
from ui.schemas.floor import (
    FinishRequest,
    FloorReply,
    JobList,
    StartRequest,
    StepReportRequest,
    WorkCenterList,
)
from ui.schemas.goods import (
    AvailabilityReply,
    BalanceList,
    BalanceQuery,
    ItemList,
    ItemQuery,
    ItemReply,
    LocationList,
    LocationQuery,
    MoveList,
    MoveQuery,
    ReservationList,
    ReservationQuery,
)
from ui.schemas.identity import (
    ApiKeyReply,
    KeyList,
    KeyMade,
    KeyRequest,
    LinkList,
    LinkMade,
    LinkRequest,
    Me,
    OrderStatus,
    ReturnRequest,
    StatusLinkReply,
)
from ui.schemas.listing import (
    CustomerList,
    CustomerQuery,
    CustomerReply,
    Filters,
    LineList,
    LineQuery,
    OrderDetail,
    OrderList,
    OrderQuery,
    OrderSheet,
    PromiseExplained,
    PromiseList,
)
from ui.schemas.order import PlacedReply, PlaceOrderRequest, ReservationReply, ReservationRequest
from ui.schemas.people import (
    ActiveRequest,
    AuditProof,
    AuditQuery,
    AuditTrail,
    ImportRecords,
    ImportReply,
    ImportState,
    PeopleList,
    PersonAdded,
    PersonReply,
    PersonRequest,
    PersonWord,
    ScopeRequest,
)
from ui.schemas.promise import QuoteReply, QuoteRequest
from ui.schemas.record import DeskRecordReply, ModelRecordReply
from ui.schemas.saved_views import SavedViews, ViewNamed, ViewRequest
from ui.schemas.supply import (
    KpiHistory,
    KpiReport,
    PlannedList,
    PlannedQuery,
    PlannedReply,
    PurchaseDetail,
    PurchaseLineList,
    PurchaseLineQuery,
    PurchaseList,
    PurchaseQuery,
    ReturnList,
    ReturnQuery,
    ReturnReply,
    ReturnWord,
    ShipmentList,
    ShipmentQuery,
    ShipmentReply,
    TaskAnswer,
    TaskList,
    TaskQuery,
    TaskReply,
    TransferHead,
    TransferList,
    TransferQuery,
    WorkHead,
    WorkList,
    WorkQuery,
)
from ui.schemas.webhook import (
    DeliveryList,
    DeliveryReply,
    EventCatalogue,
    MessageDetail,
    MessageList,
    MessageReply,
    SecretRequest,
    SourceList,
    SourceMade,
    SourceReply,
    SourceRequest,
    WebhookList,
    WebhookMade,
    WebhookReply,
    WebhookRequest,
)
from ui.schemas.what_if import WhatIfReply, WhatIfRequest

ZIP = "application/zip"


class Doors(Calls):
    """What a client can be asked for."""

    # health
    health = Get("/healthz", reply=HealthReply)
    ready = Get("/readyz", reply=HealthReply)
    # sessions
    who_am_i = Get("/v1/me", reply=Me)
    # cases
    list_cases = Get("/v1/cases", reply=Inbox)
    get_case = Get("/v1/cases/{case}", reply=CaseDetail)
    resolve_case = Do("/v1/cases/{case}/resolve", reply=WorkReply)
    take_case = Do("/v1/cases/{case}/owner", reply=CaseCard)
    snooze_case = Send("/v1/cases/{case}/snooze", body=SnoozeRequest, reply=CaseCard)
    comment_on_case = Send("/v1/cases/{case}/comments", body=CaseCommentRequest, reply=CaseComment)
    triage_case = Send("/v1/cases/{case}/triage", body=TriageRequest, reply=CaseCard)
    put_forward = Send("/v1/cases/{case}/proposals", body=ForwardRequest, reply=Forwarded)
    put_forward_edited = Send("/v1/cases/{case}/edits", body=EditRequest, reply=Forwarded)
    try_edited = Send("/v1/cases/{case}/edit-trials", body=EditRequest, reply=EditTried)
    list_case_records = List("/v1/case-records", wanted=CaseQuery, reply=CaseRecords)
    list_options = List("/v1/cases/{case}/options", wanted=Filters, reply=OptionRecords)
    list_proposals = List("/v1/proposals", wanted=ProposalQuery, reply=ProposalRecords)
    # saved views
    list_saved_views = Get("/v1/saved-views", reply=SavedViews)
    keep_view = Send("/v1/saved-views", body=ViewRequest, reply=SavedViews)
    forget_view = Send("/v1/saved-views/removals", body=ViewNamed, reply=SavedViews)
    # approvals
    list_approvals = List("/v1/approvals", wanted=ApprovalQuery, reply=ApprovalList)
    decide_approval = Send("/v1/approvals/{approval}/decision", body=DecisionRequest, reply=DecisionReply)
    undo_approval = Do("/v1/approvals/{approval}/undo", reply=UndoReply)
    together = Get("/v1/approvals/{approval}/together", reply=Together)
    decide_together = Send("/v1/approvals/decisions", body=DecisionsRequest, reply=DecisionsReply)
    get_approval = Get("/v1/approvals/{approval}", reply=Approval)
    # stock
    reserve_stock = Send("/v1/reservations", body=ReservationRequest, reply=ReservationReply)
    # orders
    place_order = Send("/v1/orders", body=PlaceOrderRequest, reply=PlacedReply)
    list_orders = List("/v1/orders", wanted=OrderQuery, reply=OrderList)
    preview_amendment = Send("/v1/orders/{order}/amendment-previews", body=AmendmentRequest, reply=AmendmentShown)
    amend_order = Send("/v1/orders/{order}/amendments", body=CarryOutRequest, reply=AmendedReply)
    get_order = Get("/v1/orders/{order}", reply=OrderDetail)
    print_order = Get("/v1/orders/{order}/sheet", reply=OrderSheet)
    list_order_lines = List("/v1/order-lines", wanted=LineQuery, reply=LineList)
    list_promises = List("/v1/orders/{order}/lines/{line}/promises", wanted=Filters, reply=PromiseList)
    explain_promise = Get("/v1/orders/{order}/lines/{line}/promise", reply=PromiseExplained)
    # promises
    hold_quote = Send("/v1/held-quotes", body=QuoteRequest, reply=QuoteReply)
    # orders
    list_customers = List("/v1/customers", wanted=CustomerQuery, reply=CustomerList)
    get_customer = Get("/v1/customers/{customer}", reply=CustomerReply)
    # stock
    list_items = List("/v1/items", wanted=ItemQuery, reply=ItemList)
    get_item = Get("/v1/items/{item}", reply=ItemReply)
    list_locations = List("/v1/locations", wanted=LocationQuery, reply=LocationList)
    list_stock = List("/v1/stock", wanted=BalanceQuery, reply=BalanceList)
    list_stock_moves = List("/v1/stock/moves", wanted=MoveQuery, reply=MoveList)
    list_reservations = List("/v1/reservations", wanted=ReservationQuery, reply=ReservationList)
    available_to_promise = Get("/v1/availability", reply=AvailabilityReply)
    # allocation
    simulate_run = Send("/v1/allocation-runs", body=RunRequest, reply=RunReply)
    commit_run = Send("/v1/allocation-runs/{run}/commitment", body=CommitRequest, reply=RunReply)
    list_quotas = Get("/v1/quotas", reply=QuotaList)
    set_quota = Send("/v1/quotas", body=QuotaRequest, reply=QuotaReply)
    release_quota = Send("/v1/quotas/{quota}/release", body=ReleaseRequest, reply=QuotaReply)
    # supply
    list_purchase_orders = List("/v1/purchase-orders", wanted=PurchaseQuery, reply=PurchaseList)
    get_purchase_order = Get("/v1/purchase-orders/{order}", reply=PurchaseDetail)
    list_purchase_order_lines = List("/v1/purchase-order-lines", wanted=PurchaseLineQuery, reply=PurchaseLineList)
    list_work_orders = List("/v1/work-orders", wanted=WorkQuery, reply=WorkList)
    get_work_order = Get("/v1/work-orders/{order}", reply=WorkHead)
    list_work_centers = Get("/v1/work-centers", reply=WorkCenterList)
    list_jobs = Get("/v1/work-centers/{center}/jobs", reply=JobList)
    floor_order = Get("/v1/work-orders/{order}/floor", reply=FloorReply)
    start_work = Send("/v1/work-orders/{order}/start", body=StartRequest, reply=FloorReply)
    report_work = Send("/v1/work-orders/{order}/reports", body=StepReportRequest, reply=FloorReply)
    finish_work = Send("/v1/work-orders/{order}/completions", body=FinishRequest, reply=FloorReply)
    list_transfer_orders = List("/v1/transfer-orders", wanted=TransferQuery, reply=TransferList)
    get_transfer_order = Get("/v1/transfer-orders/{order}", reply=TransferHead)
    list_planned_orders = List("/v1/planned-orders", wanted=PlannedQuery, reply=PlannedList)
    get_planned_order = Get("/v1/planned-orders/{order}", reply=PlannedReply)
    # fulfilment
    list_shipments = List("/v1/shipments", wanted=ShipmentQuery, reply=ShipmentList)
    get_shipment = Get("/v1/shipments/{shipment}", reply=ShipmentReply)
    list_returns = List("/v1/returns", wanted=ReturnQuery, reply=ReturnList)
    get_return = Get("/v1/returns/{return}", reply=ReturnReply)
    decide_return = Send("/v1/returns/{return}/decision", body=ReturnWord, reply=ReturnReply)
    # order entry
    take_in_letter = Send("/v1/intake/letters", body=LetterRequest, reply=DraftReply)
    take_in_file = Upload("/v1/intake/files", reply=DraftReply, media_type=BYTES)
    list_drafts = List("/v1/intake/drafts", wanted=DraftQuery, reply=DraftList)
    get_draft = Get("/v1/intake/drafts/{draft}", reply=DraftReply)
    read_letters = Get("/v1/intake/drafts/{draft}/letters", reply=DraftSource)
    set_draft_values = Send("/v1/intake/drafts/{draft}/values", body=ValuesRequest, reply=DraftReply)
    ask_customer = Do("/v1/intake/drafts/{draft}/question", reply=DraftReply)
    confirm_draft = Send("/v1/intake/drafts/{draft}/confirmation", body=ConfirmRequest, reply=DraftConfirmedReply)
    reject_draft = Send("/v1/intake/drafts/{draft}/rejection", body=ReasonRequest, reply=DraftReply)
    # chat
    list_conversations = List("/v1/conversations", wanted=Filters, reply=ConversationList)
    begin_conversation = Do("/v1/conversations", reply=ConversationReply)
    get_conversation = Get("/v1/conversations/{conversation}", reply=ConversationDetail)
    ask = Send("/v1/conversations/{conversation}/messages", body=MessageRequest, reply=MessageTaken)
    follow_conversation = Follow("/v1/conversations/{conversation}/events")
    # runs
    list_runs = List("/v1/runs", wanted=RunQuery, reply=RunList)
    get_run = Get("/v1/runs/{run}", reply=RunDetail)
    follow_run = Follow("/v1/runs/{run}/events")
    # scans
    list_scans = List("/v1/scans", wanted=ScanQuery, reply=ScanRecords)
    last_scan = Get("/v1/scans/last", reply=ScanReply)
    scan_schedule = Get("/v1/scans/schedule", reply=ScanSchedule)
    ask_for_scan = Do("/v1/scans", reply=ScanAsked)
    # what-if
    what_if = Send("/v1/what-if", body=WhatIfRequest, reply=WhatIfReply)
    # policies
    get_policy = Get("/v1/policies/current", reply=PolicyReply)
    policy_history = List("/v1/policies/history", wanted=Filters, reply=PolicyHistory)
    try_policy = Send("/v1/policies/trials", body=TrialRequest, reply=TrialReply)
    ask_for_policy = Send("/v1/policies/requests", body=PolicyRequest, reply=AskedReply)
    waiting_policy = Get("/v1/policies/requests/waiting", reply=AskedReply)
    agree_to_policy = Send("/v1/policies/requests/waiting/decision", body=AgreeRequest, reply=AgreedReply)
    # halt
    get_halt = Get("/v1/halt", reply=HaltReply)
    halt = Send("/v1/halt", body=ReasonRequest, reply=HaltReply)
    resume = Send("/v1/halt/end", body=CommentRequest, reply=HaltReply)
    # people
    list_people = List("/v1/people", wanted=Filters, reply=PeopleList)
    add_person = Send("/v1/people", body=PersonRequest, reply=PersonAdded)
    get_person = Get("/v1/people/{name}", reply=PersonReply)
    set_scope = Send("/v1/people/{name}/scope", body=ScopeRequest, reply=PersonReply, method="PUT")
    set_active = Send("/v1/people/{name}/active", body=ActiveRequest, reply=PersonReply, method="PUT")
    agree_to_person = Send("/v1/people/{name}/agreement", body=PersonWord, reply=PersonReply)
    # keys
    list_keys = Get("/v1/keys", reply=KeyList)
    make_key = Send("/v1/keys", body=KeyRequest, reply=KeyMade)
    get_key = Get("/v1/keys/{key}", reply=ApiKeyReply)
    revoke_key = Do("/v1/keys/{key}", reply=ApiKeyReply, method="DELETE")
    # status links
    list_status_links = Get("/v1/orders/{order}/links", reply=LinkList)
    make_status_link = Send("/v1/orders/{order}/links", body=LinkRequest, reply=LinkMade)
    revoke_status_link = Do("/v1/links/{link}", reply=StatusLinkReply, method="DELETE")
    ask_for_return = Send("/v1/status/{token}/returns", body=ReturnRequest, reply=OrderStatus)
    order_status = Get("/v1/status/{token}", reply=OrderStatus)
    # webhooks
    list_webhooks = List("/v1/webhooks", wanted=Filters, reply=WebhookList)
    list_webhook_events = Get("/v1/webhook-events", reply=EventCatalogue)
    make_webhook = Send("/v1/webhooks", body=WebhookRequest, reply=WebhookMade)
    get_webhook = Get("/v1/webhooks/{webhook}", reply=WebhookReply)
    disable_webhook = Do("/v1/webhooks/{webhook}", reply=WebhookReply, method="DELETE")
    rotate_webhook_secret = Do("/v1/webhooks/{webhook}/secret", reply=WebhookMade)
    ping_webhook = Do("/v1/webhooks/{webhook}/ping", reply=WebhookReply)
    list_deliveries = List("/v1/webhooks/{webhook}/deliveries", wanted=Filters, reply=DeliveryList)
    get_delivery = Get("/v1/deliveries/{delivery}", reply=DeliveryReply)
    resend_delivery = Do("/v1/deliveries/{delivery}/resend", reply=DeliveryReply)
    list_hook_sources = List("/v1/hook-sources", wanted=Filters, reply=SourceList)
    make_hook_source = Send("/v1/hook-sources", body=SourceRequest, reply=SourceMade)
    get_hook_source = Get("/v1/hook-sources/{source}", reply=SourceReply)
    disable_hook_source = Do("/v1/hook-sources/{source}", reply=SourceReply, method="DELETE")
    rotate_hook_secret = Send("/v1/hook-sources/{source}/secret", body=SecretRequest, reply=SourceMade)
    list_hook_messages = List("/v1/hook-messages", wanted=Filters, reply=MessageList)
    get_hook_message = Get("/v1/hook-messages/{message}", reply=MessageDetail)
    retry_hook_message = Do("/v1/hook-messages/{message}/retry", reply=MessageReply)
    # audit
    audit_trail = List("/v1/audit", wanted=AuditQuery, reply=AuditTrail)
    verify_audit = Get("/v1/audit/verification", reply=AuditProof)
    # packs
    list_imports = List("/v1/imports", wanted=Filters, reply=ImportRecords)
    last_import = Get("/v1/imports/last", reply=ImportState)
    import_pack = Upload("/v1/imports", reply=ImportReply, media_type=ZIP)
    # kpis
    list_kpis = Get("/v1/kpis", reply=KpiReport)
    kpi_history = Get("/v1/kpis/history", reply=KpiHistory)
    desk_record = Get("/v1/kpis/desk", reply=DeskRecordReply)
    model_record = Get("/v1/kpis/models", reply=ModelRecordReply)
    # cases
    list_tasks = List("/v1/tasks", wanted=TaskQuery, reply=TaskList)
    answer_task = Send("/v1/task-answers", body=TaskAnswer, reply=TaskReply)
    # health
