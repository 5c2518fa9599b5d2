"""`expediter config`: the settings in force, where each came from, and no secret."""

from core.config import read_config
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, print_json, say, table
from ui.cli.settings_table import settings_in_force

_COLUMNS = (("variable", "left"), ("value", "left"), ("from", "left"))


def config_command(as_json: options.Json = False) -> None:
    """Show every setting in force and where it came from; secrets are not shown."""
    with failures_said():
        config = read_config()
        found = settings_in_force(config.environment)
        whence = ["the environment" if one.given else "the default" for one in found]
        if as_json:
            told = [{"name": one.name, "value": one.value, "from": at} for one, at in zip(found, whence, strict=True)]
            print_json({"home": str(config.home), "settings": told})
            return
        say(f"Everything of ours is in {config.home}.")
        rows = [(one.name, one.value or "", at) for one, at in zip(found, whence, strict=True)]
        console.print(table("Settings", _COLUMNS, rows))
