"""System: what stands wrong, the engine, its workers and queues, what the store costs.

place.py  the place
acts.py   pause and resume, change a limit, see an alert
"""
