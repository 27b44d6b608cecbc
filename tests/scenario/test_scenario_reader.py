"""Reading never breaks: any text, any slip of the keyboard, any tree ends in a scenario or in a sentence."""

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.errors import InputError
from sim.scenario import Scenario
from sim.scenario.files import tree
from sim.scenario.files.locate import CONFIGS
from sim.scenario.files.tree import parse

GOOD = (CONFIGS / "scenarios" / "two_countries.yaml").read_text(encoding="utf-8")
TREE: dict[str, Any] = parse(GOOD, "two_countries.yaml").data


@pytest.mark.parametrize("loader", [tree._LOADER, yaml.SafeLoader])
def test_both_parsers_of_the_yaml_library_read_alike(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_LOADER", loader)
    assert parse(GOOD, "two_countries.yaml").data == TREE
    for text in (
        "a: [",
        "a: &b 1",
        "a: *b",
        "a: !!str 1",
        "a: 1\na: 2",
        "\ta: 1",
        "a: 1\n---\n",
        'a: "\\U99999999"',
        "a: \x07",
    ):
        with pytest.raises(InputError, match=r"any\.yaml, line \d"):
            parse(text, "any.yaml")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every part of a tree."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in below for place in places(part, (*path, key)))]


PLACES = places(TREE)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["BOR", "AUR", 0, 1, -1, 10**400])
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def broken_trees(draw: st.DrawFn) -> Any:
    """The good tree with some parts replaced, removed, added or taken from elsewhere in it."""
    tree = copy.deepcopy(TREE)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(PLACES))
        above = at(tree, path[:-1]) if path else None
        what = draw(st.sampled_from(["replace", "remove", "add", "move"]))
        if not isinstance(above, dict | list) or at(tree, path) is None:
            continue
        if what == "remove":
            del above[path[-1]]
        elif what == "add" and isinstance(above, dict):
            above[draw(st.text(max_size=10))] = draw(VALUES)
        else:
            above[path[-1]] = (
                draw(VALUES) if what == "replace" else copy.deepcopy(at(TREE, draw(st.sampled_from(PLACES))))
            )
    return tree


def at(tree: Any, path: tuple[Any, ...]) -> Any:
    """The part of a tree at a path, or None."""
    for key in path:
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parse(text, "any.yaml")
    except InputError as error:
        assert str(error).startswith("any.yaml, line ")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(alphabet=" \n\t-:[]{},&*!'\"#0.9enaABOR", max_size=6))
def test_no_slip_of_the_keyboard_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, slip: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "two_countries.yaml"
    path.write_text(GOOD[:at] + slip + GOOD[at + cut :], encoding="utf-8")
    try:
        Scenario.read(path)
    except InputError as error:
        assert "two_countries.yaml" in str(error)


@settings(max_examples=300, deadline=None)
@given(broken_trees())
def test_no_tree_breaks_the_schema(tree: object) -> None:
    try:
        Scenario.from_data(tree)  # type: ignore[arg-type]
    except InputError as error:
        assert str(error).startswith("scenario") and len(str(error).split("\n")) <= 6
