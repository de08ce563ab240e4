"""What a screen asks: pure questions to the store, frozen answers, read in the background thread.

places.py    Watch, Handover, Entries, Inbox, Jobs, Archive, Audit, and what is common to all
engine.py    groups, failures, schedules, one job whole, System
orders.py    manifests and their entries
insights.py  signals, suggestions, regenerations, lineage
trends.py    what is worth looking at over time
upkeep.py    sizes, room on the disk, the anchor, backups
"""
