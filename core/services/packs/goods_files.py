"""The files of prices, lots and quotas, column by column."""

from decimal import Decimal

from core.domain.lots import Lot, LotStatus, LotUnits
from core.domain.order_terms import Channel
from core.domain.prices import MOST_LINES, Combination, Discount, DiscountKind, PriceList, PriceListKind, PriceListLine
from core.domain.quotas import Quota
from core.services.packs.cells import as_choice, as_code, as_country, as_day, as_flag, as_member, as_text, as_whole
from core.services.packs.demand import NO_DAY
from core.services.packs.desk import as_price
from core.services.packs.masters import LOWEST_TIER
from core.services.packs.parts import Part
from core.services.packs.records import Records

_CODE = Part(parse=as_code, blank="", needed=True)
_NAME = Part(parse=as_text, blank="", needed=True)
_MAYBE_CODE = Part(parse=as_code)
_CHANNEL = Part(parse=as_choice(tuple(channel.value for channel in Channel)))
_ITEM, _MAYBE_ITEM = Part(refers="item", needed=True), Part(refers="item")
_CUSTOMER = Part(refers="customer")
_TIER = Part(parse=as_whole(1, LOWEST_TIER))
_FROM, _TO = Part(parse=as_day, needed=True, blank=NO_DAY), Part(parse=as_day)
_MINIMUM = Part(parse=as_whole(1), blank=1)
_WHEN = {"valid_from": _FROM, "valid_to": _TO}

PRICE_LISTS = Records(
    kind="price_lists",
    shape=PriceList,
    parts={
        "price_list": _CODE,
        "name": _NAME,
        **_WHEN,
        "kind": Part(parse=as_member(PriceListKind), blank=PriceListKind.LIST),
        "currency": Part(parse=as_code, blank=""),
        "customer": _CUSTOMER,
        "tier": _TIER,
        "region": _MAYBE_CODE,
        "priority": Part(parse=as_whole(1, 99), blank=1),
    },
    called={"price_list": "code"},
    key=("price_list",),
)
PRICE_LIST_LINES = Records(
    kind="price_list_lines",
    shape=PriceListLine,
    parts={
        "price_list": Part(refers="price_list", needed=True),
        "line": Part(parse=as_whole(1, MOST_LINES), needed=True, blank=0),
        "item": _ITEM,
        "unit_price": Part(parse=as_price, needed=True, blank=Decimal(0)),
        **_WHEN,
        "minimum": _MINIMUM,
    },
    called={"price_list": "list"},
    key=("price_list", "line"),
)
DISCOUNTS = Records(
    kind="discounts",
    shape=Discount,
    parts={
        "discount": _CODE,
        "name": _NAME,
        "kind": Part(parse=as_member(DiscountKind), needed=True, blank=DiscountKind.PERCENT),
        "value": Part(parse=as_price, needed=True, blank=Decimal(0)),
        **_WHEN,
        "currency": _MAYBE_CODE,
        "customer": _CUSTOMER,
        "tier": _TIER,
        "region": _MAYBE_CODE,
        "item": _MAYBE_ITEM,
        "channel": _CHANNEL,
        "minimum": _MINIMUM,
        "combination": Part(parse=as_member(Combination), blank=Combination.STACKABLE),
        "sequence": Part(parse=as_whole(1, 10_000), blank=1),
        "on_contracts": Part(parse=as_flag, blank=False),
    },
    called={"discount": "code"},
    key=("discount",),
)
QUOTAS = Records(
    kind="quotas",
    shape=Quota,
    parts={
        "quota": _CODE,
        "item": _ITEM,
        "first": _FROM,
        "last": Part(parse=as_day, needed=True, blank=NO_DAY),
        "quantity": Part(parse=as_whole(), needed=True, blank=0),
        "channel": _CHANNEL,
        "customer": _CUSTOMER,
        "region": _MAYBE_CODE,
        "borrow": Part(parse=as_flag, blank=True),
        "released_on": _TO,
    },
    called={"quota": "code"},
    key=("quota",),
)
LOTS = Records(
    kind="lots",
    shape=Lot,
    parts={
        "lot": _CODE,
        "item": _ITEM,
        "status": Part(parse=as_member(LotStatus), blank=LotStatus.AVAILABLE),
        "received_on": _TO,
        "expires_on": _TO,
        "supplier": Part(refers="supplier"),
        "supplier_lot": Part(parse=as_code, blank=""),
        "purchase_order": _MAYBE_CODE,
        "work_order": _MAYBE_CODE,
        "origin": Part(parse=as_country, blank=""),
        "unit_cost": Part(parse=as_price),
    },
    called={"lot": "code"},
    key=("lot",),
)
LOT_STOCK = Records(
    kind="lot_stock",
    shape=LotUnits,
    parts={
        "lot": Part(refers="lot", needed=True),
        "location": Part(refers="location", needed=True),
        "on_hand": Part(parse=as_whole(1), needed=True, blank=1),
    },
    key=("lot", "location"),
)
RECORDS = (PRICE_LISTS, PRICE_LIST_LINES, DISCOUNTS, QUOTAS, LOTS, LOT_STOCK)
