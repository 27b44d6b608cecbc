"""The parts of a scenario file, without the checks between them (see `sim.scenario.checks`)."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

from sim.scenario.crisis_file import Crisis
from sim.scenario.files.fields import CrisisCode, FileName, GovernmentCode, Model, Text, Word
from sim.scenario.government_file import Account, Agenda, Clock, Common, Exports, Government, Inject, LegalBasis, Voice


def _tables(data: Any) -> Any:
    return [data] if isinstance(data, dict) else data


class ScenarioParts(Model):
    """What belongs in a scenario file, one field a part."""

    format: Literal[1]
    name: FileName
    title: Text
    summary: Text
    accounts: dict[GovernmentCode, Account] = Field(default={})
    voices: dict[Word, Voice] = Field(default={})
    clock: Clock
    common: Common = Common()
    governments: dict[GovernmentCode, Government]
    exports: Annotated[tuple[Exports, ...], BeforeValidator(_tables)]
    legal_bases: dict[Word, LegalBasis] = Field(default={})
    crises: dict[CrisisCode, Crisis]
    agenda: dict[GovernmentCode, Agenda] = Field(default={})
    injects: dict[Word, Inject] = Field(default={})
    _path: Path | None = PrivateAttr(default=None)
