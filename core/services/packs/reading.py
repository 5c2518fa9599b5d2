"""Reading a company pack: a folder in, a Company out, with every gap and every assumption."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from core.domain.company import Company, Settings
from core.domain.errors import PackInvalidError
from core.domain.ids import LocationCode
from core.services.packs.assuming import assume
from core.services.packs.csv_files import LARGEST_FILE, RawFile, each_different, read_rows
from core.services.packs.demand import read_demand
from core.services.packs.desk import Desk
from core.services.packs.formats import FORMATS, NOT_USED_YET, SETTINGS_FILE
from core.services.packs.gaps import Gap, GapLog, GapRule, Severity
from core.services.packs.goods import read_goods
from core.services.packs.mapping import EVERY_OTHER, FileMapping, PackMapping
from core.services.packs.masters import Masters, read_masters
from core.services.packs.matching import mapping_for
from core.services.packs.sheet import Sheet
from core.services.packs.structure import balances, read_bom, read_lanes, read_stock, read_supplier_items
from core.services.packs.supply import read_supply
from core.services.packs.wider import read_calendars, read_wider

READER_VERSION = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReading:
    """A company read from a folder. `content_hash` names its files, its mapping and the reader's version."""

    company: Company
    mapping_name: str
    mapping_hash: str
    gaps: tuple[Gap, ...]
    errors: int
    warnings: int
    assumptions: tuple[str, ...]
    content_hash: str


def read_pack(folder: Path, *, mapping: Path | None = None, quarantine: bool = False) -> PackReading:
    """Reads and validates a pack. Rows that break a rule are refused all together, or with `quarantine` set aside."""
    log = GapLog(quarantine=quarantine)
    chosen = mapping_for(folder, given=mapping, log=log)
    if log.fatal:
        raise _invalid(folder, log)
    contents = _contents(folder, chosen, log)
    sheets = {kind: _sheet(kind, part, contents.get(part.file), log) for kind, part in chosen.files.items()}
    assumptions = assume(chosen, sheets)
    company = _company(Desk(mapping=chosen, sheets=sheets, log=log), assumptions)
    if log.fatal or (log.errors and not quarantine):
        raise _invalid(folder, log)
    return PackReading(
        company=company,
        mapping_name=chosen.name if chosen.file != SETTINGS_FILE else f"{SETTINGS_FILE} of {chosen.name}",
        mapping_hash=chosen.hash,
        gaps=log.gaps(),
        errors=log.errors,
        warnings=log.warnings,
        assumptions=assumptions,
        content_hash=_content_hash(contents, chosen),
    )


def _contents(folder: Path, mapping: PackMapping, log: GapLog) -> dict[str, bytes]:
    """The bytes of every file the mapping reads; other CSV files are reported and left alone."""
    contents: dict[str, bytes] = {}
    for kind, part in mapping.files.items():
        path = folder / part.file
        if not path.is_file():
            _missing(kind, part, mapping, log)
        elif path.stat().st_size > LARGEST_FILE:
            accepted = f"accepted is a file of at most {LARGEST_FILE:,} bytes"
            log.stop(_gap(Severity.ERROR, GapRule.TOO_LARGE_FILE, part.file, accepted, f"{path.stat().st_size:,}"))
        else:
            contents[part.file] = path.read_bytes()
    used = {part.file for part in mapping.files.values()}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in used:
            known = path.stem in NOT_USED_YET
            accepted = "not used yet; it is left alone" if known else "no file of a pack; it is left alone"
            log.add(_gap(Severity.WARNING, GapRule.UNUSED_FILE, path.name, accepted, path.name))
    return contents


def _missing(kind: str, part: FileMapping, mapping: PackMapping, log: GapLog) -> None:
    if FORMATS[kind].needed or part.declared:
        columns = ", ".join(part.source_of(column) for column in FORMATS[kind].required)
        accepted = f"accepted is a file with at least the columns {columns}"
        log.stop(_gap(Severity.ERROR, GapRule.MISSING_FILE, part.file, accepted, part.file))
    elif not FORMATS[kind].wider and (kind != "lanes" or not mapping.lanes):
        accepted = "loaded without; the pack has none of them"
        log.add(_gap(Severity.WARNING, GapRule.MISSING_FILE, part.file, accepted, part.file))


def _sheet(kind: str, part: FileMapping, content: bytes | None, log: GapLog) -> Sheet:
    if content is None and not FORMATS[kind].needed and not part.declared:
        empty = RawFile(name=part.file, header=FORMATS[kind].columns, rows=[], lines=[], unreadable=frozenset())
        return Sheet(empty, kind=kind, mapping=FileMapping(file=part.file, columns={}), log=log)
    raw = None if content is None else read_rows(part.file, content, log)
    if raw is not None and part.each:
        raw = each_different(raw, part.each)
    return Sheet(raw, kind=kind, mapping=part, log=log)


def _company(desk: Desk, assumptions: tuple[str, ...]) -> Company:
    mapping = desk.mapping
    calendars, calendar_codes = read_calendars(desk)
    masters = read_masters(desk, calendars=calendars, calendar_codes=calendar_codes)
    _check_places(desk, masters)
    wider = read_wider(desk, masters)
    orders, lines = read_demand(desk, masters, wider["addresses"])
    stock = read_stock(desk, masters)
    supply = read_supply(desk, masters, on_hand=stock.on_hand_by_place())
    return Company(
        settings=Settings(
            name=mapping.name,
            as_of=mapping.as_of,
            currency=mapping.currency,
            time_zone=mapping.time_zone,
            default_ship_from=LocationCode(mapping.default_ship_from),
            default_late_penalty_percent=mapping.default_late_penalty_percent,
            buffer_days=mapping.buffer_days,
            assumptions=assumptions,
        ),
        items=masters.items,
        locations=masters.locations,
        stock=balances(stock, supply.held()),
        bom=read_bom(desk, masters),
        lanes=read_lanes(desk, masters),
        customers=masters.customers,
        suppliers=masters.suppliers,
        supplier_items=read_supplier_items(desk, masters),
        sales_orders=orders,
        sales_order_lines=lines,
        purchase_orders=supply.purchase_orders,
        purchase_order_lines=supply.purchase_order_lines,
        work_orders=supply.work_orders,
        transfer_orders=supply.transfer_orders,
        **wider,
        **read_goods(desk, masters, on_hand=stock.on_hand_by_place(), held=supply.held()),
    )


def _check_places(desk: Desk, masters: Masters) -> None:
    """The locations that the settings name must be locations of the pack."""
    mapping = desk.mapping
    places = {location.code for location in masters.locations}
    shipping = {location.code for location in masters.locations if location.may_ship}
    checks = [("default_ship_from", mapping.default_ship_from, shipping)]
    checks += [("lanes.origin", lane.origin, {*places, EVERY_OTHER}) for lane in mapping.lanes]
    checks += [("lanes.destination", lane.destination, {*places, EVERY_OTHER}) for lane in mapping.lanes]
    for key, code, known in checks:
        if masters.location_codes.complete and code and code not in known:
            accepted = f"accepted are {', '.join(sorted(known)) or 'locations with may_ship_from; there is none'}"
            log_gap = _gap(Severity.ERROR, GapRule.SETTING, mapping.file, accepted, code, column=key)
            desk.log.stop(log_gap)


def _invalid(folder: Path, log: GapLog) -> PackInvalidError:
    gaps = log.gaps()
    first = next(gap for gap in gaps if gap.severity is Severity.ERROR)
    count = "1 error" if log.errors == 1 else f"{log.errors:,} errors"
    return PackInvalidError(
        f"the pack {str(folder)!r} has {count}, nothing was loaded; {'' if log.errors == 1 else 'first, '}{first}",
        gaps=gaps,
        errors=log.errors,
        warnings=log.warnings,
    )


def _content_hash(contents: dict[str, bytes], mapping: PackMapping) -> str:
    digest = hashlib.sha256(f"{READER_VERSION}\n{mapping.hash}\n".encode())
    for name in sorted(contents):
        digest.update(f"{name}\n{len(contents[name])}\n".encode())
        digest.update(contents[name])
    return digest.hexdigest()


def _gap(severity: Severity, rule: GapRule, file: str, accepted: str, value: str, *, column: str | None = None) -> Gap:
    return Gap(severity=severity, rule=rule, file=file, column=column, value=value, accepted=accepted)
