"""Loops in a bill of materials: which items lead back to themselves."""

from collections.abc import Iterable, Mapping, Sequence


def loops_in(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """One loop of each set of items that contain each other, as `(A, B, A)`; sorted."""
    below: dict[str, list[str]] = {}
    for parent, component in sorted(set(edges)):
        below.setdefault(parent, []).append(component)
    return sorted(_loop_through(group, below) for group in entangled(below))


def entangled(below: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    """The sets of items that contain each other (Tarjan's strongly connected components, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    groups: list[frozenset[str]] = []
    for root in below:
        if root in index:
            continue
        work = [(root, iter(below[root]))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            item, components = work[-1]
            for component in components:
                if component not in index:
                    index[component] = low[component] = len(index)
                    path.append(component)
                    on_path.add(component)
                    work.append((component, iter(below.get(component, ()))))
                    break
                if component in on_path:
                    low[item] = min(low[item], index[component])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[item])
                if low[item] == index[item]:
                    groups.append(_taken(path, on_path, item))
    return [group for group in groups if len(group) > 1 or any(item in below.get(item, ()) for item in group)]


def _taken(path: list[str], on_path: set[str], item: str) -> frozenset[str]:
    start = path.index(item)
    group = frozenset(path[start:])
    del path[start:]
    on_path.difference_update(group)
    return group


def _loop_through(group: frozenset[str], below: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A shortest way from the first item of the group back to it."""
    first = min(group)
    ways: list[tuple[str, ...]] = [(first,)]
    reached: set[str] = set()
    for way in ways:
        for component in below.get(way[-1], ()):
            if component == first:
                return (*way, first)
            if component in group and component not in reached:
                reached.add(component)
                ways.append((*way, component))
    raise AssertionError("every item of a strongly connected group leads back to itself")
