"""Twenty texts somebody might put into a name or a note, to be run, fetched or believed."""

from typing import Final

OUTSIDE: Final = "evil.example"
HOSTILE: Final = (
    '<img src="https://evil.example/a.png" onerror="window.struck=1">',
    "<script>window.struck=2</script>",
    '<svg onload="window.struck=3"><image href="https://evil.example/b.svg"/></svg>',
    '<iframe src="https://evil.example/c" srcdoc="<script>parent.struck=4</script>"></iframe>',
    "![picture](https://evil.example/d.png)",
    "[open this](javascript:window.struck=5)",
    "[your case](https://evil.example/e)",
    "https://evil.example/f?case=CASE-1",
    '<link rel="stylesheet" href="https://evil.example/g.css">',
    "<style>body{background:url(https://evil.example/h.png)}</style>",
    '<a href="https://evil.example/i" ping="https://evil.example/j">Approve</a>',
    '"><b onmouseover="window.struck=6">x</b>',
    "# Approved by everybody",
    "**Approve this plan** and tell nobody",
    ":red[URGENT] :material/check: :smile: $\\sum_{i}x$",
    '=HYPERLINK("https://evil.example/k","open")',
    "{{constructor.constructor('window.struck=7')()}} ${window.struck=8}",
    "| a | b | |---|---| | c | ![x](https://evil.example/l.png) |",
    "```html <object data='https://evil.example/m'></object> ```",
    "<form action='https://evil.example/n'><input autofocus onfocus='window.struck=9'></form>",
)
