"""The Watch: where am I, what runs, what needs a person."""

from collections.abc import Callable, Iterable
from functools import partial

from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.commands.table import keys_of
from console.keys_aboard import key
from console.screens.asking import Choose
from console.screens.attempts import Attempts
from console.screens.place import Place
from console.snapshots.bridge import Bridge
from console.snapshots.places import WatchPicture, take_watch
from console.widgets.facts import Facts
from console.widgets.progress import JobProgressPanel
from console.words import watch as words
from storage.drafts.requesting import attempt_draft, request_draft
from storage.drafts.rules import check_generable
from storage.errors import WrongState
from storage.handovers.last_watch import About
from storage.people.views import CrewMember
from storage.vessel.views import the_vessel

PLACE_OF = {About.ENTRIES: "entries", About.HANDOVERS: "archive", About.JOBS: "jobs"}
NO_VESSEL = "This store has no vessel yet: `eightbells init` names one."


class WatchPlace(Attempts, Place):
    """The first place: a tired officer at 0400 sees here what is theirs to do."""

    ID = "watch"
    BINDINGS = keys_of(ID)

    def __init__(self) -> None:
        super().__init__()
        self._picture = WatchPicture()
        self._asker: CrewMember | None = None

    def body(self) -> Iterable[Widget]:
        """The handover on top, attention and jobs below."""
        with VerticalScroll(id="watch"):
            yield Facts(id="where", names=10)
            yield JobProgressPanel("draft", "")
            with Container(classes="panes"):
                with Vertical(classes="pane"):
                    yield Static("Needs attention", classes="pane--title")
                    yield Facts(id="attention", names=4)
                with Vertical(classes="pane"):
                    yield Static("Jobs", classes="pane--title")
                    yield Facts(id="jobs", names=0)

    def on_mount(self) -> None:
        """Arrow keys scroll where the screen is small."""
        self.query_one("#watch", VerticalScroll).focus()

    def question(self) -> Callable[[], WatchPicture]:
        """The Watch as this person sees it."""
        self._asker = self.person
        return partial(take_watch, self.person.id if self.person else None)

    def draw_person(self) -> None:
        """What is new and what is read is another thing for somebody else."""
        super().draw_person()
        if self.person != self._asker:
            self.ask_again()

    def show_bridge(self, bridge: Bridge) -> None:
        """The running jobs move between two pictures, too."""
        if bridge.vessel:
            self.query_one(JobProgressPanel).watch_resource(bridge.vessel.id)
        super().show_bridge(bridge)

    def show(self, answer: WatchPicture) -> None:
        """Draw it."""
        self._picture = answer
        assert self.bridge is not None
        self.query_one("#where", Facts).show(
            [
                ("watch", words.watch_words(self.bridge)),
                ("draft", words.draft_words(answer, is_reader_known=self.person is not None)),
                ("next", words.next_words(answer)),
                ("risks", words.risk_words(answer)),
                ("new", words.new_words(answer, self.bridge)),
                ("workers", words.worker_words(self.bridge)),
            ]
        )
        asking = [
            (f"[{key(command)}]" if command else "", said)
            for command, said in words.attention(answer, self.bridge)
        ]
        quiet = [
            ("", Content(words.all_quiet() if self.bridge.vessel else NO_VESSEL).stylize("$muted"))
        ]
        self.query_one("#attention", Facts).show(asking or quiet)
        jobs = words.job_lines(answer, self.bridge)
        self.query_one("#jobs", Facts).show(
            jobs or [("", Content("None so far.").stylize("$muted"))]
        )
        self.refresh_keys()

    # Commands

    def why_not_generate(self) -> str | None:
        """From ACCEPTED on the content is frozen."""
        open_draft = self._picture.draft
        if self.bridge is not None and self.bridge.vessel is None:
            return NO_VESSEL
        if open_draft is None:
            return None
        try:
            check_generable(open_draft.state)
        except WrongState as refusal:
            return str(refusal)
        return None

    def attempt(self, command_id: str, person: CrewMember) -> Callable[[], object] | None:
        """A draft asked for while another is under way."""
        open_draft = self._picture.draft
        if command_id != "generate" or open_draft is None:
            return None
        return partial(attempt_draft, person.actor, open_draft.vessel_id)

    async def action_generate(self) -> None:
        """g: ask the worker for a draft."""
        person = await self.require_person("to generate the handover")
        vessel = await self.call(the_vessel)
        submitted = await self.call(request_draft, person.actor, vessel.id, {})
        self.requested(submitted, "its progress is shown above")

    def why_not_what_is_new(self) -> str | None:
        """Only somebody who was here before can be told what is new."""
        if self.person is None:
            return f"Nobody is signed in: {key('sign_in_as')} says who you are."
        last = self._picture.last_watch
        new = last is not None and any(news.count for news in last.news)
        return None if new else "Nothing is new since you were last here."

    async def action_what_is_new(self) -> None:
        """s: choose a line, see exactly these in their list."""
        last = self._picture.last_watch
        assert last is not None
        assert self.bridge is not None
        told = {news.filter: news for news in last.news if news.count}
        options = [(text, words.news_words(news)) for text, news in told.items()]
        since = f"Since you {last.then}: {self.bridge.times(last.since)}."
        chosen = await self.ask(Choose("What is new", since, options))
        await self.console.look_at(PLACE_OF[told[chosen].about], chosen)

    def action_continue_review(self) -> None:
        """Enter: to the handover."""
        self.console.switch_mode("handover")
