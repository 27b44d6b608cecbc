"""Write docs/reference from the code: `python docs/tools/make_reference.py`. A test holds the pages to the code."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "tools")]

Page = Callable[[], Iterable[str]]


def pages() -> dict[str, Page]:
    """Every generated page with the function that writes it."""
    import reference_entries as entries
    import reference_files as files
    import reference_science as science

    return {
        "rules.md": entries.rules,
        "mechanisms.md": entries.mechanisms,
        "weights.md": science.weights,
        "view.md": science.views,
        "laws.md": science.laws,
        "state.md": science.state,
        "scenario.md": files.scenario,
        "cli.md": files.cli,
        "sources.md": files.sources,
        **entries.entries(),
    }


def text_of(page: Page) -> str:
    """The text of a page, with one blank line between its parts."""
    return "\n\n".join(part.strip("\n") for part in page() if part.strip()) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; nothing for no rows."""
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") or " " for cell in row) + " |" for row in rows
    ]
    return "\n".join(["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns), *lines]) if lines else ""


def main() -> None:
    """Write every page, and remove those of rules and mechanisms there are no more."""
    written = pages()
    for name, page in written.items():
        (REFERENCE / name).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / name).write_text(text_of(page), encoding="utf-8")
    for left in REFERENCE.rglob("*.md"):
        if left.relative_to(REFERENCE).as_posix() not in written:
            left.unlink()


if __name__ == "__main__":
    main()
