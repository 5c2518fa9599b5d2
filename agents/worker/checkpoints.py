"""Where runs are kept between a question and its answer: the checkpointer on PostgreSQL, in a schema of its own."""

from collections.abc import Generator
from contextlib import contextmanager

from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from core.db.checkpoint_pool import checkpoint_pool
from core.db.roles import RoleUrls


def prepare_checkpoints(urls: RoleUrls) -> None:
    """Create or bring up to date the checkpointer's tables, as their owner."""
    with open_saver(urls) as saver:
        saver.setup()


@contextmanager
def open_saver(urls: RoleUrls) -> Generator[PostgresSaver]:
    """The checkpointer for as long as the block lasts. No type named in a checkpoint is imported when it is read."""
    with checkpoint_pool(urls.checkpoint) as pool:
        yield PostgresSaver(pool, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
