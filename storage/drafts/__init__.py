"""Drafts: what the pipeline made, and what people make of it in review.

content.py     what the pipeline reads and hands back (pure)
states.py      the five states and who moves a draft (pure)
rules.py       what review allows, what is still missing (pure)
tables.py      private tables
gathering.py   which entries a draft is made of
generation.py  writing a draft, regenerating it, refreshing Command: one transaction each
items.py       items as rows
places.py      the order inside a section, and the places people gave
findings.py    merge proposals, concerns and completeness as rows
moves.py       one guarded move from state to state
review.py      reading, answering, acknowledging
editing.py     rewording, moving, merging, splitting, leaving out
rows.py        all rows of one draft, read once
views.py       drafts as shown
"""
