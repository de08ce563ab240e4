"""What people may do with a work order: try, dispatch, verify, send again, cancel, take ashore."""

from functools import partial
from pathlib import Path

from console.keys_aboard import key
from console.screens.asking import Confirm
from console.screens.bulk import LARGE, TypeTheNumber
from console.screens.live import LiveScreen
from console.screens.orders.planning import RAISED
from console.screens.writing import AskReason
from console.snapshots.orders import LooseManifest, OrderItem, surveyed_file
from console.words.orders import tasks_words
from storage.jobs.kinds import JobKind
from storage.jobs.rules import why_not_cancel_group
from storage.jobs.submission import submit
from storage.manifests.actions import cancel, dispatch, dispatch_again, export_order
from storage.manifests.dispatching import Dispatched
from storage.manifests.reading import Survey
from storage.manifests.rules import why_not_again, why_not_move
from storage.manifests.states import OrderState
from storage.manifests.views import OrderRecord
from storage.vessel.views import the_vessel

NOTHING = "There is no work order under the cursor."
FOLDER = "orders"


class OrderActs(LiveScreen):
    """The commands, on the list and on one order."""

    def order_in_hand(self) -> OrderItem | None:
        """The order or the loose file the commands are about."""
        raise NotImplementedError

    def failed_of(self, order: OrderRecord) -> int:
        """How many entries may be sent again, as far as this screen knows: of the last round."""
        return order.group.failed + order.group.cancelled if order.group else 0

    # Trying and dispatching

    def why_not_dispatch_order(self) -> str | None:
        """It was sent already, or withdrawn."""
        item = self.order_in_hand()
        if item is None:
            return NOTHING
        if isinstance(item, LooseManifest) or item.state is OrderState.PLANNED:
            return None
        if item.state is OrderState.DISPATCHED:
            return f"It was dispatched already; {key('dispatch_again')} sends again what failed."
        return why_not_move(item.state, OrderState.DISPATCHED)

    why_not_try_order = why_not_dispatch_order

    async def action_try_order(self) -> None:
        """t: everything but the sending."""
        item = self._item()
        person = await self.require_person("to try a work order")
        found = await self.call(dispatch, person.actor, item.path, dry_run=True)
        self.say(f"All {found.entries:,} entries can be sent; nothing was.", "done")

    async def action_dispatch_order(self) -> None:
        """d: graded by how many jobs it makes; no line is left out unsaid."""
        item = self._item()
        person = await self.require_person("to dispatch a work order")
        found = await self.call(surveyed_file, item.path)
        await self._confirm_dispatch(item.name, found)
        send = partial(dispatch, keep_going=bool(found.bad))
        self._tell(await self.call(send, person.actor, item.path))

    async def _confirm_dispatch(self, name: str, found: Survey) -> None:
        sentence = f"“{name}”: {found.entries:,} jobs will be queued: {tasks_words(found.tasks)}."
        if found.bad:
            first = found.rejected[0]
            sentence += (
                f" {found.bad:,} of its {found.lines:,} lines cannot be used and are left out, the "
                f"first is line {first.line}: {first.message}"
            )
        if found.bad or found.entries >= LARGE:
            await self.ask(TypeTheNumber("Dispatch?", sentence, found.entries))
        else:
            await self.ask(Confirm("Dispatch?", sentence, yes="dispatch"))

    # Verifying

    def why_not_verify_order(self) -> str | None:
        """There are no receipts of what was never sent."""
        return self._why_not_sent()

    async def action_verify_order(self) -> None:
        """v: the worker reads every receipt."""
        order = self._order()
        person = await self.require_person("to verify a work order")
        vessel = await self.call(the_vessel)
        ask = partial(submit, vessel_id=vessel.id, subject=order.order_id, priority=RAISED)
        job = await self.call(
            ask, person.actor, JobKind.MANIFEST_VERIFY, {"order_id": order.order_id}
        )
        self.requested(job, "the verdict will stand here")

    # Sending again

    def why_not_dispatch_again(self) -> str | None:
        """The store's own reason, as far as the last round tells it."""
        item = self.order_in_hand()
        if item is None or isinstance(item, LooseManifest):
            return NOTHING if item is None else _not_on_record()
        group = item.group
        pending = group.queued + group.running if group else 0
        return why_not_again(item.state, pending, self.failed_of(item))

    async def action_dispatch_again(self) -> None:
        """r: always asks, as every retry does."""
        order = self._order()
        person = await self.require_person("to send again what failed")
        sentence = (
            f"“{order.name}”: {_entries(self.failed_of(order))} whose job failed or was cancelled "
            f"will be sent again as round {order.round + 1}. The failed jobs are closed and stay "
            "on record."
        )
        await self.ask(Confirm("Send again?", sentence, yes="send again"))
        self._tell(await self.call(dispatch_again, person.actor, order.order_id))

    # Cancelling

    def why_not_cancel_order(self) -> str | None:
        """The store's own reason."""
        item = self.order_in_hand()
        if item is None or isinstance(item, LooseManifest):
            return NOTHING if item is None else "Nothing of this file was planned or sent."
        if item.group is not None:
            asked = item.group.cancel_requested_at is not None
            return why_not_cancel_group(item.group.state, asked, item.group.running)
        return why_not_move(item.state, OrderState.WITHDRAWN)

    async def action_cancel_order(self) -> None:
        """x: what is cancelled or withdrawn is not brought back."""
        order = self._order()
        person = await self.require_person("to cancel a work order")
        if order.group is None:
            sentence = f"“{order.name}” will never be sent. Its file stays. This cannot be undone."
            await self.ask(Confirm("Withdraw?", sentence, yes="withdraw it", no="leave it"))
        else:
            await self._confirm_cancel(order, order.group.queued, order.group.running)
        what, number = await self.call(cancel, person.actor, order.order_id)
        words = f"{number:,} jobs cancelled; what runs ends by itself."
        self.say("Withdrawn." if what == "withdrawn" else words, "done")
        self.ask_again()

    async def _confirm_cancel(self, order: OrderRecord, queued: int, running: int) -> None:
        sentence = (
            f"“{order.name}”: {queued:,} waiting jobs will be cancelled, {running:,} running end "
            f"by themselves. This cannot be undone; {key('dispatch_again')} can send them again."
        )
        if queued >= LARGE:
            await self.ask(TypeTheNumber("Cancel?", sentence, queued))
        else:
            await self.ask(Confirm("Cancel?", sentence, yes="cancel them", no="leave them"))

    # Looking elsewhere

    def why_not_jobs_of_order(self) -> str | None:
        """It has none yet."""
        return self._why_not_sent()

    async def action_jobs_of_order(self) -> None:
        """l: those of the last round."""
        await self.console.look_at("jobs", f"group:{self._order().group_id}")

    def why_not_export_order(self) -> str | None:
        """Only what is on record can be taken ashore."""
        item = self.order_in_hand()
        if item is None:
            return NOTHING
        return _not_on_record() if isinstance(item, LooseManifest) else None

    async def action_export_order(self) -> None:
        """e: into a folder of its own."""
        order = self._order()
        person = await self.require_person("to export a work order")
        folder = str(self.console.home / FOLDER / Path(order.name).stem)
        sentence = "Manifest, links, receipts and verdict are written into this new folder:"
        given = await self.ask(
            AskReason(f"Export {order.name}", sentence, text=folder, needed="It needs a folder.")
        )
        made = await self.call(export_order, person.actor, order.order_id, Path(given).expanduser())
        self.say(f"Written to {made.folder}, {len(made.hashes)} files and their hashes.", "done")

    def _item(self) -> OrderItem:
        item = self.order_in_hand()
        assert item is not None
        return item

    def _order(self) -> OrderRecord:
        item = self.order_in_hand()
        assert isinstance(item, OrderRecord)
        return item

    def _why_not_sent(self) -> str | None:
        item = self.order_in_hand()
        if item is None or isinstance(item, LooseManifest):
            return NOTHING if item is None else _not_on_record()
        return (
            None
            if item.dispatched_at
            else f"It was never sent; {key('dispatch_order')} dispatches it."
        )

    def _tell(self, done: Dispatched) -> None:
        """What sending came to."""
        if done.outcome == "already_dispatched":
            self.say(f"The same content was dispatched before, as {done.name}: nothing is new.")
        else:
            left = f"; {done.bad:,} lines left out" if done.bad else ""
            self.say(f"{done.name}: {done.sent:,} jobs queued{left}.", "done")
        self.ask_again()


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _not_on_record() -> str:
    return f"Nobody has sent this file yet; {key('dispatch_order')} sends it and puts it on record."
