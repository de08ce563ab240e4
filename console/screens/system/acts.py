"""What people do to the engine: pause and resume all or one queue, change a limit, see an alert."""

from collections.abc import Mapping
from functools import partial

from console.keys_aboard import key
from console.screens.asking import Confirm
from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from console.snapshots.engine import SystemPicture
from console.words.system import SystemLine
from storage.alerts.actions import acknowledge
from storage.alerts.views import AlertView
from storage.errors import BadInput
from storage.jobs.engine import pause, resume, set_limit
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.queue_views import Pause, QueueRecord
from storage.schedules.actions import run_now
from storage.schedules.timetable import scheduled

NO_QUEUE = "Put the cursor on a queue."
BUILT_IN = "-"


class SystemActs(LiveScreen):
    """The commands; those about one thing are about the line under the cursor."""

    @property
    def line(self) -> SystemLine | None:
        """The line under the cursor."""
        raise NotImplementedError

    def picture(self) -> SystemPicture | None:
        """What was read last."""
        raise NotImplementedError

    # The engine and its queues

    def why_not_pause_engine(self) -> str | None:
        """Before the first look nobody knows whether it is paused."""
        return None if self.picture() else "The store has not been read yet."

    def names_now(self) -> Mapping[str, str]:
        """What is paused is resumed by the same key."""
        picture, queue = self.picture(), self._queue()
        names = {}
        if picture and picture.engine.pause:
            names["pause_engine"] = "resume all"
        if queue and queue.pause:
            names["pause_queue"] = "resume queue"
        return names

    async def action_pause_engine(self) -> None:
        """E: no job starts any more, or jobs start again."""
        picture = self.picture()
        assert picture is not None
        person = await self.require_person("to pause or resume the engine")
        engine = picture.engine
        if engine.pause:
            sentence = f"{_because(engine.pause)} {_jobs(engine.queued)} waiting may start."
            await self.ask(Confirm("Resume the whole engine?", sentence, yes="resume"))
            await self.call(resume, person.actor)
        else:
            sentence = (
                f"No job starts any more, on any queue; {_jobs(engine.running)} running end by "
                "themselves. Why? Everybody who finds it paused reads this."
            )
            kept = self.half_written("pause_engine", "all")
            why = await self.ask(AskReason("Pause the whole engine?", sentence, kept=kept))
            await self.call(partial(pause, why=why), person.actor)
        self.say("The engine is running." if engine.pause else "The engine is paused.", "done")
        self.ask_again()

    def why_not_pause_queue(self) -> str | None:
        """The cursor is on something else."""
        return None if self._queue() else NO_QUEUE

    why_not_limit_queue = why_not_pause_queue

    async def action_pause_queue(self) -> None:
        """u: this queue alone."""
        queue = self._queue()
        assert queue is not None
        person = await self.require_person("to pause or resume a queue")
        if queue.pause:
            sentence = f"{_because(queue.pause)} {_jobs(queue.queued)} waiting may start."
            await self.ask(Confirm(f"Resume the queue {queue.queue}?", sentence, yes="resume"))
            await self.call(resume, person.actor, queue.queue)
        else:
            sentence = f"{_jobs(queue.running)} running end by themselves. Why is it paused?"
            kept = self.half_written("pause_queue", queue.queue)
            why = await self.ask(AskReason(f"Pause the queue {queue.queue}?", sentence, kept=kept))
            await self.call(partial(pause, why=why), person.actor, queue.queue)
        self.say(f"Queue {queue.queue} {'runs again' if queue.pause else 'is paused'}.", "done")
        self.ask_again()

    async def action_limit_queue(self) -> None:
        """m: how many at once."""
        queue = self._queue()
        assert queue is not None
        person = await self.require_person("to change a limit")
        now = "" if queue.max_concurrent is None else str(queue.max_concurrent)
        sentence = f"How many may run at once? {BUILT_IN} takes the built-in limit again."
        title = f"Limit of the queue {queue.queue}"
        given = await self.ask(AskReason(title, sentence, text=now, placeholder="a number"))
        await self.call(set_limit, person.actor, queue.queue, read_limit(given))
        self.say(f"The limit of {queue.queue} is {_limit_words(given)} from now on.", "done")
        self.ask_again()

    # The store

    async def _run(self, kind: JobKind) -> None:
        """What the clock starts every day, now: the same as `schedule run`."""
        label = KINDS[kind].label
        person = await self.require_person(f"to start: {label}")
        job, _ = await self.call(run_now, person.actor, scheduled(kind.value))
        self.say(f"{label}: {'queued' if job.created else 'it waits or runs already'}.", "done")
        self.ask_again()

    async def action_back_up(self) -> None:
        """b: a backup beside the store."""
        await self._run(JobKind.BACKUP)

    async def action_check_store(self) -> None:
        """c: what doctor looks at."""
        await self._run(JobKind.STORE_CHECK)

    async def action_verify_log(self) -> None:
        """v: the whole audit log."""
        await self._run(JobKind.AUDIT_VERIFY)

    # Alerts

    def why_not_acknowledge_alert(self) -> str | None:
        """What the store would say."""
        alert = self._alert()
        if alert is None:
            return "Put the cursor on an alert."
        if alert.alert_id is None:
            return (
                "It is read live and not on record; "
                f"a running worker ({key('start_worker')}) puts it there."
            )
        by = alert.acknowledged_by
        return f"{by} has acknowledged it already." if by else None

    async def action_acknowledge_alert(self) -> None:
        """a: seen, and what is done about it."""
        alert = self._alert()
        assert alert is not None and alert.alert_id is not None
        person = await self.require_person("to acknowledge an alert")
        sentence = f"{alert.message} What is done about it? It stays on record."
        kept = self.half_written("acknowledge_alert", alert.alert_id)
        why = await self.ask(AskReason(alert.title, sentence, kept=kept))
        await self.call(partial(acknowledge, reason=why), person.actor, alert.alert_id)
        self.say("Acknowledged; it stays until it is over.", "done")
        self.ask_again()

    def _queue(self) -> QueueRecord | None:
        return self.line.of if self.line and isinstance(self.line.of, QueueRecord) else None

    def _alert(self) -> AlertView | None:
        return self.line.of if self.line and isinstance(self.line.of, AlertView) else None


def read_limit(text: str) -> int | None:
    """The limit somebody wrote; None for the built-in one.

    Raises:
        BadInput: not a number.
    """
    if text == BUILT_IN:
        return None
    try:
        return int(text)
    except ValueError:
        raise BadInput(why=f"{text!r} is not a number.") from None


def _limit_words(given: str) -> str:
    return "the built-in one" if given == BUILT_IN else given


def _because(paused: Pause) -> str:
    return f"It was paused because: {paused.why}." if paused.why else "No reason was given."


def _jobs(count: int) -> str:
    return "1 job" if count == 1 else f"{count} jobs"
