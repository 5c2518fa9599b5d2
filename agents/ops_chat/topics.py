"""What a question is about: topics by the words people use for them, in five languages, without accents."""

from enum import StrEnum

from agents.ops_chat.words import WORDS, whole_words


class Topic(StrEnum):
    """One thing a question can be about."""

    APPROVE = "approve"
    AVAILABLE = "available"
    BUY = "buy"
    CASES = "cases"
    CHANGE = "change"
    CUT = "cut"
    DEMAND = "demand"
    DESTROY = "destroy"
    ELSEWHERE = "elsewhere"
    EXPEDITE = "expedite"
    HELP = "help"
    IMPACT = "impact"
    KPI = "kpi"
    LAST_SCAN = "last scan"
    LATE = "late"
    MOVE = "move"
    NEW_ORDER = "new order"
    OPTIONS = "options"
    ORDERS = "orders"
    OUT = "out"
    PLAN = "plan"
    PRICE = "price"
    PROMISE = "promise"
    PROPOSALS = "proposals"
    PROPOSE = "propose"
    PURCHASES = "purchases"
    QUOTES = "quotes"
    RECORD = "record"
    RISK = "risk"
    STOCK = "stock"
    STOP = "stop"
    SUPPLY = "supply"
    TARIFF = "tariff"
    TASKS = "tasks"
    TRANSFERS = "transfers"
    WHAT_IF = "what if"
    WHEN = "when"
    WHO = "who"
    WHY = "why"
    WORKS = "works"


_SHAPES = {Topic(name.replace("_", " ")): whole_words(words) for name, words in WORDS["topics"].items()}


def topics_of(text: str) -> frozenset[Topic]:
    """The topics of a text in lower case and without accents."""
    return frozenset(topic for topic, shape in _SHAPES.items() if shape.search(text))
