"""Crew: who they are, and the keys only their PIN opens. The log asks what they may do.

keys.py     sealing an Ed25519 key with a PIN (pure)
pins.py     which PINs will do (pure)
first_guesses.py  those that are guessed first (pure)
waiting.py  the wait after a wrong PIN (pure)
states.py   why keys begin and end (pure)
rules.py    names, roles, who may propose and confirm a new PIN (pure)
tables.py   private tables
views.py    the crew as others see them
standing.py who aboard is able to act
keyring.py  keys as rows
proposals.py  a PIN that is to be reset, as a row
aboard.py   each of the crew whole: key, wrong PINs, last seen
opening.py  signing in, opening a key, wrong PINs
joining.py  coming aboard, leaving, coming back
owning.py   another PIN, another key, by the owner
resetting.py  a new PIN for a forgotten one, by two others
actions.py  all of these verbs
"""
