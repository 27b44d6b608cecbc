"""`demarche`: keeps foreign rules in a process it can stop, and answers mistakes in sentences."""

import sys

from agents.isolation import watchdog


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 1 the run failed, 2 something typed is wrong, 130 stopped."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    watchdog.attach()
    if holds_foreign_rules(arguments) and not watchdog.inside():
        return watchdog.supervise(arguments)
    from sim.cli.failures import answered

    try:
        return answered(arguments)
    finally:
        watchdog.over()


def holds_foreign_rules(arguments: list[str]) -> bool:
    """Whether the command reads rules from outside the repository: code that nobody here has seen."""
    if "--help" in arguments:
        return False
    arguments = [argument for argument in arguments if argument != "--debug"]
    if arguments[:1] == ["dashboard"]:  # it asks rules in workers of its own, so that one rule cannot stop it
        return False
    if any(argument == "--rules" or argument.startswith("--rules=") for argument in arguments):
        return True
    return arguments[:1] == ["check"] and any(argument.endswith(".py") for argument in arguments)


if __name__ == "__main__":
    sys.exit(main())
