"""Company packs: validated and loaded, or reconciled with what is there; everything that stands against one is told."""

import tempfile
import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool

from core.bootstrap.databases import read_with_overlays
from core.bootstrap.feeding import feed_company
from core.domain.errors import InvalidValueError
from core.domain.listing.records import ImportFilter, RecordSort
from core.domain.permissions import Permission
from core.services.agreeing import check_may_load
from core.services.packs.gaps import Gap as PackGap
from core.services.packs.reading import PackReading
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, pages
from ui.schemas.people import Gap, ImportRecord, ImportRecords, ImportReply, ImportState

MOST_FILES, LARGEST_PACK, MOST_GAPS = 100, 64 * 1024 * 1024, 200
KINDS = (".csv", ".toml")
router = APIRouter(prefix="/v1/imports", tags=["imports"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.IMPORTS_READ, reach=Reach.WHOLE)]
Loader = Annotated[Visitor, needs(Permission.IMPORTS_WRITE, reach=Reach.WHOLE)]
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
_ZIP = {"required": True, "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}


@router.get("", operation_id="list_imports")
def list_imports(
    visitor: Reader, asked: Annotated[Asked[RecordSort], pages(RecordSort, RecordSort.RECORDED, descending=True)]
) -> ImportRecords:
    """The packs that were reconciled with the books, the latest first; what the books began with is not among them."""
    with visitor.reading() as uow:
        page = uow.lists.imports(ImportFilter(), asked.reading)
    return ImportRecords(items=tuple(map(ImportRecord.of, page.items)), next=asked.next(page.next))


@router.get("/last", operation_id="last_import")
def last_import(visitor: Reader) -> ImportState:
    """The pack the books were last fed with; nothing while they are empty."""
    with visitor.reading() as uow:
        feed, known = uow.feeds.last(), uow.company.loaded_hash()
        name = uow.company.settings().name if known else None
    details = {} if feed is None else {"name": feed.name, "as_of": feed.as_of.isoformat()}
    return ImportState(content_hash=known, company=name, details=details)


@router.post("", operation_id="import_pack", openapi_extra={"requestBody": _ZIP})
async def import_pack(
    visitor: Loader,
    request: Request,
    key: IdempotencyKey,
    apply: Annotated[bool, Query(description="Load it; otherwise it is only looked through.")] = False,
    quarantine: Annotated[bool, Query(description="Set rows that break a rule aside, rather than refuse all.")] = False,
) -> ImportReply:
    """Look a pack through (a ZIP of its CSV files and pack.toml) and say every gap, or load it: all or nothing. A later
    pack is reconciled with what is there."""
    content = await request.body()
    return await run_in_threadpool(lambda: _imported(visitor, content, apply=apply, quarantine=quarantine))


def _imported(visitor: Visitor, content: bytes, *, apply: bool, quarantine: bool) -> ImportReply:
    machines = visitor.door.machines_here()
    with visitor.acting() as (uow, _):
        check_may_load(uow)
    with tempfile.TemporaryDirectory(prefix="expediter-pack-") as folder:
        _unpack(content, Path(folder))
        reading = read_with_overlays(Path(folder), mapping=None, quarantine=quarantine, overlays=False)
    if apply:
        feed_company(machines.app.urls, reading.company, content_hash=reading.content_hash, by=visitor.name)
    return _reply(reading, loaded=apply)


def _unpack(content: bytes, folder: Path) -> None:
    """The files of a pack, none of them larger than said, outside the folder, or of another kind."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            entries = [one for one in packed.infolist() if not one.is_dir()]
            if len(entries) > MOST_FILES:
                raise _refused(f"{len(entries)} files", f"at most {MOST_FILES}")
            left, seen = LARGEST_PACK, set[str]()
            for entry in entries:
                name = PurePosixPath(entry.filename).name
                if PurePosixPath(name).suffix.lower() not in KINDS:
                    raise _refused(f"file {name[:80]!r}", "CSV files and pack.toml")
                if name.lower() in seen:
                    raise _refused(f"file {name[:80]!r} is in it twice", "each file once")
                seen.add(name.lower())
                with packed.open(entry) as file:
                    data = file.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise _refused("unpacked it is larger", f"at most {LARGEST_PACK:,} bytes")
                (folder / name).write_bytes(data)
    except _UNREADABLE as error:
        raise _refused("it cannot be unpacked", "a ZIP file without a password") from error
    except ValueError as error:
        raise _refused("it cannot be unpacked", "a ZIP file of plain names") from error


def _refused(found: str, accepted: str) -> InvalidValueError:
    return InvalidValueError(f"this is no pack: {found}; accepted: {accepted}", field="body")


def _reply(reading: PackReading, *, loaded: bool) -> ImportReply:
    company, gaps = reading.company, reading.gaps
    counts = {
        "items": len(company.items),
        "locations": len(company.locations),
        "customers": len(company.customers),
        "suppliers": len(company.suppliers),
        "sales_orders": len(company.sales_orders),
        "purchase_orders": len(company.purchase_orders),
        "work_orders": len(company.work_orders),
    }
    return ImportReply(
        content_hash=reading.content_hash,
        name=company.settings.name,
        counts=counts,
        gaps=tuple(map(_gap, gaps[:MOST_GAPS])),
        gaps_left_out=max(0, len(gaps) - MOST_GAPS),
        loaded=loaded,
    )


def _gap(gap: PackGap) -> Gap:
    return Gap(where=f"{gap.file}:{gap.line or ''}:{gap.column or ''}", what=str(gap))
