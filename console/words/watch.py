"""What the Watch says, from what the store says (pure)."""

from collections.abc import Sequence

from textual.content import Content

from console.drawing import glyphs
from console.keys_aboard import key
from console.snapshots.bridge import Bridge
from console.snapshots.places import WatchPicture
from console.words.alerts import alert_lines
from storage.alerts.states import Standing
from storage.clock import age_words, ships_time, span_words
from storage.drafts.states import DraftState
from storage.handovers.last_watch import About, LastWatch, News
from storage.handovers.notices import NoticeView
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.queue_views import Pause
from storage.jobs.record import JobRow
from storage.jobs.states import JobStatus
from storage.taxonomy.risks import RISK_WORDS
from storage.text import visible

SHOWN_JOBS = 8
NAMED = 2
"""So much of what is missing is named; the Handover has all of it."""

NOUNS = {
    About.ENTRIES: ("entry", "entries"),
    About.HANDOVERS: ("handover", "handovers"),
    About.JOBS: ("job", "jobs"),
}

NEXT_STEPS = {
    DraftState.DRAFT: "opens it for review",
    DraftState.ACCEPTED: "the incoming officer reads it back and countersigns, or declines",
}


def watch_words(bridge: Bridge) -> Content:
    """`1200–1600 · 26 min left`; that nobody named a watch for now, where so."""
    vessel = bridge.vessel
    bill = vessel.watch_bill if vessel else ()
    current = next((watch for watch in bill if vessel and str(watch) == vessel.watch), None)
    if vessel is None or current is None:
        return Content("the watch bill names none for now").stylize("$muted")
    local = ships_time(bridge.at, vessel.offset_minutes)
    end = int(current.end[:2]) * 60 + int(current.end[2:])
    left = (end - local.hour * 60 - local.minute) % (24 * 60)
    return Content.assemble((str(current), "bold"), f" · {span_words(left * 60)} left")


def draft_words(picture: WatchPicture, *, is_reader_known: bool = True) -> Content:
    """The draft in one line."""
    if picture.draft is None:
        return Content("none open")
    kind = picture.draft.handover_type.value.replace("_", " ")
    seen = f"{picture.seen} of {picture.sections} sections read by you"
    if not is_reader_known:
        seen = f"{picture.sections} section{'s' * (picture.sections != 1)}"
    state = picture.draft.state.value.replace("_", " ")
    return Content.assemble((state, "bold"), f" · {kind} · {seen}")


def next_words(picture: WatchPicture) -> Content:
    """What moves the handover on, and the key for it."""
    if picture.draft is None:
        return Content(f"{key('generate')} drafts the handover from the entries")
    goes = key("go_handover")
    if picture.draft.state in NEXT_STEPS:
        return Content(f"{goes} {NEXT_STEPS[picture.draft.state]}")
    if picture.missing:
        return Content(f"{goes} continue the review: {_first_of(picture.missing)}")
    return Content(f"{goes} everything is answered: the outgoing officer accepts")


def _first_of(missing: Sequence[str]) -> str:
    more = len(missing) - NAMED
    return "; ".join([*missing[:NAMED], *([f"and {more} more"] if more > 0 else [])])


def risk_words(picture: WatchPicture) -> Content:
    """How many unresolved facts put what at risk, most severe first."""
    parts = [
        Content.assemble(
            (f"{glyphs.RISKS[tag][0]} {count} {RISK_WORDS[tag]}", glyphs.RISKS[tag][1])
        )
        for tag, count in picture.risks
    ]
    return Content("   ").join(parts) if parts else Content(_no_risk(picture))


def _no_risk(picture: WatchPicture) -> str:
    if picture.draft is not None:
        return "none in the open handover"
    if picture.since_handover:
        shows = f"{key('go_archive')} shows what it hands over"
        return f"none since {picture.since_handover} was signed; {shows}"
    return "none captured" if picture.new_entries else "nothing captured yet"


def new_words(picture: WatchPicture, bridge: Bridge) -> Content:
    """What is new to this person since their last watch; to nobody, since the last handover."""
    if picture.last_watch is not None:
        return _new_to_you(picture.last_watch, bridge)
    if picture.since is None or not (picture.since_handover or picture.new_entries):
        return Content(f"nothing captured yet; {key('new_entry')} captures an entry")
    handover = picture.since_handover
    since = f"handover {handover}" if handover else "the first entry"
    noun = "entry" if picture.new_entries == 1 else "entries"
    return Content(
        f"{picture.new_entries} {noun}, {picture.resolved} resolved, since {since} "
        f"({bridge.times(picture.since)})"
    )


def news_words(news: News) -> str:
    """`1 entry new`, `2 jobs failed`."""
    one, many = NOUNS[news.about]
    return f"{news.count:,} {one if news.count == 1 else many} {news.words}"


def _new_to_you(watch: LastWatch, bridge: Bridge) -> Content:
    told = ", ".join(news_words(news) for news in watch.news if news.count)
    since = f"since you {watch.then} ({bridge.times(watch.since)})"
    return Content(f"{told}, {since}; {key('what_is_new')} shows" if told else f"nothing {since}")


def attention(picture: WatchPicture, bridge: Bridge) -> list[tuple[str, Content]]:
    """What needs a person, most urgent first: the command that leads there, and one sentence."""
    said = [
        ("go_jobs", "error", f"“{job.spec.label}”: outcome unknown, decide")
        for job in picture.unknown
    ]
    if _stands_still(picture, bridge):
        said.append(
            ("start_worker", "error", f"{_jobs(picture.queued)} waiting and no worker is running")
        )
    said += [("go_system", "warning", pause_words(*paused)) for paused in bridge.pauses]
    if picture.failed:
        said.append(("go_jobs", "warning", f"{_jobs(picture.failed)} failed"))
    said += [("go_jobs", "warning", missed_words(*missed)) for missed in picture.missed_runs]
    said += [("go_handover", "warning", notice_words(notice)) for notice in picture.notices]
    if picture.proposals:
        noun = "proposal" if picture.proposals == 1 else "proposals"
        said.append(
            ("go_entries", "information", f"{picture.proposals} {noun} from the ship's systems")
        )
    if picture.corrections:
        noun = "classification" if picture.corrections == 1 else "classifications"
        said.append(
            ("go_entries", "information", f"{picture.corrections} flagged {noun} to decide")
        )
    if picture.suggestions:
        noun = "suggestion" if picture.suggestions == 1 else "suggestions"
        said.append(("go_insights", "information", f"{picture.suggestions} {noun} to decide"))
    if picture.draft and picture.draft.state is DraftState.ACCEPTED:
        said.append(("go_handover", "warning", "the handover waits for the incoming officer"))
    alerts = [
        alert
        for alert in bridge.alerts
        if alert.type is not Standing.NOBODY_WATCHES or not _stands_still(picture, bridge)
    ]
    lines = [(by, Content.assemble((text, f"$say-{how}"))) for by, how, text in said]
    return [*alert_lines(alerts, bridge.at), *lines]


def pause_words(queue: Queue | None, pause: Pause) -> str:
    """What a person is told of a queue on which nothing starts."""
    what = "the whole engine" if queue is None else f"the queue {queue}"
    return f"{what} is paused, no job starts: {visible(pause.why or 'no reason was given')}"


def missed_words(kind: JobKind, count: int) -> str:
    """What a person is told of runs nobody was there to start."""
    runs = "1 run" if count == 1 else f"{count} runs"
    return f"“{KINDS[kind].label}” missed {runs}: run or skip, under Schedules"


def notice_words(notice: NoticeView) -> str:
    """What a person is told of a handover that was sent back."""
    how = {"decline": "declined", "reopen": "reopened"}[notice.kind]
    return f"handover {how} by {visible(notice.by)}: {visible(notice.reason)}"


def job_lines(picture: WatchPicture, bridge: Bridge) -> list[tuple[str, Content]]:
    """What runs, then what waits by kind, then what ended last."""
    running = [job for job in bridge.active if job.status is JobStatus.RUNNING][:SHOWN_JOBS]
    lines = [_running(job) for job in running]
    lines += [_queued(kind, count) for kind, count in picture.queued_kinds]
    room = max(2, SHOWN_JOBS - len(lines))
    lines += [_ended(job, bridge) for job in picture.recent[:room]]
    return [("", line) for line in lines]


def worker_words(bridge: Bridge) -> Content:
    """How many workers live, and how long ago the most silent of them was heard of (JOBS §5)."""
    living = [worker for worker in bridge.workers if worker.alive]
    if not living:
        return Content(f"none is running; {key('start_worker')} starts one")
    oldest = max(living, key=lambda worker: worker.heartbeat_age_s)
    style = {"ok": "$done", "late": "$say-warning", "stale": "$say-error"}[oldest.freshness]
    heard = f"heard {oldest.heartbeat_age_s:.0f} s ago"
    return Content.assemble(f"{len(living)} running, ", (f"{heard} ({oldest.freshness})", style))


def all_quiet() -> str:
    """What is said while nothing needs anybody."""
    captures, drafts = f"{key('new_entry')} captures an entry", f"{key('generate')} drafts"
    return f"Nothing. {captures}, {drafts} the handover, {key('help')} shows every key."


def _stands_still(picture: WatchPicture, bridge: Bridge) -> bool:
    """Whether work waits and nobody is there to do it."""
    return bool(picture.queued) and not bridge.worker_alive


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
