"""Entries: the short truths people capture, and proposals that wait for a person.

states.py    the three states of an entry and who moves it (pure)
rules.py     what a narrative and an import line must hold, who may decide (pure)
tables.py    private tables
rows.py      new entries as rows
reading.py   how this ship reads a narrative: her own names, what was corrected aboard
actions.py   capture, import, flag, resolve, suppress
bulk.py      marks on many entries at once
corrections.py  deciding about a flagged classification
gaps.py      entries filed nowhere, and asking an officer about them
proposals.py what the ship's systems propose, accepted or dismissed by a person
order.py     the orders their list can have
filters.py   what can be asked of them in one line
views.py     entries and proposals as shown
trends.py    what was captured, day by day
correction_views.py  requests, decisions, and the classification that stands
"""
