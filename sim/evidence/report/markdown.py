"""The page as Markdown."""

from collections.abc import Iterable, Iterator

from sim.evidence.report.parts import Grid, Part

TITLE = "The evidence"


WITHOUT_PLOTS = (
    "This page has no plots. `demarche evidence all TABLE.csv --report` writes it with its plots, and as one HTML file."
)


def markdown(parts: Iterable[Part], plots: bool = True) -> str:
    """The whole page. It shows its plots from files in its own folder, or names the command that draws them."""
    lines = [f"# {TITLE}", ""] if plots else [f"# {TITLE}", "", WITHOUT_PLOTS, ""]
    for part in parts:
        lines += [f"## {part.title}", ""]
        for says in part.says:
            lines += [says, ""]
        for name, says in part.pictures if plots else ():
            lines += [f"![{says}]({name}.svg)", ""]
        for grid in part.grids:
            lines += _table(grid)
    return "\n".join(lines).rstrip() + "\n"


def _table(grid: Grid) -> Iterator[str]:
    if grid.title:
        yield from (f"**{grid.title}**", "")
    yield _row(grid.columns)
    yield "|" + "|".join("---:" if place in grid.right else "---" for place in range(len(grid.columns))) + "|"
    yield from (_row(row) for row in grid.rows)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
