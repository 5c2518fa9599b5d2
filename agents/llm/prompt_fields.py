"""Facts as they go into a prompt: named, so that what leaves for a model can be checked and recorded by name."""

import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptField:
    """A fact, or JSON values of facts, under a name. Words from outside are fields too, kept between tags."""

    name: str
    value: object

    @property
    def text(self) -> str:
        """The value between tags of its name. No text inside can look like the closing tag."""
        if isinstance(self.value, str):
            inside = self.value.replace(f"</{self.name}", f"< /{self.name}")
        else:
            inside = json.dumps(self.value, indent=1, ensure_ascii=False).replace("</", "<\\/")
        return f"<{self.name}>\n{inside}\n</{self.name}>"

    @property
    def names(self) -> tuple[str, ...]:
        """The dotted names of every value in it, once each and sorted; entries of a list share a name."""
        return tuple(sorted(set(_names(self.name, self.value))))


def _names(name: str, value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _names(f"{name}.{key}", inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _names(name, inner)
    else:
        yield name
