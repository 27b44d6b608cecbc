"""Finding and opening a configuration file, with a sentence for everything that can be wrong with it."""

import os
from pathlib import Path

from platformdirs import user_config_path

import sim
from agents.errors import InputError, names_there_are, shown
from sim.scenario.files.words import printable

LARGEST = 2_000_000
NAMED = "DEMARCHE_CONFIGS"
"""The environment variable that names a folder of scenarios, experiments, weights and so on."""
_SUFFIXES = (".yaml", ".yml")


def _shipped() -> Path:
    """What comes with Demarche: inside the package where it was installed, else `configs/` of the checkout."""
    inside, checkout = Path(sim.__file__).parent / "configs", Path(__file__).resolve().parents[3] / "configs"
    return inside if inside.is_dir() else checkout


CONFIGS = _shipped()


def config_folders() -> list[Path]:
    """Where bare names are looked up, in order: the folder you named, your own folder, what comes with Demarche."""
    named = os.environ.get(NAMED, "")
    return [*([Path(named)] if named else []), own_folder(), CONFIGS]


def own_folder() -> Path:
    """A person's own folder of scenarios, experiments, weights, rules and sources."""
    return user_config_path("demarche")


def names_in(folder: str) -> list[str]:
    """Names of the YAML files in a folder of all configuration folders, sorted."""
    return sorted({path.stem for home in config_folders() for path in (home / folder).glob("*.yaml")})


def locate(name_or_path: str | Path, folder: str, what: str) -> Path:
    """The file of a bare name (in `<folder>` of the first configuration folder that has it) or of a path.

    Args:
        name_or_path: `colombia_2025`, or a path: it has a folder or ends in .yaml.
        folder: Folder that bare names live in, such as `scenarios`.
        what: `scenario` or `weights`, for the sentence.

    Raises:
        InputError: When there is no such file.
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or Path(text).suffix in _SUFFIXES or "/" in text or "\\" in text:
        return Path(name_or_path)
    if Path(text).is_file():
        raise InputError(f"{printable(text)}: this is no {what} file; expected one that ends in .yaml.")
    names = names_in(folder)
    if text not in names:
        known = names_there_are(text[:60], names)
        raise InputError(f"There is no {what} `{printable(text)}`. {known} A path works too.")
    return next(path for home in config_folders() if (path := home / folder / f"{text}.yaml").is_file())


def named(name: str, path: Path | None) -> str:
    """How a command calls a scenario: by its name where that leads to its file, else by the file."""
    found = name in names_in("scenarios") and locate(name, "scenarios", "scenario")
    return name if path is None or found == path else shown(path)


def text_of(path: Path, what: str, suffix: str = ".yaml", largest: int = LARGEST) -> str:
    """The text of a file; the size is looked at before anything is read.

    Args:
        path: The file. what: What it should be (a scenario file), for the sentence. suffix: How its name ends.
        largest: Bytes at most.

    Raises:
        InputError: Absent, a directory, too large, binary or empty.
    """
    try:
        return _checked(path, what, suffix, largest)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.{_beside(path, suffix)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{str(path)[:200]!r}: the file cannot be read ({reason}).") from None


def _checked(path: Path, what: str, suffix: str, largest: int) -> str:
    size = path.stat().st_size
    right = f"expected a {what} ({suffix})."
    if path.is_dir():
        raise InputError(f"{shown(path)}: this is a directory; {right}{_beside(path / '-', suffix)}")
    if not path.is_file():
        raise InputError(f"{shown(path)}: this is not a regular file; {right}")
    if size > largest:
        raise InputError(
            f"{shown(path)}: {size / 1e6:.0f} MB is too large; a {what} has at most {largest / 1e6:.0f} MB."
        )
    with path.open("rb") as stream:
        return _decoded(stream.read(largest + 1), path, f"expected a {what} in {suffix[1:].upper()}.")


def _decoded(raw: bytes, path: Path, right: str) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{shown(path)}, line {line}: this is not text in UTF-8; {right} Save it as UTF-8.") from None
    if "\0" in text:
        raise InputError(f"{shown(path)}: this is a binary file; {right}")
    if not text.strip():
        raise InputError(f"{shown(path)}: the file is empty; {right}")
    return text


def _beside(path: Path, suffix: str) -> str:
    """The files of that ending in the folder a path points into."""
    if not path.parent.is_dir():
        return ""
    names = [other.name for other in path.parent.glob(f"*{suffix}")]
    return f" {names_there_are(path.name, names)}" if names else ""
