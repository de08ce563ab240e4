"""Crew: who they are, what they may do, and the keys only their PIN opens.

keys.py     sealing an Ed25519 key with a PIN (pure)
rules.py    PIN policy, lock-out, who may add whom (pure)
tables.py   private tables
actions.py  joining, signing in, opening a key, resetting a PIN
views.py    the crew as others see them
"""
