"""Text that others wrote with some of its words marked: drawn as text nodes, so that nothing in it is ever rendered."""

from typing import Final

from streamlit.components import v2 as components

from ui.schemas.desk import DraftPart

_CSS: Final = """
pre {font: inherit; font-size: .875rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; max-height: 32rem;
  overflow: auto; padding: .6rem; border: 1px solid var(--st-border-color); border-radius: .5rem;
  color: var(--st-text-color);}
mark {color: inherit; border-radius: .2rem; padding: 0 .1rem; background: rgba(46, 160, 67, .28);}
mark.review {background: rgba(227, 160, 8, .38);}
mark.low {background: rgba(214, 69, 69, .38);}
"""
_JS: Final = """
export default function ({data, parentElement}) {
  const box = document.createElement("pre");
  box.tabIndex = 0;
  for (const piece of data.pieces) {
    if (!piece.level) { box.append(document.createTextNode(piece.text)); continue; }
    const mark = document.createElement("mark");
    mark.className = piece.level;
    mark.title = piece.title;
    mark.textContent = piece.text;
    box.append(mark);
  }
  parentElement.querySelector("pre")?.remove();
  parentElement.append(box);
}
"""


def show(part: DraftPart, *, key: str) -> None:
    """The part of a letter, each value that was read marked where it stands: sure, to be looked at, or not known."""
    pieces = [{"text": one.text, "level": one.level or "", "title": ", ".join(one.fields)} for one in part.pieces]
    _drawn(data={"pieces": pieces}, key=key)


_drawn = components.component("expediter_marked", css=_CSS, js=_JS)
