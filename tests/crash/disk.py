"""A disk that loses its power: what may be on it, given what was written and what was synced.

What was synced is there. Of what was written since, each write is there or not, in any order, whole
or torn at a sector, now and then with a sector of noise. That is what SQLite's own power tests
assume of honest disks. Not covered: a disk that says it has synced and has not, and damage to what
was at rest (the audit chain, `quick_check` and the anchor are for that).
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes given to a file."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """A file cut to a length."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything given to a file so far is on the medium."""

    file: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A file is gone."""

    file: str


@dataclass(frozen=True, slots=True)
class Committed:
    """A commit returned; `durable`: it was acknowledged as surviving a power cut."""

    content: str
    durable: bool


Event = Written | Truncated | Synced | Deleted | Committed


@dataclass(frozen=True, slots=True)
class Cut:
    """The power fails after `at` events; `survivors` are the contents that may then be found."""

    at: int
    files: dict[str, bytes]
    survivors: frozenset[str]


@dataclass
class Platter:
    """One file: what certainly is on the medium, and what was written since."""

    safe: bytearray | None = None
    pending: list[Written | Truncated] = field(default_factory=list)

    def sync(self) -> None:
        """Now all of it is there."""
        image = self.safe if self.safe is not None else bytearray()
        for change in self.pending:
            _apply(image, change)
        self.safe, self.pending = image, []

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """One of the things it may hold; None when even its name may be lost, and is."""
        if self.safe is None and chance.random() < 0.5:
            return None
        image = bytearray(self.safe or b"")
        reached = chance.random()  # how much the disk had got to, from nothing to all of it
        for change in self.pending:
            if chance.random() < reached:
                _apply(image, _torn(change, chance))
        return bytes(image)


def cuts(
    start: dict[str, bytes], before: str, events: Sequence[Event], number: int,
    chance: random.Random,
) -> Iterator[Cut]:  # fmt: skip
    """`number` cuts in the order of time, as evenly over the writes as they go: each write is the
    last one before a cut when there are as many cuts as writes.

    `start`: the files at the beginning, all synced. `before`: the content then.
    """
    contents = [before, *(e.content for e in events if isinstance(e, Committed))]
    platters = {name: Platter(bytearray(data)) for name, data in start.items()}
    begin = chance.random()
    moments = [int((place + begin) * (len(events) + 1) / number) for place in range(number)]
    done = acknowledged = position = 0
    for moment in moments:
        for event in events[position:moment]:
            if isinstance(event, Committed):
                done += 1
                acknowledged = done if event.durable else acknowledged
            else:
                _happen(platters, event)
        position = moment
        held = {name: platter.after_a_cut(chance) for name, platter in platters.items()}
        files = {name: data for name, data in held.items() if data is not None}
        yield Cut(moment, files, frozenset(contents[acknowledged : done + 2]))


def _happen(platters: dict[str, Platter], event: Event) -> None:
    match event:
        case Written(file) | Truncated(file):
            platters.setdefault(file, Platter()).pending.append(event)
        case Synced(file):
            platters.setdefault(file, Platter()).sync()
        case Deleted(file):
            platters.pop(file, None)


def _apply(image: bytearray, change: Written | Truncated) -> None:
    if isinstance(change, Truncated):
        del image[change.size :]
        return
    gap = change.offset - len(image)
    if gap > 0:
        image += bytes(gap)
    image[change.offset : change.offset + len(change.data)] = change.data


def _torn(change: Written | Truncated, chance: random.Random) -> Written | Truncated:
    """The change, or what a power cut in the middle of it left of it."""
    if isinstance(change, Truncated) or chance.random() < 0.7:
        return change
    data, sector = change.data, chance.randrange(len(change.data) // SECTOR + 1) * SECTOR
    match chance.randrange(3):
        case 0:
            return Written(change.file, change.offset, data[:sector])
        case 1:
            return Written(change.file, change.offset + sector, data[sector:])
    noise = chance.randbytes(len(data[sector : sector + SECTOR]))
    return Written(change.file, change.offset, data[:sector] + noise + data[sector + SECTOR :])
