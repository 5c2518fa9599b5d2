"""Where a command works: the database of a pack with sandbox partners, or the configured one with real partners."""

import shlex
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.application import Application, application
from core.bootstrap.configured import real_partners
from core.bootstrap.databases import main_urls, pack_database
from core.bootstrap.partners import sandbox_partners
from core.config import Config, read_config
from core.demo.offers import demo_suppliers
from core.domain.errors import UsageError
from core.domain.ids import UserName
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import suppliers_out
from core.services.packs.reading import PackReading

CLI = UserName("cli")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoice:
    """What the options --pack, --mapping, --quarantine and --overlays say."""

    folder: Path | None = None
    mapping: Path | None = None
    quarantine: bool = False
    overlays: bool = False

    @property
    def words(self) -> str:
        """The same as options, for a command that somebody may type next."""
        said = ["--pack", str(self.folder)] if self.folder else []
        said += ["--mapping", str(self.mapping)] if self.mapping else []
        said += ["--quarantine"] * self.quarantine + ["--overlays"] * self.overlays
        return "".join(f" {word}" for word in map(shlex.quote, said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """An application to work with, what was asked for, and the pack it was loaded from, if any."""

    config: Config
    application: Application
    choice: PackChoice
    reading: PackReading | None

    @property
    def change_lists(self) -> Path:
        """Where change lists go unless somebody says otherwise."""
        return self.config.home / "change-lists"


def check_choice(choice: PackChoice) -> None:
    """The options that say how to read a pack need one."""
    if choice.folder is None and choice.words:
        raise UsageError(f"{choice.words.strip()} says how to read a pack; name the pack with --pack DIR")


@contextmanager
def workplace(choice: PackChoice, *, resident: bool = False) -> Generator[Workplace]:
    """Open the place a command works in; everything is closed when the block ends."""
    check_choice(choice)
    config = read_config()
    with ExitStack() as stack:
        reading: PackReading | None = None
        if choice.folder is not None:
            opened = pack_database(
                config,
                choice.folder,
                mapping=choice.mapping,
                quarantine=choice.quarantine,
                overlays=choice.overlays,
                prepare=prepare_checkpoints,
            )
            reading, urls = opened.reading, opened.urls
            out = suppliers_out(read_overlays(choice.folder)) if choice.overlays else ()
            partners = stack.enter_context(sandbox_partners(demo_suppliers(reading.company, out=out)))
        else:
            urls = main_urls(config, prepare=prepare_checkpoints)
            partners = real_partners(config, urls)
        app = stack.enter_context(application(urls, partners, resident=resident))
        yield Workplace(config=config, application=app, choice=choice, reading=reading)
