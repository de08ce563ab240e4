"""Failures that are alike, whole: the last message verbatim, and who answers for them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from textual.content import Content

from console.commands.table import keys_of
from console.keys_aboard import key
from console.related import Relation, relations_of_failure
from console.screens.detail import DetailScreen
from console.screens.jobs.failure_acts import FailureActs
from console.screens.related_things import RelatedThings
from console.snapshots.engine import take_failure
from console.widgets.facts import Fact
from storage.jobs.kinds import KINDS
from storage.jobs.together import Acknowledgement, FailureRecord
from storage.text import visible

Time = Callable[[datetime], Content]


class FailureScreen(FailureActs, RelatedThings, DetailScreen):
    """A sort of failure; Enter leads to the job it happened to last."""

    ID = "failure"
    BINDINGS = keys_of(ID)

    def __init__(self, failure_id: str) -> None:
        super().__init__()
        self._failure_id = failure_id
        self._failure: FailureRecord | None = None

    def question(self) -> Callable[[], FailureRecord]:
        """The failure at this moment."""
        return partial(take_failure, self._failure_id)

    def show(self, answer: FailureRecord) -> None:
        """Draw it."""
        self._failure = answer
        super().show(answer)

    def failure_in_hand(self) -> FailureRecord | None:
        """This one."""
        return self._failure

    def related(self) -> Sequence[Relation]:
        """The job it happened to last."""
        return relations_of_failure(self._failure) if self._failure else ()

    def title_of(self, answer: FailureRecord) -> str:
        """Kind and error."""
        return f"Failure · {KINDS[answer.kind].label} · {answer.error_type}"

    def facts(self, answer: FailureRecord) -> Sequence[Fact]:
        """All of it."""
        return failure_facts(answer, self.full_time)


def failure_facts(failure: FailureRecord, time: Time) -> list[Fact]:
    """A failure in facts."""
    error = f"{failure.error_type}: {failure.last_message}"
    return [
        ("error", Content(visible(error)).stylize("$failed")),
        ("times", Content(f"{failure.count} in all, {failure.unanswered} not answered for")),
        *_answer(failure.acknowledged, time),
        ("last", time(failure.last_at)),
        ("first", time(failure.first_at)),
        ("last job", Content(failure.last_job_id)),
        ("alike in", Content(visible(failure.pattern))),
        ("id", Content(failure.failure_id)),
    ]


def _answer(answer: Acknowledgement | None, time: Time) -> list[Fact]:
    if answer is None:
        nobody = f"nobody yet; {key('acknowledge_failure')} says who and why"
        return [("answered by", Content(nobody).stylize("$say-warning"))]
    who = visible(f"{answer.owner}: {answer.reason}")
    said = f"said by {visible(answer.acknowledged_by_name)} after {answer.count} · "
    return [("answered by", Content(who)), ("", Content.assemble(said, time(answer.at)))]
