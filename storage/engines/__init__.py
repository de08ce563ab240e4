"""What a store stands on: one form, and one file for each engine that fills it.

form.py       what the one door asks of an engine
sqlite.py     one file beside its lock: the engine of a ship
choosing.py   which engine a store is on
"""
