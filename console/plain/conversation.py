"""A talk of lines: a word is said, an answer is printed, and what is needed is asked for."""

import getpass
import shlex
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from console.plain.spoken import spoken
from storage.errors import EightBellsError, NotPermitted
from storage.people.views import CrewMember


class Left(Exception):
    """The person wants to leave, or there is nobody to hear any more."""


class Taken(Exception):
    """An empty line instead of an answer: the act is taken back, nothing has changed."""


@dataclass
class Talk:
    """One person at a terminal of lines."""

    home: Path
    person: CrewMember | None = None

    def say(self, *lines: str) -> None:
        """Print lines, as they are read aloud."""
        for line in lines:
            print(spoken(line), flush=True)

    def hear(self, question: str = "") -> str:
        """One line.

        Raises:
            Left: there is no further line.
        """
        try:
            return input(f"{spoken(question)} " if question else "> ").strip()
        except EOFError:
            raise Left from None

    def ask(self, question: str) -> str:
        """An answer that is needed.

        Raises:
            Taken: an empty line. Left.
        """
        answer = self.hear(question)
        if not answer:
            raise Taken
        return answer

    def agrees(self, question: str) -> bool:
        """Whether the answer is yes; anything else is no."""
        return self.hear(f"{question} Yes or no?").casefold() in ("yes", "y")

    def pin(self) -> str:
        """A PIN, unseen where there is a terminal.

        Raises:
            Taken, Left.
        """
        if not sys.stdin.isatty():
            return self.ask("PIN:")
        typed = getpass.getpass("PIN: ")
        if not typed:
            raise Taken
        return typed

    def who(self) -> CrewMember:
        """Who is signed in.

        Raises:
            NotPermitted: nobody is.
        """
        if self.person is None:
            raise NotPermitted(why="Nobody is signed in. Say: sign in.")
        return self.person

    def run(self, words: Iterable[str]) -> None:
        """A command of the command line, on this store, with its own answer and questions."""
        sys.stdout.flush()
        program = [sys.executable, "-P", "-m", "console", "--home", str(self.home)]
        subprocess.run([*program, *words], check=False)


def hold(talk: Talk) -> int:
    """Talk until the person leaves; the exit code of the program."""
    from console.plain.words import begin, find  # late: the words use a talk

    begin(talk)
    while True:
        try:
            line = talk.hear()
            if line:
                find(line)(talk)
        except Taken:
            talk.say("Taken back; nothing has changed.")
        except Left:
            talk.say("You have left. Nothing is lost.")
            return 0
        except EightBellsError as error:
            talk.say(f"No. {error}")
        except ValueError as error:
            talk.say(f"That cannot be read: {error}.")


def split(line: str) -> list[str]:
    """A line as a shell would split it.

    Raises:
        ValueError: a quotation mark is not closed.
    """
    return shlex.split(line)
