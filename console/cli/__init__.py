"""The command line: `eightbells NOUN VERB …`.

program.py    all nouns, and the way in
verbs.py      what every verb shares: `--json`, `--home`, `--debug`, the store, the answer
settings.py   where the store is and how answers are given
store.py      the store around one command, and its anchor
answer.py     the one place that prints
failure.py    the one place that turns errors into words and exit codes
words.py      tables, facts and times as text
options.py    options several verbs share
people.py     who acts, and their PIN
bulk.py       one thing, or all that match
waiting.py    waiting for a job
lines.py      the lines of an import file
items.py      items by id or printed number
reference.py  docs/commands.md, from the commands themselves
nouns/        one module per noun
"""

from console.cli.program import app, main

__all__ = ["app", "main"]
