"""Alerts: what a person has to hear of, once, and what is wrong for as long as it is.

states.py     severities, standing alerts and what to do about each (pure)
rules.py      what is routed, what is held back, what counts as wrong (pure)
routing.py    the reader of the audit log: each failed job is told once, or counted
watching.py   who watches: one process, by a kernel lock, and when it last looked
observing.py  the facts that conditions are judged by
actions.py    raised, resolved, acknowledged
tables.py     private tables
views.py      what stands, what was told, and whether anybody watches
"""
