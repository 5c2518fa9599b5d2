"""frePPLe's operations, read from XML that may bring no document type: what each makes, takes and how long."""

from dataclasses import dataclass, field
from datetime import timedelta
from re import fullmatch
from xml.etree import ElementTree
from xml.parsers import expat

from core.domain.errors import InvalidValueError

_KIND = "{http://www.w3.org/2001/XMLSchema-instance}type"
_KNOWN = {"operation_fixed_time", "operation_time_per", ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Units of an item an operation makes (above zero) or takes (below), for each of its quantity and for each run."""

    item: str
    each: float
    fixed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation; `priority` 0 keeps it from being planned: only what was confirmed of it counts."""

    name: str
    location: str
    priority: int = 1
    duration: timedelta = timedelta()
    minimum: float = 1
    multiple: float = 1
    flows: tuple[Flow, ...] = field(default=())


def read_operation(text: str) -> Operation:
    """The operation; XML with a document type, of another kind of operation, or with no name is refused."""
    root = _parsed(text)
    kind = root.get(_KIND, "")
    if root.tag != "operation" or kind not in _KNOWN:
        raise InvalidValueError(f"<{root.tag}> of type {kind!r} is not one of {sorted(_KNOWN)}", field="operations_xml")
    return Operation(
        name=root.attrib["name"],
        location=_name(root.find("location")),
        priority=int(_number(root, "priority", 1)),
        duration=_duration(root.findtext("duration") or "PT0S"),
        minimum=_number(root, "size_minimum", 1),
        multiple=_number(root, "size_multiple", 1),
        flows=tuple(_flow(flow) for flow in root.findall("flows/flow")),
    )


def _flow(flow: ElementTree.Element) -> Flow:
    buffer = flow.find("buffer/item")
    return Flow(
        item=_name(flow.find("item") if buffer is None else buffer),
        each=_number(flow, "quantity", 1),
        fixed=_number(flow, "quantity_fixed", 0),
    )


def _parsed(text: str) -> ElementTree.Element:
    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = _refuse
    try:
        reader.Parse(text, True)
        return ElementTree.fromstring(text)
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise InvalidValueError(f"operations_xml is not XML: {error}", field="operations_xml") from error


def _refuse(name: str, *_: object) -> None:
    raise InvalidValueError(f"XML with a document type ({name!r}) is refused; give it without", field="operations_xml")


def _name(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get("name", "")


def _number(element: ElementTree.Element, tag: str, otherwise: float) -> float:
    text = element.findtext(tag)
    return otherwise if text is None else float(text)


def _duration(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours, minutes and seconds."""
    found = fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", text.strip())
    if found is None:
        raise InvalidValueError(f"duration {text!r} is not one; accepted is such as 'P3D' or 'PT8H'", field="duration")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
