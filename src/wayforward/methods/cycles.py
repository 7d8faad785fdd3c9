"""A cycle in a directed graph, named in order: work packages that wait for each other, or a service
tree that turns back on itself.

Depth-first search in order of code, so the same graph gives the same cycle. Source: standard
algorithm (Tarjan 1972, depth-first search).
"""

from collections.abc import Collection, Mapping


def cycle(edges: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the codes of one cycle in order, smallest code first, or () if there is none.

    edges maps a code to the codes it points to (its predecessors, or its parent). Each code in the
    answer points to the next, and the last to the first.
    """
    done: set[str] = set()
    for start in sorted(edges):
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, True)]
        while stack:
            code, entering = stack.pop()
            if not entering:
                path.pop()
                on_path.discard(code)
                done.add(code)
            elif code in on_path:
                return _from_smallest(path[path.index(code) :])
            elif code not in done:
                path.append(code)
                on_path.add(code)
                stack.append((code, False))
                stack += [(next_, True) for next_ in sorted(edges.get(code, ()), reverse=True)]
    return ()


def _from_smallest(codes: list[str]) -> tuple[str, ...]:
    first = codes.index(min(codes))
    return tuple(codes[first:] + codes[:first])
