"""A seat for a person: what is chosen is a run like any other."""

import pytest
from typer.testing import CliRunner

from agents.errors import InputError, RunError
from sim.api import RunSpec, play, prepare
from sim.cli.app import app
from sim.engines.history import History
from sim.engines.seat import Seat
from sim.scenario.text.texts import texts


def seat(who: str = "COL", **options: object) -> Seat:
    return Seat(prepare(RunSpec(scenario="colombia_2025", seed=7)), who, **options)


def outcome_of(spec: RunSpec) -> dict[str, float]:
    history: History = play(prepare(spec))
    return history.outcome()


@pytest.mark.parametrize("choice", ["hold", "offer", "accept"])
def test_what_a_person_chose_can_be_played_again(choice: str) -> None:
    person = seat(every=1.0)
    while person.advance():
        options = {option.id: option for option in person.options()}
        person.choose(options.get(choice, options["hold"]).willingness)
    person.model.run()
    assert person.model.outcome() == outcome_of(person.spec())


def test_who_never_decides_otherwise_changes_nothing_else() -> None:
    person = seat()
    assert person.advance()
    view = person.view()
    assert view.threat > 0.01, "the ultimatum is on the table when the person first looks"
    assert view.give_cost == view.full_cost > 0.0
    assert {option.id for option in person.options()} == {"hold", "offer", "accept"}


def test_advice_is_what_every_rule_would_say() -> None:
    person = seat()
    person.advance()
    advice = person.advice()
    assert advice["never"] == 0.0
    assert advice["always"] == 1.0
    assert set(advice) == {rule.name for rule in person.model.template.library.family("answer")}


def test_only_a_side_has_a_seat() -> None:
    with pytest.raises(InputError, match=r"MEX.*COL"):
        seat("MEX")
    with pytest.raises(RunError, match="out of bounds"):
        seat().choose(1.5)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_terminal_seat_from_first_question_to_the_name_of_the_run(language: str) -> None:
    typed = "nonsense\n?\n1\n40%\n3\n3\n3\n3\n3\n3\nq\n"
    result = CliRunner().invoke(app, ["play", "colombia_2025", "--as", "COL", "--seed", "7", "--lang", language], typed)
    assert result.exit_code == 0, result.output
    assert "two_level" in result.output
    assert "nonsense" in result.output
    assert "demarche run --spec" in result.output


def test_both_languages_hold_the_same_sentences() -> None:
    import re

    one, two = texts("en"), texts("es")
    assert one.keys() == two.keys()
    for identity in one:
        assert set(re.findall(r"\{(\w+)", one[identity])) == set(re.findall(r"\{(\w+)", two[identity])), identity
