"""What a screen asks: pure questions to the store, frozen answers, read in the background thread.

bridge.py    what every screen shows, and the progress of what it is about
places.py    Watch, Handover, Entries, Inbox, Jobs, Archive, Audit
engine.py    groups, failures, schedules, one job whole, System
orders.py    manifests and their entries
insights.py  signals, suggestions, regenerations, lineage
sources.py   what an entry can be tied to
trends.py    what is worth looking at over time
upkeep.py    sizes, room on the disk, the anchor, backups
"""
