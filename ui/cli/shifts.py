"""Workers where a command works; apart from it, as agents take long to import and few commands need them."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from agents.worker.letters import letter_tender, mail_reader
from agents.worker.models import model_settings
from agents.worker.opening import open_worker as open_bound_worker
from agents.worker.shift import Shift
from agents.worker.traces import exporting
from agents.worker.worker import Worker
from core.bootstrap.channels import configured_channels
from core.bootstrap.mailboxes import configured_mailbox
from core.bootstrap.retention import configured_terms
from core.bootstrap.webhooks import hook_reader, webhook_sender
from ui.cli.workplace import Workplace


@contextmanager
def open_worker(place: Workplace) -> Generator[Worker]:
    """A worker on the place's application, with the model the environment names, if any."""
    environment = place.config.environment
    with (
        exporting(environment) as export,
        open_bound_worker(place.application, models=model_settings(environment), export=export) as worker,
    ):
        yield worker


@contextmanager
def open_shift(place: Workplace) -> Generator[Shift]:
    """What jobs work with here; only the configured database has a mailbox and channels, a pack is worked on among
    sandboxes."""
    environment, real = place.config.environment, place.choice.folder is None
    with ExitStack() as stack:
        yield Shift(
            app=place.application,
            worker=stack.enter_context(open_worker(place)),
            mailbox=configured_mailbox(environment) if real else None,
            take_in=mail_reader(place.application, models=model_settings(environment)),
            tend_letters=letter_tender(place.application, models=model_settings(environment)),
            channels=stack.enter_context(configured_channels(environment)) if real else None,
            webhooks=webhook_sender(environment),
            read_hook=hook_reader(),
            terms=configured_terms(environment),
        )
