"""What people call things: a code or a whole name in any case, and who comes near where it is neither."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from core.domain.errors import NotFoundError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, SupplierCode
from core.domain.overviews import Named, NameKind
from core.ports.storage import UnitOfWork

MOST_NEAR = 5
_NEAR_ENOUGH = 0.6


def code_of(uow: UnitOfWork, kind: NameKind, said: str) -> str:
    """The code of what is called so. NotFoundError names those that come near, and those that share a name."""
    found = uow.overviews.named(kind, said)
    if found and (found[0].code == said or len(found) == 1):
        return found[0].code
    if found:
        raise NotFoundError(f"{len(found)} {kind}s are called {said!r}; accepted: {_listed(found)}", field=kind.value)
    near = _nearest(said, uow.overviews.like(kind, said))
    accepted = f"near are {_listed(near)}" if near else "none comes near"
    raise NotFoundError(
        f"no {kind} is called {said!r}; accepted: the code or the whole name of one; {accepted}", field=kind.value
    )


def customer_of(uow: UnitOfWork, said: str) -> CustomerCode:
    """The customer called so."""
    return CustomerCode(code_of(uow, NameKind.CUSTOMER, said))


def supplier_of(uow: UnitOfWork, said: str) -> SupplierCode:
    """The supplier called so."""
    return SupplierCode(code_of(uow, NameKind.SUPPLIER, said))


def item_of(uow: UnitOfWork, said: str) -> ItemCode:
    """The item called so."""
    return ItemCode(code_of(uow, NameKind.ITEM, said))


def location_of(uow: UnitOfWork, said: str) -> LocationCode:
    """The location called so."""
    return LocationCode(code_of(uow, NameKind.LOCATION, said))


def order_of(uow: UnitOfWork, said: str) -> OrderNo:
    """The sales order of this number, ours or the customer's; NotFoundError where none or several are called so."""
    found = uow.overviews.orders_called(said)
    if found and (found[0] == said or len(found) == 1):
        return found[0]
    if found:
        raise NotFoundError(
            f"{len(found)} sales orders are called {said!r}; accepted: {', '.join(map(repr, found))}", field="order"
        )
    raise NotFoundError(
        f"no sales order is called {said!r}; accepted: our number, such as 'SO-1042', or the customer's", field="order"
    )


def suppliers_in(uow: UnitOfWork, country: str) -> tuple[SupplierCode, ...]:
    """The suppliers of a country, by code; NotFoundError where there are none."""
    found = uow.overviews.suppliers_in(country)
    if not found:
        raise NotFoundError(
            f"no supplier is in {country!r}; accepted: a country as show_supplier has it, such as 'CN'", field="country"
        )
    return found


def _nearest(said: str, known: Sequence[Named]) -> tuple[Named, ...]:
    """Those most like it: that contain it, then by how much of them is the same."""
    low = said.lower()
    matcher = SequenceMatcher(b=low)
    scored = list[tuple[float, str, Named]]()
    for one in known:
        score = max(
            _alike(matcher, word, low) for word in (one.code.lower(), one.name.lower(), *one.name.lower().split())
        )
        if score >= _NEAR_ENOUGH:
            scored.append((-score, one.code, one))
    return tuple(one for _, _, one in sorted(scored, key=lambda row: row[:2])[:MOST_NEAR])


def _alike(matcher: SequenceMatcher[str], word: str, low: str) -> float:
    if low in word:
        return 1.0
    matcher.set_seq1(word)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR_ENOUGH else 0.0


def _listed(found: Sequence[Named]) -> str:
    return ", ".join(f"{one.code!r} ({one.name})" for one in found[:MOST_NEAR])
