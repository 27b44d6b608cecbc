"""From whatever goes wrong to one sentence on stderr and an exit code. A traceback only with --debug."""

import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer

from agents.errors import DemarcheError, names_there_are
from sim.cli.app import app

STOPPED = 130
_UsageProblem: Any = typer.BadParameter.__mro__[1]  # typer brings its own click or takes the installed one


def answered(arguments: Sequence[str]) -> int:
    """Run a command; its exit code. `--debug` may stand anywhere."""
    words = [argument for argument in arguments if argument != "--debug"]
    try:
        code = typer.main.get_command(app).main(words, prog_name="demarche", standalone_mode=False)
        if code == STOPPED:  # typer's own answer to Ctrl-C
            return _say("Stopped.", STOPPED)
        return code if isinstance(code, int) else 0
    except BaseException as error:
        if len(words) < len(arguments):
            traceback.print_exc()
        return _sentence(error)


def _sentence(error: BaseException) -> int:
    if isinstance(error, DemarcheError):
        return _say(str(error), error.exit_code)
    if isinstance(error, _UsageProblem):
        return _say(_usage(error), 2)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return _say("Stopped.", STOPPED)
    if isinstance(error, BrokenPipeError):
        sys.stdout = None  # nobody reads any more; nothing to flush at the end
        return 1
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, OSError):
        return _say(f"{error.filename or 'A file'}: {error.strerror or error}.", 1)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300].rstrip(".")
    return _say(
        f"Something unexpected went wrong ({what}). This is our mistake: run again with --debug and report it.", 1
    )


def _usage(error: Any) -> str:
    """What click says, with the names there are."""
    context = error.ctx
    where = context.command_path if context else "demarche"
    if type(error).__name__ == "NoSuchOption" and context:
        option = error.option_name
        known = [name for parameter in context.command.get_params(context) for name in parameter.opts if name[0] == "-"]
        return f"{where}: there is no option `{option}`. {names_there_are(option, known)}"
    command = re.match(r"No such command '(.*?)'", error.format_message())
    if command:
        return f"{where}: there is no command `{command[1]}`. {names_there_are(command[1], context.command.commands)}"
    return f"{where}: {error.format_message().strip().rstrip('.')}. `{where} --help` shows what it takes."


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
