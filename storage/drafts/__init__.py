"""Drafts: what the pipeline made, and what people make of it in review.

content.py     what the pipeline reads and hands back (pure)
states.py      the five states and who moves a draft (pure)
rules.py       what review allows, what is still missing (pure)
tables.py      private tables
superseding.py correcting a signed handover; which one is authoritative
taking_over.py a correction keeps what people did to what it corrects
gathering.py   which entries a draft is made of
merged_earlier.py  what people made one item of in the last signed handover
generation.py  writing a draft, regenerating it, refreshing Command: one transaction each
command_age.py whether Command tells of the items as people left them
items.py       items as rows
refiling.py    items people have touched follow a corrected classification
places.py      the order inside a section, and the places people gave
findings.py    merge proposals, concerns and completeness as rows
moves.py       one guarded move from state to state
requesting.py  asking the worker for a draft
review.py      reading, answering, acknowledging
editing.py     rewording, moving, merging, splitting, leaving out
histories.py   what people did to an item and to what it was made of
rows.py        all rows of one draft, read once
views.py       drafts as shown
"""
