"""Word, glyph and colour of everything that has a state: never the colour alone (pure)."""

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content

from storage.clock import span_words
from storage.entries.states import EntryStatus
from storage.jobs.record import JobRow
from storage.jobs.states import GroupState, JobStatus, JobView
from storage.jobs.together import GroupRecord
from storage.taxonomy.risks import RISK_WORDS, RiskTag, by_severity
from storage.text import visible

RISKS: dict[RiskTag, tuple[str, str]] = {
    RiskTag.SAFETY_CRITICAL: ("▲", "$safety"),
    RiskTag.COMPLIANCE_CRITICAL: ("■", "$compliance"),
    RiskTag.GUEST_IMPACTING: ("●", "$guest"),
    RiskTag.COST_IMPACTING: ("◆", "$cost"),
    RiskTag.OPERATIONAL_DEBT: ("▽", "$debt"),
    RiskTag.INFORMATIONAL: ("·", "$muted"),
}

JOBS: dict[JobView, tuple[str, str, str]] = {
    JobView.QUEUED: ("○", "queued", "$queued"),
    JobView.RUNNING: ("▶", "running", "$running"),
    JobView.AWAITING_VALIDATION: ("?", "outcome unknown", "$failed"),
    JobView.AWAITING_USER: ("✓", "done, for review", "$done"),
    JobView.COMPLETED: ("✓", "done", "$done"),
    JobView.COMPLETED_WITH_ISSUES: ("!", "done with issues", "$queued"),
    JobView.FAILED: ("✗", "failed", "$failed"),
    JobView.CANCELLED: ("–", "cancelled", "$muted"),
    JobView.POISONED: ("✗", "failed for good", "$failed"),
}

GROUPS: dict[GroupState, tuple[str, str, str]] = {
    GroupState.OPEN: ("▶", "open", "$running"),
    GroupState.COMPLETED: ("✓", "completed", "$done"),
    GroupState.PARTIAL: ("!", "partial", "$queued"),
    GroupState.FAILED: ("✗", "failed", "$failed"),
    GroupState.CANCELLED: ("–", "cancelled", "$muted"),
}

GROUP_PARTS = (
    ("queued", "○", "$queued"),
    ("running", "▶", "$running"),
    ("completed", "✓", "$done"),
    ("failed", "✗", "$failed"),
    ("cancelled", "–", "$muted"),
)

ENTRIES: dict[EntryStatus, tuple[str, str]] = {
    EntryStatus.CANDIDATE: (" ", ""),
    EntryStatus.RESOLVED: ("✓", "resolved"),
    EntryStatus.SUPPRESSED: ("–", "suppressed"),
}

BAR_CELLS = 12
LINE_CELLS = 400
"""No list shows more of one text than this; the pane and the detail show it whole."""


def one_line(text: str) -> Content:
    """Text of any length as one line of a list, with what would act or hide made visible."""
    return Content(visible(text[:LINE_CELLS]).replace("\n", " ⏎ "))


def risk(tag: RiskTag) -> Content:
    """`▲ Safety`."""
    glyph, style = RISKS[tag]
    return Content.assemble((f"{glyph} {RISK_WORDS[tag]}", style))


def worst_risk(tags: Iterable[RiskTag]) -> Content:
    """The most severe of these, or nothing."""
    ordered = by_severity(tags)
    return risk(ordered[0]) if ordered else Content("")


def risks(tags: Iterable[RiskTag]) -> Content:
    """All of these, most severe first."""
    return Content("  ").join(risk(tag) for tag in by_severity(tags))


def job_status(job: JobRow) -> Content:
    """`▶ running`, `? outcome unknown`."""
    glyph, word, style = JOBS[job.view]
    if job.status is JobStatus.RUNNING and job.cancel_requested_at:
        word = "stop requested"
    return Content.assemble((f"{glyph} {word}", style))


def group_state(group: GroupRecord) -> Content:
    """`▶ open`, `! partial`; a cancelling that still waits for running jobs is not called done."""
    glyph, word, style = GROUPS[group.state]
    if group.state is GroupState.OPEN and group.cancel_requested_at:
        word = "cancel asked"
    return Content.assemble((f"{glyph} {word}", style))


def group_children(group: GroupRecord) -> Content:
    """`12: ○ 3 queued  ▶ 1 running  ✓ 8 completed`; what is none is left out."""
    counts = [
        Content.assemble((f"{glyph} {getattr(group, name):,} {name}", style))
        for name, glyph, style in GROUP_PARTS
        if getattr(group, name)
    ]
    return Content.assemble(f"{group.total:,}: ", Content("  ").join(counts))


def phase_of(job: JobRow) -> str:
    """Where a running job is, in its own word."""
    return visible(job.progress.phase) if job.progress else "starting"


def outcome(word: str) -> Content:
    """`✗` for what was refused, `○` for a dry run, nothing for what was done."""
    if word == "refused":
        return Content.assemble(("✗", "$failed"))
    return Content.assemble(("○", "$muted")) if word == "dry_run" else Content(" ")


def where_it_is(job: JobRow) -> Content:
    """Phase and percent of a running job, the first line of a failed one's error."""
    if job.status is JobStatus.RUNNING:
        percent = job.progress.percent if job.progress else None
        return Content.assemble(phase_of(job), "  ", bar(percent))
    return one_line(job.error.strip().splitlines()[0]) if job.error else Content("")


def took(job: JobRow, at: datetime) -> str:
    """How long it ran, or has run so far; nothing for one that never started."""
    if job.started_at is None or job.status is JobStatus.QUEUED:
        return ""
    return duration(max(0.0, ((job.finished_at or at) - job.started_at).total_seconds()))


def left(so_far_s: float, typical_s: float) -> str:
    """What a run that takes as long as the last ones has before it, in words."""
    rest = typical_s - so_far_s
    return f"about {span_words(rest)} left" if rest >= 1 else "longer than usual"


def bar(percent: int | None, cells: int = BAR_CELLS) -> Content:
    """` 67 % ████████░░░░`, the number first because it is cut last; unknown: nothing."""
    if percent is None:
        return Content("")
    full = percent * cells // 100
    return Content.assemble(
        f"{percent:3d} % ", ("█" * full, "$running"), ("░" * (cells - full), "$muted")
    )


def duration(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`, `30 days`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{int(seconds)} s"
    if seconds >= 2 * 86_400:
        return span_words(seconds)
    minutes, rest = divmod(int(seconds), 60)
    return (
        f"{minutes} min {rest:02d} s"
        if minutes < 60
        else f"{minutes // 60} h {minutes % 60:02d} min"
    )
