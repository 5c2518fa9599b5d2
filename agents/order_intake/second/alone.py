"""Whether a number stands where only the order's can be meant: alone in its sentence, where goods are put
on it, or where papers are to repeat it."""

import re

from agents.order_intake.second.masks import ITEM
from agents.order_intake.second.words import GOODS

_BREAK = re.compile(r"[.!?;](?=\s)|\n")
_ONLY_MARKS = re.compile(r"[\W_]*")
_ON = re.compile(
    r"(?<!\w)(?:on|under|against|unter|auf|gegen|onder|op|tegen|sous|sur|bajo|con|contra)(?:[ ](?:number|the|our|el"
    r"|le|la"
    r"|het|die|der|nr\.?|no\.?))?[ ]#?$"
)
_PAPERS = re.compile(
    r"(?<!\w)(?:paper\w*|documents?|dokument\w*|documentos?|documenten|invoic\w*|\w*rechnung\w*|factur\w*|factuur"
    r"|lieferschein\w*|packing|delivery note|receipt|shipping papers|correspond\w*"
    r"|albaran\w*"
    r"|bons?|pakbon\w*|reference|referenz|referencia|referentie|kenmerk|bevestig\w*|confirm\w*|bestatig\w*)(?!\w)"
)
_REPEATS = re.compile(
    r"(?<!\w)(?:quot\w+|mention\w*|cit\w+|stat(?:e|ing)|indi\w+|referenc\w+|mark\w*|show\w*|use|using|put|write|confirm\w*"
    r"|ang\w*|vermerk\w*|nenn\w*|rappel\w*|vermeld\w*|neem|gebruik\w*|must|should|bestatig\w*|bevestig\w*|confirm\w*)(?!\w)"
)
_CALL = re.compile(
    r"(?<!\w)(?:call|reach|phone|ring|text|erreich\w*|anruf\w*|appel\w*|joign\w*|llam\w*|bel|bellen)(?!\w)"
)
_OLD = re.compile(
    r"(?<!\w)(?:your|ihr\w*|votre|vos|sus?|uw|last|previous|old|earlier|letzte\w*|alte\w*|vorige|anterior)(?!\w)"
)
_GOODS = re.compile(rf"{ITEM}|(?<!\w)(?:{GOODS})(?!\w)")


def alone(marked: str, start: int, end: int) -> bool:
    """The same, in folded text in which goods are marked."""
    first = max((found.end() for found in _BREAK.finditer(marked, 0, start)), default=0)
    stop = _BREAK.search(marked, end)
    last = stop.start() if stop else len(marked)
    before, after = marked[first:start], marked[end:last]
    if _ONLY_MARKS.fullmatch(before) and _ONLY_MARKS.fullmatch(after):
        return True
    if _ON.search(before) and not _CALL.search(before) and re.match(r"[ ]*(?:[:,)]|$)", after):
        return True
    said = f"{before} {after}"
    return bool(_PAPERS.search(said) and _REPEATS.search(said)) and not (_OLD.search(before) or _GOODS.search(said))
