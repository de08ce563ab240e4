"""The audit log: who did what, when, and that nothing of it was changed since.

actor.py    who acts
chain.py    how one event follows another (pure)
tables.py   the one table
actions.py  `act`: one verb, one transaction, one event
in_bulk.py  one act on many rows
rights.py   who may do what (pure)
service.py  whether a person is still aboard
confinement.py   code that may write only what was listed
reach.py    what such a list covers (pure)
words.py    what an event says in a person's words (pure)
filters.py  what can be asked of it in one line
merkle.py   the tree over the log, and proofs by it (pure)
proving.py  the log's fingerprint, and what proves an event to be in it
views.py    reading, verification
anchor.py   the high-water mark kept outside the store
"""
