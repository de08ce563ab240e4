"""What the store says, put into words for a screen or a line of text (pure).

watch.py     what the Watch says: the ship, the watch, what waits
jobs.py      one job in facts, its attempts, what it cost
groups.py    a group's state and what follows
orders.py    work orders and their entries
insights.py  signals, suggestions, regenerations, lineage
trends.py    trends as charts
signed.py    a signed handover, every word of it
alerts.py    an alert, its age, what to press
system.py    the engine, its workers and queues
crew.py      one of the crew: standing, rights, PIN, keys
upkeep.py    what the store costs and what guards it
"""
