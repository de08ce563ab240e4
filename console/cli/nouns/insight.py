"""`insight`: what the days add up to, what that signals, what is suggested, and what came of it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import MaybeAs
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import both_times, count, listed, one_line, table
from storage.audit.actor import Actor
from storage.insights import views
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.lineage import Lineage, lineage
from storage.insights.pruning import preview, prune
from storage.insights.rules import Aggregate
from storage.insights.signalling import generate_signals
from storage.insights.states import Metric, SuggestionStatus
from storage.insights.suggesting import generate_suggestions

verbs = Verbs("What the days add up to: counts, signals, suggestions.")


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day like 2026-03-01.") from None


@verbs.verb("aggregate", "eightbells insight aggregate")
def aggregate_days(
    days: Annotated[
        list[date] | None,
        typer.Option("--day", metavar="DAY", parser=_day, help="Count this UTC day again."),
    ] = None,
    who: MaybeAs = None,
) -> Answer:
    """Read what happened and count it by UTC day; again is the same counts."""
    actor = acting(who)
    events = _collect(actor)
    done = aggregate(actor, days)
    rows = views.aggregates(done.days[0], done.days[-1]) if done.days else []
    shown = [row for row in rows if row.day in done.days]
    value = {"events": events, "changed": done.changed, "aggregates": [_plain(r) for r in shown]}
    headings = ("day", "metric", "count", "of", "rate", "subject")
    cells = [(r.day, r.metric, r.count, _or_dash(r.base), _rate(r.rate), r.subject) for r in shown]
    said = f"{count(events, 'new event')}, {count(done.changed, 'count')} changed."
    return Answer(value, [*table(headings, cells, "There is no day to count yet."), said])


@verbs.verb("trend", "eightbells insight trend completion --days 30")
def trend(
    metric: Annotated[Metric, typer.Argument(help="What was counted.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="So many days, today included.")] = 30,
) -> Answer:
    """Show a count day by day; a rate is empty where its base is 0."""
    found = views.trend(metric, days=days)
    cells = [(r.day, r.count, _or_dash(r.base), _rate(r.rate), r.subject) for r in found]
    headings = ("day", "count", "of", "rate", "subject")
    return Answer([_plain(r) for r in found], table(headings, cells, "Nothing was counted."))


@verbs.verb("signals", "eightbells insight signals")
def signals(who: MaybeAs = None) -> Answer:
    """Raise what the counts show, each signal once, and list all signals, newest first."""
    new = set(generate_signals(acting(who)))
    found = views.list_signals()
    rows = [(s.id, s.severity, s.rule, "new" if s.id in new else "", s.message) for s in found]
    none = "The counts show nothing; `eightbells insight aggregate` counts what happened."
    return Answer(found, table(("id", "severity", "rule", "", "says"), rows, none))


@verbs.verb("suggestions", "eightbells insight suggestions")
def suggestions(
    open_only: Annotated[bool, typer.Option("--open", help="Only what waits.")] = False,
    who: MaybeAs = None,
) -> Answer:
    """Make what follows from every signal, once, and list the suggestions, oldest first."""
    generate_suggestions(acting(who))
    found = views.list_suggestions(SuggestionStatus.OPEN if open_only else None)
    rows = [(s.id, s.status, s.type, s.target, s.text) for s in found]
    none = "Nothing is suggested; suggestions follow from `eightbells insight signals`."
    return Answer(found, table(("id", "status", "type", "about", "suggests"), rows, none))


@verbs.verb("lineage", "eightbells insight lineage 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7")
def show_lineage(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A signal, suggestion, proposal, entry, item or handover."
        ),
    ],
) -> Answer:
    """Walk from a signal to the handovers it led to, or from any of those back to the signal."""
    found = lineage(subject)
    return Answer(found, _lineage_words(found))


@verbs.verb("prune", "eightbells insight prune")
def prune_events(
    confirm: Annotated[bool, typer.Option("--confirm", help="Remove them now.")] = False,
    who: MaybeAs = None,
) -> Answer:
    """Count the raw events older than 90 days; with --confirm remove them and nothing else."""
    found = prune(acting(who)) if confirm else preview()
    value = {**found.model_dump(mode="json"), "pruned": found.events if confirm else 0}
    done = "were removed" if confirm else "would be removed; --confirm removes them"
    words = [f"{count(found.events, 'event')} from before {both_times(found.before)} {done}."]
    if found.uncounted:
        words.append(f"{found.uncounted} as old are not counted yet and stay until they are.")
    return Answer(value, words)


def _collect(actor: Actor) -> int:
    """Read on until nothing is left, a bounded part at a time; how many events that were."""
    events, behind = 0, True
    while behind:
        got = collect(actor)
        events, behind = events + got.events, got.behind
    return events


def _plain(row: Aggregate) -> dict[str, object]:
    return {**row.model_dump(mode="json"), "rate": row.rate}


def _or_dash(number: int | None) -> object:
    return "–" if number is None else number


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.0%}"


def _lineage_words(found: Lineage) -> Iterator[str]:
    after = {it.id: [link.target for link in found.links if link.source == it.id]
             for it in found.things}  # fmt: skip
    for it in found.things:
        here = "▶" if it.id == found.id else " "
        yield f"{here} {it.kind:12} {it.id}  {it.status}, {both_times(it.at)}: {one_line(it.text)}"
        if after[it.id]:
            yield f"  {'':12} → {listed(after[it.id])}"
    if found.cut:
        yield "There is more than is shown."
