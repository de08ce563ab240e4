"""The records and the rules: what is true, and the only ways it changes.

    database.py   the one store: opening, transactions, snapshots
    engine.py     what tables are built from, and the engine under them
    engines/      what differs between SQLite and PostgreSQL
    schema.py     its form: as it was noted, newer than this program
    turn.py       taking turns at writing
    translation.py the engine's errors in our words
    unreached.py  why a server did not let us in
    guard.py      can the promises be kept on this machine and disk
    errors.py     every way to say no
    clock.py      UTC and ship's time
    identity.py   UUIDv7
    canonical.py  the bytes that are hashed
    durable.py    files that survive a power cut
    foreign.py    JSON and TOML that others wrote
    text.py       making stored text safe to show
    filtering.py  the filter language of every list
    matching.py   what a filter asks for, as a condition on columns
    value.py      the base of every frozen value
    migrations/   how the schema grew

The nouns, each built on those before it (states and rules are pure, tables are private, actions are
the verbs, views are frozen values):

    taxonomy → audit → people → vessel → evidence → jobs → manifests → schedules → alerts → entries
    → drafts → handovers → insights → recovery
"""

import sys

sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]
"""peewee imports every driver that is installed, and this one costs a fifth of a second. Who needs
it asks for it: engines/postgresql.py."""
