"""`expediter mcp`: the tools for another agent on standard input and output, as the owner of an API key."""

from pathlib import Path

from agents.worker.houses import McpHouse
from agents.worker.machines import Machines
from agents.worker.models import model_settings
from core.config import Environment
from core.domain.errors import AuthenticationError
from core.domain.permissions import Permission
from tools.mcp_server.server import build_server, over_stdio
from ui.api.app import VERSION
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import read_token
from ui.cli.logs import log_as_configured
from ui.cli.workplace import PackChoice, workplace
from ui.logs.lines import Level


@options.takes_pack
def mcp_command(choice: PackChoice, token_file: options.TokenFile = None) -> None:
    """Serve the tools to another agent on standard input and output, as the owner of an API key."""
    with failures_said(), workplace(choice) as place:
        environment = place.config.environment
        log_as_configured(environment, otherwise=Level.WARNING)
        machines = Machines(app=place.application, models=model_settings(environment))
        token = key_here(environment, token_file or place.config.token_file)
        machines.check(token, Permission.MCP_USE)
        over_stdio(build_server(McpHouse(machines=machines, token=token), version=VERSION))


def key_here(environment: Environment, token_file: Path) -> str:
    """The key of the environment, else the one in the private file; never one from the command line, which others on
    the machine can read."""
    if environment.expediter_api_key:
        return environment.expediter_api_key
    try:
        return read_token(token_file)
    except AuthenticationError as error:
        raise AuthenticationError(
            f"there is no API key: set EXPEDITER_API_KEY, or keep one in {str(token_file)!r} ({error.message})"
        ) from error
