"""Entries: the short truths people capture, and proposals that wait for a person.

states.py    the three states of an entry and who moves it (pure)
rules.py     what a narrative and an import line must hold (pure)
tables.py    private tables
rows.py      new entries as rows
actions.py   capture, import, flag, resolve, suppress
proposals.py what the ship's systems propose, accepted or dismissed by a person
views.py     entries and proposals as shown
"""
