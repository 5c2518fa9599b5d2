"""Who may act, and which programs, through a server."""

from ui.cli.printing import console, money, print_json, table
from ui.cli.remote.session import asks
from ui.client import Client


@asks
def users_command(client: Client, as_json: bool) -> None:
    """List who may act, with role, limit and what they see."""
    found = [one for page in client.list_people.pages(limit=200) for one in page.items]
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    rows = [
        (
            one.name,
            one.role.replace("_", " "),
            "-" if one.limit is None else money(one.limit),
            "waits for another's word" if one.waiting else "yes" if one.active else "no",
            "all" if one.sites is None else ", ".join(one.sites),
            "all" if one.customers is None else ", ".join(one.customers),
        )
        for one in found
    ]
    columns = (("name", "code"), ("role", "left"), ("limit", "right"), ("acts", "left"), ("sites", "left"),
               ("customers", "left"))  # fmt: skip
    console.print(table("Who may act", columns, rows))


@asks
def keys_command(client: Client, as_json: bool) -> None:
    """List the API keys, without secrets."""
    found = client.list_keys().items
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    rows = [
        (one.id, one.owner, one.name, f"{one.expires_at:%Y-%m-%d}", "revoked" if one.revoked_at else "")
        for one in found
    ]
    columns = (("key", "code"), ("owner", "code"), ("for", "left"), ("until", "code"), ("", "left"))
    console.print(table("API keys", columns, rows))
