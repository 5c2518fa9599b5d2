"""The grammar of the chat: a sentence to a tool call by rules alone; what cannot be read is said so, never guessed."""

import re
from dataclasses import replace

from agents.ops_chat.commands import commanded, decides, is_command
from agents.ops_chat.days import days_in
from agents.ops_chat.leftovers import left_out
from agents.ops_chat.lookups import looked_up
from agents.ops_chat.mentions import Mentions, mentions_in
from agents.ops_chat.names import plain
from agents.ops_chat.scenarios import what_if
from agents.ops_chat.topics import Topic, topics_of
from agents.ops_chat.understood import Context, Question, Understood, Unread
from agents.ops_chat.words import WORDS, any_of

LONGEST_QUESTION = 4_000
EXAMPLES = (
    "which orders for Harbor Supply are late?",
    "why is SO-1042/1 late?",
    "what is wrong today?  ·  show CASE-3  ·  options for CASE-3",
    "how many GV-03 do we have in Reno?  ·  when is GV-03 available?",
    "when can we deliver 40 GV-03 to Harbor Supply?",
    "what hangs on PO-17?  ·  which purchase orders are late?  ·  how reliable is GULF?",
    "what if Gulf Castings is out for two weeks?  ·  what if PO-17 is 5 days late?",
    "move 200 from RNO-SHIP to cover SO-1042/1  ·  expedite PO-17/1  ·  propose CASE-3-1B",
    "what waits for my decision?  ·  how are we doing?  ·  tasks  ·  last scan",
)
_PRONOUN = re.compile(rf"\b{any_of(WORDS['commands']['pronouns'])}\b|^(?:and|und|y|et|en)\b")
_PLACES = ("first", "second", "third", "fourth", "fifth", "last")
_POINTED = re.compile(
    rf"\b(?:the )?({'|'.join(_PLACES)}) (?:one|case|order|line|of (?:them|these|those))\b|\bnumber ([1-5])\b"
)
_AND = re.compile(r"\b(?:and|und|y|et|en)\b|;", re.IGNORECASE)


def understand(text: str, context: Context) -> Understood | Unread:
    """The call of a tool that a question or command stands for, or why there is none.

    Nothing in a text can approve, execute, send or change a policy: there are no such tools, and commands of that kind
    are answered with the way a person does it.
    """
    if not text.strip():
        return _unread("There is nothing to read.")
    if len(text) > LONGEST_QUESTION:
        return _unread(f"That is longer than the {LONGEST_QUESTION:,} characters a question may have.")
    question = taken_apart(text, context)
    if decides(question) or (question.about(Topic.DESTROY) and not question.about(Topic.WHAT_IF)):
        return _not_mine()
    found = what_if(question, [taken_apart(clause, context) for clause in clauses_of(text)])
    if found is None and is_command(question) and not question.about(Topic.WHAT_IF):
        found = commanded(question)
    if found is None:
        found = looked_up(question)
        missed = left_out(question, found) if isinstance(found, Understood) else None
        if missed is not None:
            said = plain(text)[missed.start : missed.end].strip()
            return _unread(f"I cannot read this: I would have to leave out {said!r}.")
    return found or _unread("I cannot read this.")


def taken_apart(text: str, context: Context) -> Question:
    """The question with what it mentions and what it is about."""
    level = plain(text)
    mentions = mentions_in(text, context.book, read_days=lambda rest: days_in(rest, context.today))
    mentions = _with_what_is_pointed_at(level, mentions, context)
    rest = " ".join(level.split())
    return Question(
        original=text,
        text=rest,
        mentions=mentions,
        topics=topics_of(mentions.rest),
        context=context,
        pronoun=_PRONOUN.search(mentions.rest) is not None,
    )


def _with_what_is_pointed_at(text: str, mentions: Mentions, context: Context) -> Mentions:
    """ "The second one" of what was listed last, as if its number had been typed."""
    pointed = _POINTED.search(text)
    if pointed is None or not context.memory.listed:
        return mentions
    listed = context.memory.listed
    at = int(pointed.group(2)) - 1 if pointed.group(2) else _PLACES.index(pointed.group(1))
    at = len(listed) - 1 if pointed.group(1) == "last" else at
    if at >= len(listed):
        return mentions
    meant = mentions_in(listed[at], context.book, read_days=lambda _: ()).found
    return replace(mentions, found=(*meant, *mentions.found))


def clauses_of(text: str) -> list[str]:
    """The parts of a sentence between its "and"s; a list of names between them is taken apart as well."""
    return [clause for clause in _AND.split(text) if clause.strip()]


def _unread(why: str) -> Unread:
    return Unread(help=f"{why} What I can read, for example:\n" + "\n".join(f"  {line}" for line in EXAMPLES))


def _not_mine() -> Unread:
    return Unread(
        kind="not_mine",
        help="That is not mine to do: deciding, executing, sending and policies are for people. What waits is "
        "listed by “what waits for my decision?”, and decided with "
        "`expediter approve` or `expediter reject`, or on the console.",
    )
