"""docs/commands.md, from the commands themselves: `python -m console.cli.reference > …`."""

from collections.abc import Iterator
from typing import Any

from console.cli.program import NOUNS, noun
from console.cli.verbs import SHARED

HEAD = """\
# Every command

`eightbells [--home DIR] NOUN VERB …`. Every command takes `--json` (one JSON document on stdout),
`--home DIR` and `--debug`, before the noun or after the verb. Exit code: 0 done, 1 refused or
failed, 2 not understood, 3 the store is missing, locked or damaged. This page is made from the
commands themselves."""


def reference() -> str:
    """The whole page."""
    sections = (line for name in NOUNS for line in _noun(name))
    return "\n".join((HEAD, *sections)) + "\n"


def commands(name: str) -> Iterator[tuple[str, Any]]:
    """Every command of a noun: its words (`crew add`) and the command itself."""
    command = noun(name)
    verbs = getattr(command, "commands", None)
    if verbs is None:
        yield name, command
    else:
        yield from ((f"{name} {verb}", found) for verb, found in verbs.items())


def example(command: Any) -> str:
    """The command line that shows how a command is used."""
    return str(command.epilog).removeprefix("Example: ")


def _noun(name: str) -> Iterator[str]:
    yield f"\n## {name}\n"
    yield NOUNS[name]
    for words, command in commands(name):
        if words != name:
            yield f"\n### {words}\n"
            yield str(command.help)
        yield f"\n    {example(command)}"
        own = [parameter for parameter in command.params if parameter.name not in SHARED]
        if own:
            yield ""
        yield from map(_parameter, own)


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"* `{parameter.metavar or str(parameter.name).upper()}`: {parameter.help}"
    takes = "" if parameter.is_flag else f" {parameter.metavar or '…'}"
    return f"* `{parameter.opts[0]}{takes}`: {parameter.help}"


if __name__ == "__main__":
    print(reference(), end="")
