"""What the System place says: one line a thing, most urgent first, and its facts (pure)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from console.drawing import glyphs
from console.keys_aboard import key
from console.snapshots.bridge import Bridge
from console.snapshots.engine import SystemPicture
from console.widgets.facts import Fact
from console.words.alerts import SEVERITIES
from console.words.upkeep import upkeep_lines
from storage.alerts.views import AlertView
from storage.clock import age_words, span_words
from storage.jobs.kind_spec import QUEUES
from storage.jobs.queue_views import Engine, Pause, QueueRecord
from storage.jobs.record import WorkerRecord
from storage.jobs.workforce_views import Done, LostWorker
from storage.text import visible

Time = Callable[[datetime], Content]

FRESHNESS = {
    "ok": ("✓", "$done"),
    "late": ("!", "$say-warning"),
    "stale": ("✗", "$say-error"),
    "lost": ("✗", "$say-error"),
}
OPEN, PAUSED = ("✓ open", "$done"), ("‖ paused", "$say-warning")


def no_worker() -> str:
    """What helps when no worker runs."""
    starts = key("start_worker")
    return f"{starts} starts one on this machine; `eightbells worker` does so anywhere"


@dataclass(frozen=True)
class SystemLine:
    """One thing of the engine or the store: its row, its facts, and what a key would act on."""

    id: str
    cells: tuple[Content, ...]
    facts: tuple[Fact, ...]
    of: AlertView | WorkerRecord | QueueRecord | Engine | None = None


def system_lines(picture: SystemPicture, bridge: Bridge, time: Time) -> list[SystemLine]:
    """What stands wrong, the engine, its workers and queues, the store, what was told of jobs."""
    return [
        *(_alert(alert, bridge, time) for alert in bridge.alerts),
        _engine(picture.engine, time),
        *_workers(picture, bridge, time),
        *(_lost(worker, bridge, time) for worker in picture.lost),
        *(_queue(queue, picture.engine, time) for queue in picture.engine.queues),
        *(SystemLine(f"store:{name}", _cells("store", name, state, said), facts)
          for name, state, said, facts in upkeep_lines(picture.upkeep, bridge.at, time)),
        *(_alert(alert, bridge, time) for alert in picture.told),
    ]  # fmt: skip


def _cells(
    kind: str, name: str, state: tuple[str, str], said: str | Content
) -> tuple[Content, ...]:
    text = said if isinstance(said, Content) else glyphs.one_line(said)
    return (
        Content.assemble((kind, "$muted")),
        glyphs.one_line(name),
        Content.assemble(state),
        text,
    )


def _alert(alert: AlertView, bridge: Bridge, time: Time) -> SystemLine:
    glyph, style = SEVERITIES[alert.severity]
    seen = ("✓ seen", "$muted") if alert.acknowledged_by else (_age(alert, bridge), "$muted")
    said = glyphs.one_line(f"{alert.title}: {alert.message}")
    cells = _cells("alert" if alert.type else "told", "", seen, said)
    facts: list[Fact] = [("alert", said), ("since", time(alert.raised_at))]
    if alert.to_do:
        facts.append(("to do", Content(alert.to_do)))
    if alert.suppressed:
        facts.append(("like it", Content(f"{alert.suppressed} more were held back")))
    facts += _acknowledged(alert, time)
    named = Content.assemble((f"{glyph} {alert.severity.value}", style))
    return SystemLine(_alert_id(alert), (cells[0], named, *cells[2:]), tuple(facts), alert)


def _alert_id(alert: AlertView) -> str:
    return f"alert:{alert.alert_id or alert.type}"


def _age(alert: AlertView, bridge: Bridge) -> str:
    if alert.alert_id is None:
        return "now"
    return age_words((bridge.at - alert.raised_at).total_seconds())


def _acknowledged(alert: AlertView, time: Time) -> list[Fact]:
    if alert.acknowledged_by is None or alert.acknowledged_at is None:
        seen = f"{key('acknowledge_alert')} says that you have seen it"
        return [("press", Content(seen if alert.alert_id else "read live, not on record yet"))]
    why = f"{alert.acknowledged_by}: {alert.acknowledged_why}"
    return [("seen by", Content(visible(why))), ("", time(alert.acknowledged_at))]


def _engine(engine: Engine, time: Time) -> SystemLine:
    state = PAUSED if engine.pause else OPEN
    numbers = f"{engine.queued} waiting · {engine.running} running"
    said = f"{engine.pause.why} · {numbers}" if engine.pause and engine.pause.why else numbers
    does = "starts jobs again" if engine.pause else "lets no job start; running ones end"
    press = Content(f"{key('pause_engine')} {does}")
    facts = (("engine", Content(numbers)), *_pause(engine.pause, time), ("press", press))
    return SystemLine("engine", _cells("engine", "all queues", state, said), facts, engine)


def _pause(pause: Pause | None, time: Time) -> list[Fact]:
    if pause is None:
        return []
    why = Content(visible(pause.why) if pause.why else "no reason was given")
    return [("paused", time(pause.since)), ("because", why)]


def _queue(queue: QueueRecord, engine: Engine, time: Time) -> SystemLine:
    state = PAUSED if queue.pause else OPEN
    if engine.pause and not queue.pause:
        state = ("‖ all paused", PAUSED[1])
    limit = "no limit" if queue.max_concurrent is None else f"{queue.max_concurrent} at once"
    why = f"{queue.pause.why} · " if queue.pause and queue.pause.why else ""
    said = f"{why}{queue.queued} waiting · {queue.running} running · {limit}"
    does = "starts it again" if queue.pause else "pauses it"
    by = "set by hand" if queue.is_set_by_hand else "built in"
    facts = (
        ("queue", Content(f"{queue.queue}: {QUEUES[queue.queue].sentence}")),
        ("limit", Content(f"{limit}, {by}")),
        *_pause(queue.pause, time),
        ("press", Content(f"{key('pause_queue')} {does}, {key('limit_queue')} its limit")),
    )
    line = _cells("queue", queue.queue.value, state, said)
    return SystemLine(f"queue:{queue.queue}", line, facts, queue)


def _workers(picture: SystemPicture, bridge: Bridge, time: Time) -> Iterator[SystemLine]:
    if not any(worker.alive for worker in bridge.workers):
        none = ("! none runs", "$say-warning")
        facts = (
            ("worker", Content("None is running: jobs wait.")),
            ("press", Content(no_worker())),
        )
        yield SystemLine("worker:none", _cells("worker", "–", none, no_worker()), facts)
    for worker in bridge.workers:
        yield _worker(worker, picture.done.get(worker.worker_id), bridge, time)


def _worker(worker: WorkerRecord, done: Done | None, bridge: Bridge, time: Time) -> SystemLine:
    word = worker.freshness if worker.alive else "lost"
    glyph, style = FRESHNESS[word]
    heard = span_words(worker.heartbeat_age_s)
    what, where = _runs(worker, bridge)
    ended = f"{'at least ' if done and done.at_least else ''}{done.runs if done else 0} done"
    ending = "draining · " if worker.state == "draining" else ""
    said = Content.assemble(ending, what, " · ", (ended, "$muted"))
    name = f"{worker.host}:{worker.pid}"
    facts: list[Fact] = [
        ("worker", Content(visible(f"{name}, version {worker.version}"))),
        ("heard", Content(f"{heard} ago ({word}), {worker.state}")),
        ("runs", Content.assemble(what, where)),
        ("done", Content(f"{ended} since it began")),
        ("began", time(worker.registered_at)),
        ("ids", Content(f"{worker.worker_id}, pool {worker.pool_id}")),
    ]
    line = _cells("worker", name, (f"{glyph} {word} {heard}", style), said)
    return SystemLine(f"worker:{worker.worker_id}", line, tuple(facts), worker)


def _runs(worker: WorkerRecord, bridge: Bridge) -> tuple[Content, str]:
    """What a worker runs now, and which job that is."""
    if worker.job_id is None:
        return Content("idle"), ""
    job = next((job for job in bridge.active if job.job_id == worker.job_id), None)
    if job is None:
        return Content.assemble(("▶ a job", "$running")), f", job {worker.job_id}"
    label = Content.assemble((f"▶ {job.spec.label}  ", "$running"), glyphs.where_it_is(job))
    return label, f", job {worker.job_id}"


def _lost(worker: LostWorker, bridge: Bridge, time: Time) -> SystemLine:
    age = age_words((bridge.at - worker.noticed_at).total_seconds())
    name = f"{worker.host}:{worker.pid}"
    facts = (
        ("worker", Content(visible(f"{name} died without a word"))),
        ("noticed", time(worker.noticed_at)),
        (
            "to do",
            Content(
                f"Decide about jobs whose outcome is unknown ({key('go_jobs')}); its log says more."
            ),
        ),
        ("id", Content(worker.worker_id)),
    )
    glyph, style = FRESHNESS["lost"]
    line = _cells("worker", name, (f"{glyph} lost", style), f"died without a word, {age}")
    return SystemLine(f"lost:{worker.worker_id}", line, facts)
