"""A month aboard through the real verbs, on a clock that is set forward from watch to watch.

Everything but the drafting is what people and the worker do; the drafts have one item an entry,
because the pipeline is the worker's and what is simulated here is what people make of drafts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from console.demo import aboard
from console.demo.choices import read_back
from console.demo.month import Month, load_month
from console.demo.story import DemoPerson, Story
from storage import database
from storage.audit.actor import SYSTEM, WORKER
from storage.clock import SYSTEM_CLOCK
from storage.drafts import editing, review
from storage.drafts.content import (
    Candidate,
    DraftContent,
    HandoverType,
    ItemContent,
    SectionContent,
    TracedSentence,
)
from storage.drafts.gathering import default_window, gather_entries
from storage.drafts.generation import write_generated
from storage.drafts.views import draft
from storage.entries.actions import capture, resolve
from storage.handovers import signing
from storage.handovers.composing import critical_items
from storage.identity import new_id
from storage.insights import views
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.signalling import generate_signals
from storage.insights.suggesting import generate_suggestions
from storage.jobs import actions as jobs
from storage.jobs.endings import Account, Failure
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import JobKind
from storage.jobs.states import Reason
from storage.taxonomy.domains import Bucket, bucket_of
from storage.taxonomy.polarity import state_of
from storage.taxonomy.roles import OFFICERS
from storage.value import Value
from storage.vessel.views import the_vessel

SIMULATED = "The month is simulated; its documents are printed once it is over."
STAND_IN = "simulated-worker"


class SailingClock:
    """A clock that shows what it was set to last."""

    def __init__(self, at: datetime) -> None:
        self.at, self._begun = at, at

    def utcnow(self) -> datetime:
        """The moment it was set to."""
        return self.at

    def monotonic(self) -> float:
        """Seconds since it was made."""
        return (self.at - self._begun).total_seconds()

    def boot(self) -> str:
        """Nothing: the story has no machine."""
        return ""


class Raised(Value):
    """A signal and the day of the month on whose evening it was raised."""

    day: int
    rule: str
    subject: str
    severity: str
    message: str


@dataclass
class Sailing:
    """A month on its way; `raised` grows, `repeated` counts what a second look said again."""

    story: Story
    clock: SailingClock
    month: Month = field(default_factory=load_month)
    raised: list[Raised] = field(default_factory=list)
    repeated: int = 0
    handovers: int = 0
    matters: dict[str, str] = field(default_factory=dict)

    @property
    def officers(self) -> list[DemoPerson]:
        """Those who hand over and take over in turn."""
        return [person for person in self.story.crew if person.role in OFFICERS]


def sail(home: Path, story: Story, days: int) -> Sailing:
    """Make a store in `home` and live through `days` days on it that end last midnight UTC.

    The store is closed afterwards.
    """
    midnight = SYSTEM_CLOCK.utcnow().replace(hour=0, minute=0, second=0, microsecond=0)
    begin = midnight - timedelta(days=days)
    it = Sailing(story, SailingClock(begin))
    database.create(home, clock=it.clock)
    try:
        aboard.name(story.vessel)
        aboard.sign_on(story.crew)
        jobs.pause(SYSTEM, Queue.EXPORT, why=SIMULATED)
        for day in range(1, days + 1):
            _live(it, day, begin + timedelta(days=day - 1))
        it.clock.at = midnight + timedelta(minutes=30)
        _look(it, days + 1)
        jobs.resume(SYSTEM, Queue.EXPORT)
    finally:
        database.close()
    return it


def _live(it: Sailing, day: int, begin: datetime) -> None:
    """One day: what is said before each handover, the handovers, the jobs, and a look in the
    evening, twice."""
    for hour in it.month.handovers_at:
        it.clock.at = begin + timedelta(hours=hour - 1)
        _say(it, day, hour)
        it.clock.at = begin + timedelta(hours=hour)
        if day not in it.month.nobody_signs_on:
            _hand_over(it, day)
    if day in it.month.retried.days:
        _run_jobs(it)
    it.clock.at = begin + timedelta(hours=23, minutes=30)
    _look(it, day)


def _say(it: Sailing, day: int, hour: int) -> None:
    speaker = aboard.actor(it.officers[0])
    for line in it.month.said(day, hour):
        it.matters[line] = capture(speaker, line).id
    settled = it.month.resolved_on(day)
    if settled and hour == it.month.handovers_at[0]:
        resolve(speaker, it.matters[settled], reason="Repaired and tested.")


def _hand_over(it: Sailing, day: int) -> None:
    outgoing, incoming = it.officers[it.handovers % 2], it.officers[1 - it.handovers % 2]
    draft_id = _draft()
    officer, relief = aboard.actor(outgoing), aboard.actor(incoming)
    review.begin_review(officer, draft_id)
    if day <= it.month.edited_until_day:
        _reword(it, draft_id)
    for section in draft(draft_id).sections:
        review.mark_seen(officer, draft_id, section.bucket)
    signing.accept(officer, draft_id, pin=outgoing.pin, confirmed=True)
    view = draft(draft_id)
    for section in view.sections:
        review.mark_seen(relief, draft_id, section.bucket)
    spoken = {item: read_back(view.items()[item]) for item in critical_items(view)}
    signing.countersign(relief, draft_id, read_backs=spoken, pin=incoming.pin, confirmed=True)
    it.handovers += 1


def _draft() -> str:
    vessel_id = the_vessel().id
    kind = HandoverType.BRIDGE_WATCH
    gathered = gather_entries(vessel_id, default_window(vessel_id), kind)
    items = [_item(candidate) for candidate in gathered.given.candidates]
    return write_generated(
        WORKER, vessel_id, gathered.basis, _content(items), job_id=new_id(), trace_id=new_id()
    )


def _item(it: Candidate) -> ItemContent:
    return ItemContent(
        key=it.entry_id, domain=it.primary_domain, text=it.narrative,
        sentences=(TracedSentence(text=it.narrative, entry_id=it.entry_id),),
        risk_tags=it.risk_tags, confidence=it.confidence, state=state_of(it.narrative),
        entry_ids=(it.entry_id,), carried=it.carried,
    )  # fmt: skip


def _content(items: Iterable[ItemContent]) -> DraftContent:
    by_bucket: dict[Bucket, list[ItemContent]] = {bucket: [] for bucket in Bucket}
    for item in items:
        by_bucket[bucket_of(item.domain)].append(item)
    sections = tuple(
        SectionContent(bucket=bucket, items=tuple(found))
        for bucket, found in by_bucket.items()
        if found
    )
    return DraftContent(sections=sections, proposals=(), conflicts=(), completeness=())


def _reword(it: Sailing, draft_id: str) -> None:
    """The officer rewrites all but one of the items."""
    officer = aboard.actor(it.officers[it.handovers % 2])
    for item in list(draft(draft_id).items().values())[1:]:
        editing.edit(officer, item.id, f"{item.text} Seen by me on rounds.")


def _run_jobs(it: Sailing) -> None:
    """Some jobs, of which a few fail and have to be tried again."""
    officer = aboard.actor(it.officers[0])
    for number in range(it.month.retried.jobs):
        asked = jobs.submit(officer, JobKind.DEBUG, {"message": "are you there"})
        if number < it.month.retried.failing:
            job = jobs.claim_next(STAND_IN)
            assert job is not None
            error = Failure(Reason.ERROR, "ConnectionError", "the panel did not answer")
            jobs.fail(job, error, Account())
            jobs.retry(officer, asked.job_id)
        job = jobs.claim_next(STAND_IN)
        assert job is not None
        jobs.complete(job, lambda: {"echo": "are you there"}, Account())


def _look(it: Sailing, day: int) -> None:
    """What analytics_jobs does, and once more, which must say nothing new."""
    known = {s.id for s in views.list_signals()}
    again = 0
    for _ in range(2):
        while collect(WORKER).behind:
            pass
        aggregate(WORKER)
        again = len(generate_signals(WORKER))
        generate_suggestions(WORKER)
    it.repeated += again
    new = [s for s in views.list_signals() if s.id not in known]
    it.raised += [
        Raised(
            day=day, rule=s.rule, subject=s.subject, severity=s.severity, message=s.message
        )
        for s in reversed(new)
    ]  # fmt: skip
