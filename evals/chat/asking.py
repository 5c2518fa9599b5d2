"""The questions asked of the chat's own grammar, on the names of the demo company; no model, no database."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from babel import Locale

from agents.ops_chat.names import Kind, Named, book_of
from agents.ops_chat.understanding import taken_apart, understand
from agents.ops_chat.understood import Context, Memory, Understood
from core.domain.company import Company
from evals.chat.grading import Names
from evals.chat.questions import Call, Question, Questions
from tools.registry import TOOLS


def answers(questions: Questions, company: Company) -> Iterator[tuple[Question, Call | None]]:
    """Each question with the call it led to, None when nothing was called. What was said before is told to the memory
    of the conversation first, and then what the last answer listed."""
    opened = Context(today=questions.as_of, book=book_of(known_names(company)))
    for question in questions.questions:
        memory = Memory()
        for said in question.before:
            memory = memory.with_mentions(taken_apart(said, replace(opened, memory=memory)).mentions)
        found = understand(question.text, replace(opened, memory=replace(memory, listed=question.shown)))
        call = Call(tool=found.tool, arguments=found.arguments) if isinstance(found, Understood) else None
        yield question, call


def known_names(company: Company) -> tuple[Named, ...]:
    """What master data calls things: customers, suppliers, items, places with their sites, and work centres."""
    sites = sorted({place.site for place in company.locations})
    rows = (
        *((Kind.CUSTOMER, one.code, one.name) for one in company.customers),
        *((Kind.SUPPLIER, one.code, one.name) for one in company.suppliers),
        *((Kind.ITEM, one.code, one.name) for one in company.items),
        *((Kind.LOCATION, one.code, one.name) for one in company.locations),
        *((Kind.SITE, site, site) for site in sites),
        *((Kind.CENTER, one.code, one.name) for one in company.work_centers),
    )
    return tuple(Named(kind=kind, code=code, names=(name,)) for kind, code, name in rows)


def names_of(company: Company) -> Names:
    """How grading reads names: a name is its code, a site the location that ships from it, a country its ISO code."""
    codes = {name.casefold(): code for code, name in Locale("en").territories.items() if len(code) == 2}
    codes |= {place.site.casefold(): str(place.code) for place in company.locations if place.may_ship}
    for one in (*company.customers, *company.suppliers, *company.items, *company.work_centers):
        codes |= {one.name.casefold(): str(one.code), one.code.casefold(): str(one.code)}
    codes |= {place.code.casefold(): str(place.code) for place in company.locations}
    return Names(codes=codes, defaults={tool.name: _defaults(tool.takes.model_fields) for tool in TOOLS})


def _defaults(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: getattr(field, "default", None) for name, field in fields.items()}
