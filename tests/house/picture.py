"""The house in numbers: who imports whom, circles, floors, entries of each folder, module names used twice.

python tests/house/picture.py [CHECKOUT]
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agents", "sim", "dashboards")
IGNORED = {"__pycache__", "__init__.py"}


def modules(root: Path) -> dict[str, Path]:
    """Every module by its dotted name; a package is named after its folder."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root: Path) -> "nx.DiGraph[str]":
    """An arrow from each module to each module it imports, at the top, in a function or for types alone."""
    known = modules(root)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(known)
    for name, path in known.items():
        for target in _targets(ast.parse(path.read_text(encoding="utf-8")), known):
            if target != name:
                graph.add_edge(name, target)
    return graph


def _targets(tree: ast.Module, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in known:
                    yield inner
                elif node.module in known:
                    yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def rooms(graph: "nx.DiGraph[str]", depth: int) -> "nx.DiGraph[str]":
    """The same arrows between folders (or files) of so many names: depth 2 has `sim.run` and `sim.api`."""

    def room(name: str) -> str:
        return ".".join(name.split(".")[:depth])

    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(room(name) for name in graph)
    found.add_edges_from((room(a), room(b)) for a, b in graph.edges if room(a) != room(b))
    return found


def circles(graph: "nx.DiGraph[str]") -> list[list[str]]:
    """Groups of modules (or rooms) that import each other in a circle."""
    return [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]


def floors(graph: "nx.DiGraph[str]", package: str) -> list[list[str]]:
    """The rooms of a package from the ground up: each one stands on a room of the floor below."""
    inside = graph.subgraph([name for name in graph if name.startswith(f"{package}.")])
    condensed = nx.condensation(inside)
    height: dict[int, int] = {}
    for group in reversed(list(nx.topological_sort(condensed))):
        height[group] = 1 + max((height[below] for below in condensed.successors(group)), default=0)
    found: list[list[str]] = [[] for _ in range(max(height.values(), default=0))]
    for group, level in height.items():
        found[level - 1] += sorted(condensed.nodes[group]["members"])
    return [sorted(names) for names in found]


def entries(root: Path, *packages: str) -> dict[str, int]:
    """How many files and folders each code folder holds; `__init__.py` is not counted."""
    found = {}
    for package in packages or PACKAGES:
        for folder in [root / package, *(path for path in sorted((root / package).rglob("*")) if path.is_dir())]:
            if folder.name not in IGNORED:
                inside = [path for path in folder.iterdir() if path.name not in IGNORED]
                if inside:
                    found[folder.relative_to(root).as_posix()] = len(inside)
    return found


def names_used_twice(root: Path, package: str = "sim") -> dict[str, int]:
    """Names of modules that stand in more than one folder of a package."""
    names = Counter(path.stem for path in (root / package).rglob("*.py") if path.name != "__init__.py")
    return {name: count for name, count in sorted(names.items()) if count > 1}


def main(root: Path) -> None:
    """Print the picture."""
    graph = imports(root)
    print(f"{len(graph)} modules, {graph.number_of_edges()} imports")
    print(f"circles between files: {len(circles(graph))} ({sum(map(len, circles(graph)))} files)")
    for depth in (2, 3):
        found = circles(rooms(graph, depth))
        print(f"circles between folders at depth {depth}: {len(found)} {found or ''}")
    storeys = floors(rooms(graph, 2), "sim")
    print(f"sim: {sum(map(len, storeys))} rooms on {len(storeys)} floors")
    for level, names in reversed(list(enumerate(storeys, 1))):
        print(f"  {level:2d}  {' '.join(name.removeprefix('sim.') for name in names)}")
    counted = sorted(entries(root).items(), key=lambda item: -item[1])
    print("entries:", ", ".join(f"{name} {count}" for name, count in counted[:14]))
    print("module names used twice in sim:", names_used_twice(root) or "none")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT)
