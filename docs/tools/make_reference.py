"""Write docs/reference/ from the code: `python docs/tools/make_reference.py`. The pages are not in git."""

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
        "metrics.md": science.metrics,
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


def write_reference(folder: Path) -> list[Path]:
    """Write every page into a folder, and remove the pages of rules and mechanisms that no longer exist."""
    written = {folder / name: page for name, page in pages().items()}
    for path, page in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(page), encoding="utf-8")
    for left in folder.rglob("*.md"):
        if left not in written:
            left.unlink()
    return list(written)


if __name__ == "__main__":
    print(f"Wrote {len(write_reference(REFERENCE))} pages into {REFERENCE.relative_to(ROOT)}.")
