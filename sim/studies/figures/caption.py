"""The draft of a caption: what is shown, on how many runs, with which hashes, and the command that remakes it."""

from importlib.metadata import version

from sim.scenario.text.texts import say
from sim.studies.analysis.wording import design_words, name_of
from sim.studies.figures.numbers import Asked
from sim.studies.store.results import Results


def says(results: Results, asked: Asked, frame_axes: tuple[str, str], language: str) -> str:
    """What a figure shows, in a sentence."""
    x, y = frame_axes
    metric, base = name_of(asked.metric, language), results.made.variants[0].name
    told = say(f"study.figure_{asked.kind}", language, metric=metric, base=base, x=x, y=y)
    if len(results.made.variants) == 1 or asked.kind == "effects":
        return told
    world, rows = results.made.variants[asked.variant].name, len(results.rows(asked.variant))
    return told + " " + say("caption.world", language, world=world, rows=rows)


def made(results: Results, language: str) -> str:
    """N, D, seed, hashes and version."""
    study = results.made
    return say(
        "caption.made", language, design=design_words(study, language), done=len(results.frame),
        seed=study.experiment.seed, scenario=study.experiment.scenario, weights=study.experiment.weights,
        scenario_hash=study.hashes["scenario_hash"], weights_hash=study.hashes["weights_hash"],
        model=study.hashes["model"], study=study.id, values=results.hash[:16], version=version("demarche"),
    )  # fmt: skip


def caption(what: str, results: Results, command: str, language: str) -> str:
    """The whole text file."""
    again = say("caption.again", language, command=command)
    return f"{what}\n\n{made(results, language)}\n\n{again}\n"
