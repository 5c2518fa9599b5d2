"""The application over the configured database with the configured partners, for whatever process needs one."""

from collections.abc import Generator
from contextlib import contextmanager

from core.bootstrap.application import Application, application
from core.bootstrap.databases import Prepare, main_urls
from core.bootstrap.partners import Partners, configured_partners
from core.config import Config
from core.db.roles import RoleUrls
from core.domain.ids import SupplierCode, UserName

_READER = UserName("bootstrap")


@contextmanager
def configured_application(config: Config, *, prepare: Prepare, resident: bool = False) -> Generator[Application]:
    """The application for as long as the block lasts; `prepare` is main_urls'."""
    urls = main_urls(config, prepare=prepare)
    with application(urls, real_partners(config, urls), resident=resident) as app:
        yield app


def real_partners(config: Config, urls: RoleUrls) -> Partners:
    """The partners the environment names; where suppliers are connected, all that the books know."""
    nobody = configured_partners(config.environment, ())
    if config.environment.expediter_suppliers_url is None:
        return nobody
    with application(urls, nobody) as app, app.open_uow(_READER) as uow:
        codes = tuple(SupplierCode(code) for code in uow.snapshot().parties.supplier)
    return configured_partners(config.environment, codes)
