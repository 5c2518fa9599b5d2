"""The ways out that change what a customer is sent: other dates, places, items, parts, services, orders."""

from collections.abc import Mapping

from core.domain.plans import (
    AnswerChange,
    ApplyChange,
    DecideChange,
    ReleaseHold,
    RePromise,
    Reship,
    Resolution,
    ShipFrom,
    ShipQuicker,
    SplitLine,
    Substitute,
    SubstitutePart,
)
from core.domain.resolutions.way import SERVICE, Way, way
from core.domain.users import Role

R = Resolution

SELLING: Mapping[Resolution, Way] = {
    R.SHIP_FROM: way(
        "Ship from elsewhere",
        "an order line ships from another place that has all of it",
        ShipFrom,
        costs="one more shipment",
        feasible="the other place has it to give, and the line is not picked",
        approvers=SERVICE,
        execution="the line has another ship-from location",
        undo="the location of before, until it is picked",
        offered=(ShipFrom,),
    ),
    R.SUBSTITUTE: way(
        "Substitute",
        "another item that does the same work: sent to a customer at the same price in all, or built into a work order",
        Substitute,
        SubstitutePart,
        costs="what the other item costs more",
        feasible="a valid alternate is in stock and free; the customer has agreed to other items, or the work order"
        " has not been issued the component",
        tier=4,
        approvers=SERVICE,
        execution="the line is for the other item, or the work order takes the other component, in the ratio of the"
        " alternates",
        undo="the item of before, until it is picked; the component of before, until the other is issued",
        offered=(Substitute, SubstitutePart),
    ),
    R.SPLIT: way(
        "Split",
        "what is there ships on the promised day, the rest when it comes",
        SplitLine,
        costs="one more shipment a line",
        feasible="the customer takes parts, and the part is as large as the least shipment",
        approvers=SERVICE,
        execution="the line has a schedule of two dates and is promised for the later one; the customer is told",
        undo="one date again, until the first part ships; the customer is told",
        offered=(SplitLine,),
    ),
    R.RE_PROMISE: way(
        "Re-promise",
        "order lines get another promised date and the customers are told",
        RePromise,
        costs="penalty and unrest",
        feasible="the new date rests on supply that exists or on making that can be done",
        execution="promise record; the customers are told",
        undo="the date of before, and the customers are told",
        offered=(RePromise,),
    ),
    R.SHIP_MODE: way(
        "Change ship mode",
        "a line that missed its cut-off is released by a quicker service",
        ShipQuicker,
        costs="freight difference; carbon is shown",
        feasible="all of it is reserved where it leaves from, it ships alone, and a quicker service goes to the"
        " customer; what has left cannot go quicker",
        approvers=SERVICE,
        execution="a shipment by that service on the next departure",
        undo="the shipment is called off and its units reserved for the line again, until it is picked",
        offered=(ShipQuicker,),
    ),
    R.RESHIP: way(
        "Reship",
        "what was lost or damaged is sent again at no charge",
        Reship,
        costs="the goods at standard cost, and freight",
        feasible="one place has all of it, it was of one order line, and that line has nothing else to send",
        approvers=SERVICE,
        execution="a shipment that replaces the other one is released; its units are reserved",
        undo="the shipment is called off, until it is picked",
        offered=(Reship,),
    ),
    R.CHANGE_ORDER: way(
        "Change order",
        "a customer's change of an order is applied or declined",
        DecideChange,
        ApplyChange,
        AnswerChange,
        costs="change fee for what is inside the freeze fence",
        feasible="it is said exactly what is to change and nothing of it is picked or being sent; inside the freeze"
        " fence a planner or an operations manager approves",
        approvers=SERVICE,
        execution="the order is amended as it was shown, and the customer is told; or the customer is told that it is"
        " declined; or a task for customer service with a due date",
        undo="quantity, date and address are changed back until picked, and confirmed again; a cancellation or another"
        " item cannot be undone; the question is open again, the customer is told",
        offered=(DecideChange, ApplyChange, AnswerChange),
    ),
    R.RELEASE: way(
        "Release",
        "a hold of an order is released",
        ReleaseHold,
        costs="the risk it was held for",
        feasible="the one who decides may release this kind of hold",
        approvers=(Role.CUSTOMER_SERVICE, Role.FINANCE, Role.QUALITY, Role.OPERATIONS_MANAGER),
        execution="the hold is released and the order goes on",
        undo="cannot be undone: the order is held again by hand, what was shipped meanwhile stays shipped",
        offered=(ReleaseHold,),
    ),
}
