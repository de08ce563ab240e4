"""What each place says, in the order of the screen, a sentence a line."""

from collections.abc import Callable, Iterator

from console.drawing import glyphs
from console.keys_aboard import saying
from console.plain.handover import handover_lines, next_lines
from console.plain.spoken import spoken, without_keys
from console.screens.handover.reading import HandoverPicture, read_handover
from console.snapshots.bridge import Bridge, take_bridge
from console.snapshots.engine import take_system
from console.snapshots.places import take_watch
from console.words import watch as watch_words
from console.words.system import no_worker, system_lines
from storage.audit.views import list_events
from storage.database import home, read_only
from storage.entries.views import list_entries
from storage.handovers.views import list_handovers
from storage.insights.states import SuggestionStatus
from storage.insights.views import list_suggestions
from storage.jobs.explain import explain
from storage.jobs.states import FINAL
from storage.jobs.views import list_jobs
from storage.manifests.views import list_orders
from storage.people.views import CrewMember
from storage.taxonomy.domains import DOMAINS
from storage.taxonomy.risks import RISK_WORDS

SHOWN = 10
"""The newest so many of a list; the command line has the others."""
WORDS_OF = {
    "go_entries": "entries",
    "go_handover": "handover",
    "go_jobs": "jobs",
    "go_insights": "insights",
    "go_audit": "audit",
    "start_worker": "worker --drain",
}
SAID_FOR_KEYS = {
    "back_up": "the word backup",
    "check_store": "the word doctor",
    "verify_log": "the word audit verify",
}
"""What System names instead of its keys."""
STARTS_ONE = f"say: {WORDS_OF['start_worker']}"

Lines = Iterator[str]
Place = Callable[[Bridge, CrewMember | None], Lines]


def lines_of(place: str, person: CrewMember | None) -> list[str]:
    """What a place says now to this person, from one consistent look at the store."""
    with read_only(), saying(SAID_FOR_KEYS):
        return list(PLACES[place](take_bridge(frozenset()), person))


def watch(bridge: Bridge, person: CrewMember | None) -> Lines:
    """Where we are, what is next, and what needs a person."""
    vessel = bridge.vessel
    if vessel is None:
        yield "This store has no vessel yet. Leave, and say: eightbells init."
        return
    picture = take_watch(person.id if person else None)
    yield f"{vessel.name}. {bridge.times(bridge.at)}. Watch {vessel.watch or 'not named'}."
    yield f"Draft: {watch_words.draft_words(picture, is_reader_known=person is not None).plain}."
    counted = ", ".join(f"{count} {RISK_WORDS[tag]}" for tag, count in picture.risks)
    yield f"Risks: {counted or watch_words.risk_words(picture).plain}."
    yield f"New: {without_keys(watch_words.new_words(picture, bridge).plain)}."
    yield f"Workers: {without_keys(watch_words.worker_words(bridge).plain)}."
    for command, said in watch_words.attention(picture, bridge):
        word = WORDS_OF.get(command)
        yield f"Needs attention: {said.plain}." + (f" Say: {word}." if word else "")
    for _, said in watch_words.job_lines(picture, bridge):
        yield f"Job: {said.plain}."
    yield from next_lines(_picture(person), person)


def entries(bridge: Bridge, person: CrewMember | None) -> Lines:
    """The newest entries, whole."""
    found = list_entries(limit=SHOWN)
    yield f"{_newest(len(found), 'entry', 'entries')} Say: entry list, for more."
    for entry in found:
        risks = ", ".join(RISK_WORDS[tag] for tag in entry.risk_tags) or "no risk"
        filed = DOMAINS[entry.primary_domain].name
        yield f"{bridge.times(entry.created_at)}. {filed}. {risks}. {entry.author}:"
        yield entry.narrative


def handover(bridge: Bridge, person: CrewMember | None) -> Lines:
    """The draft whole, and the next step."""
    return handover_lines(_picture(person), person, bridge.times, home())


def jobs(bridge: Bridge, person: CrewMember | None) -> Lines:
    """The newest jobs and why each is where it is."""
    found = list_jobs(limit=SHOWN)
    yield f"{_newest(len(found), 'job', 'jobs')} Say: job list, for more."
    for job in found:
        where = f"{job.error or ''}" if job.status in FINAL else explain(job)
        yield f"{job.spec.label}. {glyphs.job_status(job).plain}. {where} Job {job.job_id}."


def orders(bridge: Bridge, person: CrewMember | None) -> Lines:
    """The work orders, where each stands and what became of its entries."""
    found = list_orders(limit=SHOWN)
    yield "Work orders, newest first." if found else "No work order has been planned yet."
    for order in found:
        yield f"{order.name}, {order.workflow}, {order.entries} entries, {order.view.value}."
    yield "Say: manifest plan, manifest dispatch, manifest verify."


def insights(bridge: Bridge, person: CrewMember | None) -> Lines:
    """What the ship's own record suggests, and what it rests on."""
    found = list_suggestions(SuggestionStatus.OPEN, limit=SHOWN)
    yield "Suggestions to decide, oldest first." if found else "Nothing is suggested now."
    for one in found:
        yield f"{bridge.times(one.created_at)}. {one.text}"
        yield f"Because: {one.signal} Suggestion {one.id}."
    yield "Say: suggestion accept, suggestion dismiss, or stats for the trends."


def archive(bridge: Bridge, person: CrewMember | None) -> Lines:
    """The newest signed handovers."""
    found = list_handovers(limit=SHOWN)
    yield "Signed handovers, newest first." if found else "No handover has been signed yet."
    for signed in found:
        names = " and ".join(signatory.name for signatory in signed.signatories)
        yield f"{signed.document_number}, {bridge.times(signed.signed_at)}, by {names}."
        yield from (f"Files in {export.path}." for export in signed.exports[:1])


def audit(bridge: Bridge, person: CrewMember | None) -> Lines:
    """The newest events of the log."""
    yield "The newest events. Say: audit verify, to check the whole log."
    for event in list_events(limit=SHOWN):
        act = event.action.replace(".", " ").replace("_", " ")
        yield f"{event.seq}. {bridge.times(event.at)}. {event.actor_name}: {act}, {event.outcome}."


def system(bridge: Bridge, person: CrewMember | None) -> Lines:
    """The engine, workers, queues and the store, a line each."""
    for line in system_lines(take_system(), bridge, lambda at: glyphs.one_line(bridge.times(at))):
        cells = (spoken(cell.plain.replace(no_worker(), STARTS_ONE)) for cell in line.cells)
        yield ", ".join(filter(None, cells)) + "."


PLACES: dict[str, Place] = {
    "watch": watch,
    "entries": entries,
    "handover": handover,
    "jobs": jobs,
    "orders": orders,
    "insights": insights,
    "archive": archive,
    "audit": audit,
    "system": system,
}
"""By the word that goes there, which is the place's name on the screen."""


def _newest(count: int, one: str, many: str) -> str:
    return f"The newest {one}." if count == 1 else f"The newest {count} {many}."


def _picture(person: CrewMember | None) -> HandoverPicture:
    return read_handover(person.id if person else None, person.role if person else None)
