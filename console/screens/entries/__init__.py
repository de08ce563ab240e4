"""Entries: what was captured, and what waits to become an entry.

place.py            the list; inbox.py what the ship's systems think should be an entry
capture.py          writing one down; proposal.py a proposal's words, and how they are read
evidence.py         what shows it, chosen while it is written; tied.py kept with the words
detail.py           one entry with everything that was decided about it
marks.py            a flag, resolved, suppressed
correction_desk.py  deciding about a flagged classification
"""
