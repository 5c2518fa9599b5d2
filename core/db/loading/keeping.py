"""Keeping packs: whole and compressed, with what came of loading them."""

import json
import zlib
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.db.codec import from_json, to_json
from core.db.rows import FeedRow
from core.domain.company import Company
from core.domain.feeds import FeedReport


def keep_pack(session: Session, company: Company, report: FeedReport, *, now: datetime) -> int:
    """Keep what a pack says; the number of the feed."""
    packed = zlib.compress(json.dumps(to_json(Company, company), ensure_ascii=False).encode(), level=6)
    values = {
        "name": report.name,
        "as_of": report.as_of,
        "content_hash": report.content_hash,
        "books": packed,
        "report": to_json(FeedReport, report),
        "recorded_at": now,
    }
    return session.scalars(insert(FeedRow).values(values).returning(FeedRow.id)).one()


def kept_pack(session: Session) -> Company | None:
    """The pack kept last."""
    packed = session.scalars(select(FeedRow.books).order_by(FeedRow.id.desc()).limit(1)).one_or_none()
    return None if packed is None else from_json(Company, json.loads(zlib.decompress(packed)))
