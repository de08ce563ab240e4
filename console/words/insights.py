"""Signals, suggestions, regenerations and lineage in words (pure)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from textual.content import Content

from console.drawing import glyphs
from console.keys_aboard import key
from console.widgets.facts import Fact
from storage.insights.lineage import Lineage, Thing
from storage.insights.output_views import OutputLine, OutputView, RegenerationView
from storage.insights.states import (
    OutputStatus,
    RegenerationStatus,
    Rule,
    SignalSeverity,
    SuggestionStatus,
    SuggestionType,
)
from storage.insights.views import DecisionView, SignalView, SuggestionView
from storage.text import visible

Time = Callable[[datetime], Content]

SEVERITIES: dict[SignalSeverity, tuple[str, str]] = {
    SignalSeverity.CRITICAL: ("✗", "$say-error"),
    SignalSeverity.WARNING: ("!", "$say-warning"),
}
RULES: dict[Rule, str] = {
    Rule.LOW_COMPLETION_RATE: "few handovers signed",
    Rule.LOW_ACCEPTANCE_RATE: "drafts much changed",
    Rule.LOW_FOLLOW_THROUGH: "carried, not resolved",
    Rule.HIGH_RETRY: "jobs tried again",
    Rule.RECURRING_FAULT: "fault comes back",
}
TYPES: dict[SuggestionType, str] = {
    SuggestionType.PROPOSE_ENTRY: "a proposal for an entry, in the inbox of the Entries",
    SuggestionType.REGENERATE: "an approved regeneration; what it collects waits for approval",
}
SUGGESTIONS: dict[SuggestionStatus, tuple[str, str, str]] = {
    SuggestionStatus.OPEN: ("○", "open", "$queued"),
    SuggestionStatus.ACCEPTED: ("✓", "accepted", "$done"),
    SuggestionStatus.DISMISSED: ("–", "dismissed", "$muted"),
}
REGENERATIONS: dict[RegenerationStatus, tuple[str, str, str]] = {
    RegenerationStatus.PENDING: ("○", "waits", "$queued"),
    RegenerationStatus.COMPLETED: ("✓", "collected", "$done"),
    RegenerationStatus.FAILED: ("✗", "failed", "$failed"),
}
OUTPUTS: dict[OutputStatus, tuple[str, str, str]] = {
    OutputStatus.PENDING: ("?", "for approval", "$queued"),
    OutputStatus.APPROVED: ("✓", "approved", "$done"),
    OutputStatus.REJECTED: ("–", "rejected", "$muted"),
}
KINDS = {
    "signal": "!", "suggestion": "○", "proposal": "?", "regeneration": "↻", "output": "≡",
    "entry": "·", "item": "▸", "handover": "✓",
}  # fmt: skip


def severity(one: SignalSeverity) -> Content:
    """`! warning`."""
    glyph, style = SEVERITIES[one]
    return Content.assemble((f"{glyph} {one.value.lower()}", style))


def marked(words: tuple[str, str, str]) -> Content:
    """A glyph and its word in its colour."""
    glyph, word, style = words
    return Content.assemble((f"{glyph} {word}", style))


def signal_name(signal: SignalView) -> Content:
    """`! jobs tried again`."""
    glyph, style = SEVERITIES[signal.severity]
    return Content.assemble((f"{glyph} {RULES[signal.rule]}", style))


def rate_words(signal: SignalView) -> str:
    """`3 of 10, 30 %`, or how often where there is nothing to divide by."""
    if signal.rate is None:
        return f"{signal.count:,} times"
    return f"{signal.count:,} of {signal.base:,}, {signal.rate:.0%}"


def signal_facts(signal: SignalView, time: Time) -> list[Fact]:
    """A signal in facts."""
    rests = f"{len(signal.entry_ids)} entries" if signal.entry_ids else "the counts of these days"
    return [
        ("says", Content(visible(signal.message))),
        ("rule", Content.assemble(severity(signal.severity), f"  {signal.rule}")),
        ("counted", Content(f"{rate_words(signal)}, {signal.first_day} to {signal.last_day} UTC")),
        ("rests on", Content(f"{rests}; {key('open')} shows them and what came of it")),
        ("raised", time(signal.created_at)),
        ("id", Content(signal.id)),
    ]


def suggestion_facts(one: SuggestionView, time: Time) -> list[Fact]:
    """A suggestion, why it is made, and what accepting it yields."""
    return [
        ("suggests", Content(visible(one.text))),
        ("because", Content(visible(one.signal))),
        ("accepting", Content(f"gives {TYPES[one.type]}")),
        *decision_facts(one.decision, time),
        ("made", Content.assemble(severity(one.severity), "  ", time(one.created_at))),
        ("about", Content(visible(f"{one.scope}: {one.target}"))),
        ("id", Content(one.id)),
    ]


def decision_facts(decision: DecisionView | None, time: Time) -> list[Fact]:
    """Who decided and why; nothing while nobody has."""
    if decision is None:
        return []
    why = f": {decision.reason}" if decision.reason else ""
    return [
        ("decided", Content(visible(f"{decision.decision.lower()} by {decision.decided_by}{why}"))),
        ("", time(decision.decided_at)),
    ]


def output_state(one: RegenerationView) -> Content:
    """What was decided about what it collected."""
    if one.output is None:
        return Content("")
    stands = Content(" stands" if one.output.stands else "")
    return Content.assemble(marked(OUTPUTS[one.output.status]), stands)


def regeneration_facts(one: RegenerationView, time: Time) -> list[Fact]:
    """A regeneration in facts; its output follows where it is shown whole."""
    facts: list[Fact] = [("about", Content(visible(f"{one.scope}: {one.target}")))]
    if one.detail:
        style = "$failed" if one.status is RegenerationStatus.FAILED else ""
        facts.append(("says", Content(visible(one.detail)).stylize(style)))
    facts.append(("state", Content.assemble(marked(REGENERATIONS[one.status]), "  ",
                                            output_state(one))))  # fmt: skip
    why = f": {one.reason}" if one.reason else ""
    facts.append(("approved", Content(visible(f"by {one.approved_by}{why}"))))
    facts.append(("", time(one.approved_at)))
    if one.retry_of:
        facts.append(("retry of", Content(one.retry_of)))
    if one.retried_by:
        facts.append(("tried again", Content(f"by {one.retried_by}")))
    if one.output:
        facts += decision_facts(one.output.decision, time)
    return [*facts, ("id", Content(one.id))]


def version_facts(outputs: Iterable[OutputView], time: Time) -> list[Fact]:
    """Every version with its lines, verbatim, newest first."""
    facts: list[Fact] = []
    for output in outputs:
        state = Content.assemble(marked(OUTPUTS[output.status]), " and it stands" if output.stands
                                 else "", "  ", time(output.made_at))  # fmt: skip
        facts += [("", Content("")), (f"version {output.version}", state)]
        facts.append(("", Content(visible(output.title)).stylize("bold")))
        facts += [("", _told(line)) for line in output.lines]
    return facts


def _told(line: OutputLine) -> Content:
    times = len(line.sources)
    how_often = "" if times == 1 else f"  told {times} times"
    return Content.assemble(visible(line.text), (how_often, "$muted"))


def before_and_after(found: Lineage, thing_id: str) -> tuple[list[str], list[str]]:
    """The ids of what led to a thing and of what it led to, nearest only."""
    before = [link.source for link in found.links if link.target == thing_id]
    return before, [link.target for link in found.links if link.source == thing_id]


def thing_cells(found: Lineage, thing: Thing, time: Content) -> tuple[Content, ...]:
    """One line of a lineage: where it stands on the way, indented by how far along it is."""
    is_here = thing.id == found.id
    pointer = ("▸ " if is_here else "  ", "$place-here")
    kind = (f"{KINDS[thing.kind]} {thing.kind}", "bold" if is_here else "$muted")
    status = thing.status.lower().replace("_", " ")
    return (
        time, Content.assemble(pointer, kind), Content(status), glyphs.one_line(thing.text)
    )  # fmt: skip


def thing_facts(found: Lineage, thing: Thing, time: Time) -> list[Fact]:
    """A thing on the way in facts: its words, what led to it and what it led to."""
    by_id = {one.id: one for one in found.things}
    before, after = before_and_after(found, thing.id)
    facts: list[Fact] = [("says", Content(visible(thing.text)))]
    facts += _named("because of", [by_id[i] for i in before if i in by_id])
    facts += _named("led to", [by_id[i] for i in after if i in by_id])
    return [*facts, ("when", time(thing.at)), ("id", Content(f"{thing.kind} {thing.id}"))]


def _named(name: str, things: list[Thing]) -> list[Fact]:
    return [
        (name if number == 0 else "", glyphs.one_line(f"{thing.kind}: {thing.text}"))
        for number, thing in enumerate(things)
    ]
