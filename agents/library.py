"""Finding rules: every file in `agents/rules/` and in the folders a user names. Nothing else lists them."""

import importlib.util
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from agents.errors import DemarcheError, InputError, names_there_are
from agents.rule import FAMILIES, Rule

HERE = Path(__file__).parent / "rules"


class Library(Mapping[tuple[str, str], Rule]):
    """The rules there are, by (family, name), in a fixed order."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {(rule.family.name, rule.name): rule for rule in rules}

    def __getitem__(self, key: tuple[str, str]) -> Rule:
        return self._rules[key]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __reduce__(self) -> tuple[Any, ...]:
        """Rules are read again from their files: a pickle or a copy holds no code."""
        return _read_again, (tuple(rule.path for rule in self.values() if not rule.path.is_relative_to(HERE)),)

    def family(self, family: str) -> list[Rule]:
        """The rules of one family, in the order of their ids."""
        return [rule for (kind, _), rule in self._rules.items() if kind == family]

    def find(self, family: str, name: str) -> Rule:
        """One rule by name.

        Raises:
            InputError: With the names there are.
        """
        if (family, name) in self._rules:
            return self._rules[family, name]
        names = [rule.name for rule in self.family(family)]
        raise InputError(f"There is no {family} rule `{name}`. {names_there_are(name, names)}")

    def index(self, rule: Rule) -> int:
        """The rule's place in its family: what the state holds."""
        return self.family(rule.family.name).index(rule)


def _read_again(paths: tuple[Path, ...]) -> Library:
    return _ordered([*shipped().values(), *(read(path) for path in paths)]) if paths else shipped()


def _ordered(rules: Iterable[Rule]) -> Library:
    order = list(FAMILIES)
    return Library(sorted(rules, key=lambda rule: (order.index(rule.family.name), rule.name)))


def discover(*folders: Path) -> Library:
    """The shipped rules and those in further folders, one rule a file, the file named after the rule.

    Raises:
        InputError: With the file and what would be right, when a file cannot be read as a rule or a name stands twice.
    """
    found: dict[tuple[str, str], Rule] = {}
    for path in [*_files(HERE), *(path for folder in folders for path in _files(folder))]:
        rule = read(path)
        key = (rule.family.name, rule.name)
        if key in found:
            raise InputError(
                f"{path}: among the {key[0]} rules there is a `{key[1]}` already, in {found[key].path}. Rename one."
            )
        found[key] = rule
    return _ordered(found.values())


@lru_cache(maxsize=8)
def shipped() -> Library:
    """The rules of the repository."""
    return discover()


def library(folders: Sequence[Path] = ()) -> Library:
    """The rules of the repository and of further folders."""
    return discover(*folders) if folders else shipped()


def read(path: Path) -> Rule:
    """The rule in one file.

    Raises:
        InputError: With the file, the line where there is one, and what would be right.
    """
    module = _import(path)
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    rules = [rule for rule in rules if rule.path in (path, path.absolute(), path.resolve())]
    if len(rules) != 1:
        raise InputError(f"{path}: holds {len(rules)} rules; expected one function marked @rule(source=...).")
    if rules[0].name != path.stem:
        raise InputError(f"{path}: holds the rule `{rules[0].name}`; name the file {rules[0].name}.py.")
    return rules[0]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of rules.")
    return sorted(path for path in folder.rglob("*.py") if not path.name.startswith("_"))


def _import(path: Path) -> ModuleType:
    inside = path.resolve().is_relative_to(HERE.resolve())
    name = "agents.rules." + path.parent.name + "." + path.stem if inside else f"demarche_rule_{path.stem}"
    if inside and name in sys.modules:
        return sys.modules[name]
    specification = importlib.util.spec_from_file_location(name, path.absolute())
    if specification is None or specification.loader is None:
        raise InputError(f"{path}: is not a Python file.")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except DemarcheError:
        raise
    except SyntaxError as error:
        raise InputError(f"{path}, line {error.lineno}: {error.msg}.") from error
    except (Exception, SystemExit) as error:
        raise InputError(
            f"{path}: cannot be imported: {type(error).__name__}: {error}. {_line(error, path)}"
        ) from error
    return module


def _line(error: BaseException, path: Path) -> str:
    trace = error.__traceback__
    lines = []
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == path.absolute():
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return f"See line {lines[-1]}." if lines else ""
