"""What the Watch says, from what the store says (pure)."""

from textual.content import Content

from console import glyphs
from console.snapshots import Bridge, WatchPicture
from storage.clock import age_words
from storage.drafts.states import DraftState
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import JobRow
from storage.jobs.states import JobStatus
from storage.taxonomy.risks import RISK_WORDS
from storage.text import visible

SHOWN_JOBS = 8

NEXT_STEPS = {
    DraftState.DRAFT: "3 opens it for review",
    DraftState.ACCEPTED: "3 the incoming officer reads it back and countersigns, or declines",
}


def draft_words(picture: WatchPicture) -> Content:
    """The draft in one line."""
    if picture.draft is None:
        return Content("none open")
    kind = picture.draft.handover_type.value.replace("_", " ")
    seen = f"{picture.seen} of {picture.sections} sections read by you"
    return Content.assemble((picture.draft.state.value, "bold"), f" · {kind} · {seen}")


def next_words(picture: WatchPicture) -> Content:
    """What moves the handover on, and the key for it."""
    if picture.draft is None:
        return Content("g drafts the handover from the entries")
    if picture.draft.state in NEXT_STEPS:
        return Content(NEXT_STEPS[picture.draft.state])
    if picture.missing:
        return Content("3 continue the review: " + "; ".join(picture.missing))
    return Content("3 everything is answered: the outgoing officer accepts")


def risk_words(picture: WatchPicture) -> Content:
    """How many unresolved facts put what at risk, most severe first."""
    parts = [
        Content.assemble(
            (f"{glyphs.RISKS[tag][0]} {count} {RISK_WORDS[tag]}", glyphs.RISKS[tag][1])
        )
        for tag, count in picture.risks
    ]
    return Content("   ").join(parts) if parts else Content("nothing captured yet")


def new_words(picture: WatchPicture, bridge: Bridge) -> Content:
    """What came since the last signed handover."""
    if picture.since is None:
        return Content("")
    handover = picture.since_handover
    since = f"handover {handover}" if handover else "the first entry"
    noun = "entry" if picture.new_entries == 1 else "entries"
    return Content(
        f"{picture.new_entries} {noun}, {picture.resolved} resolved, since {since} "
        f"({bridge.times(picture.since)})"
    )


def attention(picture: WatchPicture, bridge: Bridge) -> list[tuple[str, Content]]:
    """What needs a person, most urgent first: the key that leads there, and one sentence."""
    said = [
        ("4", "error", f"“{job.spec.label}”: outcome unknown, decide") for job in picture.unknown
    ]
    if picture.queued and not bridge.worker_alive:
        said.append(("W", "error", f"{_jobs(picture.queued)} waiting and no worker is running"))
    said += [
        ("4", "warning", f"a worker on {visible(host)} has gone silent")
        for host in bridge.silent_hosts
    ]
    if picture.failed:
        said.append(("4", "warning", f"{_jobs(picture.failed)} failed"))
    if picture.decline:
        said.append(("3", "warning", f"declined by {visible(picture.decline)}"))
    if picture.proposals:
        noun = "proposal" if picture.proposals == 1 else "proposals"
        said.append(("2", "information", f"{picture.proposals} {noun} from the ship's systems"))
    if picture.draft and picture.draft.state is DraftState.ACCEPTED:
        said.append(("3", "warning", "the handover waits for the incoming officer"))
    return [(f"[{key}]", Content.assemble((text, f"$say-{how}"))) for key, how, text in said]


def job_lines(picture: WatchPicture, bridge: Bridge) -> list[tuple[str, Content]]:
    """What runs, then what waits by kind, then what ended last."""
    running = [job for job in bridge.active if job.status is JobStatus.RUNNING][:SHOWN_JOBS]
    lines = [_running(job) for job in running]
    lines += [_queued(kind, count) for kind, count in picture.queued_kinds]
    room = max(2, SHOWN_JOBS - len(lines))
    lines += [_ended(job, bridge) for job in picture.recent[:room]]
    return [("", line) for line in lines]


def _running(job: JobRow) -> Content:
    return Content.assemble(
        glyphs.job_status(job), f"  {job.spec.label}  ", glyphs.where_it_is(job)
    )


def _queued(kind: JobKind, count: int) -> Content:
    times = f"  {count} ×" if count > 1 else " "
    return Content.assemble(("○ queued", "$queued"), f"{times} {KINDS[kind].label}")


def _ended(job: JobRow, bridge: Bridge) -> Content:
    age = age_words((bridge.at - (job.finished_at or job.created_at)).total_seconds())
    return Content.assemble(glyphs.job_status(job), f"  {job.spec.label}  ", (age, "$muted"))


def _jobs(count: int) -> str:
    return "1 job" if count == 1 else f"{count} jobs"
