"""The Handover: read, reviewed, accepted and countersigned.

place.py        sections, items, evidence side by side
reading.py      the picture it shows; sections.py going through them, which marks them seen
desk.py         what every command here stands on; acts.py the commands; reasons.py why not now
steps.py        which step comes next, and which key does it
sheet.py        the base of the sheets; pages.py those that ask one question after the other
changes.py      other words, another place, split and merge; writing.py where they are written
merges.py       proposals to merge; concerns.py conflicts, uncertainties, assigned work
looking.py      evidence, history, completeness, what is missing
signing.py      what both signatures share; accept.py the first, countersign.py the second
"""
