"""Configuring, over the services."""

from core.domain.configuring.products import ConfigurableProduct
from core.domain.errors import NotFoundError
from core.services.configuring import Configured, ConfigureItem, configure_item, product_meant
from tools.serving.served import Served


class ServedConfiguring(Served):
    """Fulfils Configuring."""

    __slots__ = ()

    def product(self, said: str) -> ConfigurableProduct:
        """The configurable product of this code or name."""
        with self.open_uow(self.actor) as uow:
            found = uow.configurations.product(product_meant(uow, said))
            if found is None:
                raise NotFoundError(f"{said!r} is no configurable product")
            return found

    def configured(self, asked: ConfigureItem) -> Configured:
        """What options make, or what stands in the way."""
        with self.open_uow(self.actor) as uow:
            return configure_item(uow, asked)
