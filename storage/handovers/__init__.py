"""Handovers: two signatures, one snapshot, exports of it, and proof that nothing changed.

snapshot.py      all that is signed, as one value (pure)
tables.py        private tables
composing.py     the snapshot of a draft, from its rows
signing.py       accept, decline, reopen, countersign
locking.py       one signature; the snapshot that locks a handover
exports.py       asking for an export, recording one
verification.py  is what lies in a folder what was signed? (needs no store)
tracing.py       the evidence questions
views.py         signed handovers and exports as shown; what is still missing to sign
"""
