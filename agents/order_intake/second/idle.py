"""Numbers of a row that order nothing: those of the order and its positions, codes of papers, and hours of a day."""

import re
from collections.abc import Sequence

from agents.order_intake.second.masks import ITEM
from agents.order_intake.second.words import GOODS, UNITS

_CODE = re.compile(r"(?<![\w@.,/-])#?(?=[\w./-]*\d)[a-z0-9][\w./-]*\w(?![\w@])")
_SHAPE = re.compile(
    r"(?=(?:[^\d]*\d){3})(?:[a-z]{1,12}[-./]?[\w./-]*|\d+[a-z]\w*|\d{2,}[-/][\w/-]*\w|\d{6,})"
    r"|(?!x|no|nr|qty|pcs|st|stk|ea|uds|pos|cant|menge)[a-z]{2,6}\d{1,2}|[a-z]{2,}(?:-[a-z]+)+-\d+"
)
_RANGE = re.compile(r"(\d{1,3})[-/.,](\d{1,3})|\d+(?:[.,]\d{3})+|\d+[.,]\d{1,2}|\d+(?:x\d+|[a-z]{1,4})|x\d+")
_GOODS = re.compile(rf"{ITEM}|(?<!\w)(?:{GOODS})(?!\w)|\d[ ]?(?:{UNITS})(?![\w-])")
_WANTED = re.compile(
    r"(?<!\w)(?:need\w*|want\w*|order|suppl\w+|send|ship|add|plus|also|too|as well|another|extra|more|get|take|give"
    r"|include"
    r"|brauch\w*|benotig\w*|bestell\w*|schick\w*|liefer\w*|dazu|auch|noch|sowie|zusatzlich|nehmen|besoin|command\w*|envoy\w*"
    r"|livr\w*|ajout\w*|aussi|egalement|ainsi que|necesit\w*|ped\w+|envi\w*|anad\w*|agreg\w*|tambien|ademas|nodig"
    r"|bestel\w*"
    r"|stuur|lever\w*|ook|nog|graag|alsook|and|und|et|y|en)[ ](?:[^\W\d_]+[ ]){0,2}$"
)
_HOURS = re.compile(
    r"(?<!\w)(?:from|at|until|till|before|after|than|ab|um|gegen|des|a partir de|vers|avant|apres|vanaf|om|tot|na"
    r"|(?:desde|hasta|a) las)[ ](?P<hour>[1-9]|1\d|2[0-4])(?=[.,;!)]|$|[ ](?:anyway|in the|on (?:week|mon|fri|sat)"
    r"|daily|sharp))"
)
_RECEIVING = re.compile(
    r"(?<!\w)(?:gate|open\w*|clos\w*|call\w*|driver|trucks?|lorry|receiving|forklift|stores|dock|lunch|up|shift|crew"
    r"|tor|fahrer|lkw|annahme|geoffnet|ruf\w*|stapler|porton|chofer|camion|recib\w*|recepcion|chauffeur|quai|ouvert\w*"
    r"|livreur|chariot|gardien|poort|heftruck|geopend|vrachtwagen|bel\w*)(?!\w)"
)


def idle(blanked: str, folded: str, *, orders: Sequence[str]) -> str:
    """The blanked row without such numbers. Where goods stand in a row only the order's own is none of theirs."""
    chars = list(blanked)
    quiet = _GOODS.search(blanked) is None
    for found in _CODE.finditer(folded):
        word, before = found[0].lstrip("#"), folded[max(0, found.start() - 40) : found.start()]
        shaped = _SHAPE.fullmatch(word) is not None and _RANGE.fullmatch(word) is None
        if _is_order(word, orders) or (quiet and shaped and not _WANTED.search(before)):
            chars[found.start() : found.end()] = " " * len(found[0])
    if quiet and _RECEIVING.search(folded):
        for found in _HOURS.finditer(folded):
            chars[found.start("hour") : found.end("hour")] = " " * len(found["hour"])
    return "".join(chars)


def _is_order(word: str, orders: Sequence[str]) -> bool:
    """Whether a word is the number of an order, with that of a position after it or without."""
    number = re.sub(r"/\d{1,5}$", "", word)
    return any(re.sub(r"[\W_]", "", one) in orders for one in (word, number))
