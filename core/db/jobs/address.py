"""The address under which a worker takes jobs: the application's role, looking at schema `jobs`."""

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from core.db.checkpoint_pool import driver_conninfo
from core.db.roles import JOBS_SCHEMA, RoleUrls


def jobs_conninfo(urls: RoleUrls) -> str:
    """The driver's own connection string; a role that is switched to when connecting stays so."""
    conninfo = driver_conninfo(urls.app)
    options = str(conninfo_to_dict(conninfo).get("options") or "")
    return make_conninfo(conninfo, options=f"{options} -c search_path={JOBS_SCHEMA}".strip())
