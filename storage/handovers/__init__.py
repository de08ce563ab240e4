"""Handovers: two signatures, one snapshot, exports of it, and proof that nothing changed.

snapshot.py      all that is signed, as one value (pure)
tables.py        private tables
changes.py       what a correction changes, in words (pure)
comparing.py     a signed handover beside the one before it (pure)
composing.py     the snapshot of a draft, from its rows
correcting.py    a correction and what it supersedes, each as the other tells of it
read_backs.py    has a critical item arrived? (pure)
rules.py         who may sign or send back, and when (pure)
attempts.py      a move that is not legal now is refused on record
signing.py       accept, decline, reopen, countersign
locking.py       one signature; the snapshot that locks a handover
notices.py       both parties are told what was sent back, until they have seen it
printing.py      a draft on paper, which is no export
exports.py       asking for an export, recording one
sealing.py       a copy of the PDF with the seal of the ship's certificate
seals.py         that seal; the only file that imports pyhanko
seal_range.py    which bytes such a seal was made over (pure)
seal_changes.py  what was appended besides it (pure)
proof.py         what proves a signed document by the log, as one value (pure)
proving.py       that proof, from the log
checks.py        what was looked at, and what is wrong with it (pure)
document_checks.py  is the document what two people signed? (needs no store)
proof_checks.py  does the proof prove it? (needs no store)
key_use.py       what an event says about somebody's key (pure)
key_checks.py    were the keys those two people used then? (needs no store)
log_checks.py    is an export of the log whole? (needs no store)
pdf_record.py    what a PDF carries as attachments (pure)
verification.py  is what lies in a folder what was signed? (needs no store)
gaps.py          files that should be there and are not, put back
tracing.py       the evidence questions
open_work.py     what somebody who leaves has open
last_watch.py    what is new to a person since they were last here
trends.py        how many were signed, day by day
filters.py       what can be asked of them in one line
views.py         signed handovers and exports as shown; what is still missing to sign
"""
