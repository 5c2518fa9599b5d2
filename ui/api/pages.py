"""The few pages the API itself shows people: one look, light and dark, no script, nothing from elsewhere."""

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from fastapi.responses import HTMLResponse

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6676; --page: #f4f6f9; --card: #fff; --line: #d5dbe3;
  --act: #1f5fbf; --on-act: #fff; --bad: #a5231d; --bad-page: #fdeeed; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf1; --soft: #a3afbf; --page: #12161c; --card: #1b2129;
  --line: #38424f; --act: #7fb0ff; --on-act: #0c1420; --bad: #ffb4ae; --bad-page: #3a1d1c; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 12px; overflow-wrap: anywhere; }
h1 { margin: 0 0 1rem; font-size: 1.4rem; } h2 { margin: 1.5rem 0 1rem; font-size: 1.1rem; }
p { margin: 0 0 1rem; }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input, select { width: 100%; margin-top: .25rem; padding: .6rem; font: inherit; color: inherit; background: var(--page);
  border: 1px solid var(--line); border-radius: 6px; }
.act { display: block; width: 100%; padding: .7rem; font: inherit; font-weight: 600; text-align: center;
  color: var(--on-act); background: var(--act); border: 0; border-radius: 6px; text-decoration: none; cursor: pointer; }
.act:focus-visible, input:focus-visible, select:focus-visible,
a:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.or { text-align: center; color: var(--soft); margin: 1rem 0; }
.bad { padding: .6rem .8rem; color: var(--bad); background: var(--bad-page); border-radius: 6px; }
dt { color: var(--soft); } dd { margin: 0 0 .6rem; font-family: ui-monospace, monospace; }
a { color: var(--act); } a.act { color: var(--on-act); }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SIGN_IN, SIGN_OUT, TO_LOGIN = "/auth/sign-in", "/auth/sign-out", "/auth/oidc/start"


def page(title: str, body: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """A page; `body` is HTML in which everything of others was escaped."""
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - Expediter</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(text, status, headers={**HEADERS, **(headers or {})})


def sign_in_page(
    *, onward: str, form: str | None, login: str | None, said: str | None = None, name: str = "", status: int = 200
) -> HTMLResponse:
    """The ways in. `form` is what goes with the form's cookie, None where no password counts; `login` is the company
    login's name, None where there is none."""
    body = f'<p class="bad" role="alert">{escape(_sentence(said))}</p>' if said else ""
    if login is not None:
        body += (
            f'<p><a class="act" id="login" href="{_with_next(TO_LOGIN, onward)}">Sign in with {escape(login)}</a></p>'
        )
    if login is not None and form is not None:
        body += '<p class="or">or</p>'
    if form is not None:
        body += (
            f'<form method="post" action="{SIGN_IN}">'
            f'<input type="hidden" name="form" value="{escape(form)}">'
            f'<input type="hidden" name="next" value="{escape(onward)}">'
            f'<label>Name<input name="name" value="{escape(name)}" autocomplete="username" required autofocus'
            ' maxlength="200"></label>'
            '<label>Password<input name="password" type="password" autocomplete="current-password" required'
            ' maxlength="500"></label><button class="act" type="submit">Sign in</button></form>'
        )
    return page("Sign in", body, status=status)


def signed_in_page(name: str, role: str, *, onward: str) -> HTMLResponse:
    """For who is signed in already."""
    body = (
        f"<p>You are signed in as <b>{escape(name)}</b> ({escape(role.replace('_', ' '))}).</p>"
        f'<p><a class="act" href="{escape(onward)}">Go on</a></p><p><a href="{SIGN_OUT}">Sign out</a></p>'
    )
    return page("Signed in", body)


def sign_out_page(name: str, *, csrf: str) -> HTMLResponse:
    """Asks whether to sign out: only a form of this server does it."""
    body = (
        f"<p>You are signed in as <b>{escape(name)}</b>.</p>"
        f'<form method="post" action="{SIGN_OUT}"><input type="hidden" name="csrf" value="{escape(csrf)}">'
        '<button class="act" type="submit">Sign out</button></form>'
    )
    return page("Sign out", body)


def signed_out_page(*, login: str | None, way_out: str | None) -> HTMLResponse:
    """What is left to do: sign in again, or sign out at the company's login too."""
    body = f'<p>You are signed out here.</p><p><a class="act" href="{SIGN_IN}">Sign in</a></p>'
    if way_out is not None and login is not None:
        body += f'<p><a href="{escape(way_out)}">Sign out of {escape(login)} too</a></p>'
    return page("Signed out", body)


def unknown_person_page(*, issuer: str, subject: str) -> HTMLResponse:
    """For somebody the company's login vouches for and nobody here knows."""
    body = (
        "<p>Your company's login says who you are, but nobody here is linked to that yet. Nothing was created."
        " Ask an administrator to link you, and send along:</p>"
        f"<dl><dt>Issuer</dt><dd>{escape(issuer)}</dd><dt>Subject</dt><dd>{escape(subject)}</dd></dl>"
        "<p>The administrator runs <code>expediter users link NAME --issuer ISSUER --subject SUBJECT</code>.</p>"
        f'<p><a href="{SIGN_IN}">Try again</a></p>'
    )
    return page("You are not known here", body, status=403)


def trouble_page(status: int, code: str, sentence: str, *, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """What went wrong, in a sentence, and the way back."""
    body = (
        f'<p class="bad" role="alert">{escape(_sentence(sentence))}</p><p>Code <code>{escape(code)}</code></p>'
        f'<p><a class="act" href="{SIGN_IN}">Back to signing in</a></p>'
    )
    return page("That did not work", body, status=status, headers=headers)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _with_next(path: str, onward: str) -> str:
    return escape(f"{path}?next={quote(onward, safe='')}")
