"""Matching: which mapping a folder is read with: one given, its own `pack.toml`, or a shipped one that fits."""

import csv
from pathlib import Path

from core.domain.errors import PackMissingError
from core.services.packs.formats import FORMATS, SETTINGS_FILE
from core.services.packs.gaps import GapLog
from core.services.packs.mapping import PackMapping, mapping_from

SHIPPED = Path(__file__).parent / "mappings"

_LONGEST_HEADER = 65_536


def mapping_for(folder: Path, *, given: Path | None, log: GapLog) -> PackMapping:
    """The mapping given, else the folder's own, else the shipped one whose files and headers the folder has."""
    if not folder.is_dir():
        raise PackMissingError(f"{str(folder)!r} is not a folder; accepted is a folder with a company pack")
    own = folder / SETTINGS_FILE
    if given is not None:
        if not given.is_file():
            raise PackMissingError(f"the mapping {str(given)!r} is not there; accepted is a TOML file")
        return mapping_from(_text_of(given), file=given.name, log=log)
    if own.is_file():
        return mapping_from(_text_of(own), file=SETTINGS_FILE, log=log)
    return _shipped(folder)


def shipped_mappings() -> tuple[PackMapping, ...]:
    """The mappings that come with the program, by name."""
    return tuple(mapping_from(_text_of(path), file=path.name, log=GapLog()) for path in sorted(SHIPPED.glob("*.toml")))


def _shipped(folder: Path) -> PackMapping:
    misfits: list[str] = []
    for mapping in shipped_mappings():
        lacking = lacks(folder, mapping)
        if not lacking:
            return mapping
        misfits.append(f"{mapping.name} ({'; '.join(lacking[:3])}{'; ...' if len(lacking) > 3 else ''})")
    raise PackMissingError(
        f"{str(folder)!r} has no {SETTINGS_FILE} and fits no shipped mapping: {', '.join(misfits)}; "
        f"accepted is a folder with {SETTINGS_FILE}, see docs/company-pack.md, or a mapping given for it"
    )


def lacks(folder: Path, mapping: PackMapping) -> list[str]:
    """What a folder lacks of the files and headers a mapping reads; empty when it fits."""
    lacking: list[str] = []
    for kind, part in mapping.files.items():
        if not part.declared:
            continue
        path = folder / part.file
        if not path.is_file():
            lacking.append(f"{part.file} is missing")
            continue
        filled = {fill.column for fill in part.fills}
        columns = [column for column in FORMATS[kind].required if column not in filled]
        wanted = [part.source_of(column) for column in [*columns, *part.columns]] + list(part.ignored)
        header = _header_of(path)
        absent = sorted({column for column in wanted if column not in header})
        if absent:
            lacking.append(f"{part.file} has no column {', '.join(absent)}")
    return lacking


def _header_of(path: Path) -> frozenset[str]:
    with path.open("rb") as file:
        start = file.readline(_LONGEST_HEADER).decode("utf-8-sig", errors="replace")
    no_row: list[str] = []
    row = next(csv.reader([start.rstrip("\r\n")]), no_row)
    return frozenset(cell.strip() for cell in row)


def _text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", errors="replace")
