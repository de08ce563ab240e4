"""What a person can do in the console: every command with its key, its name and one sentence.

command.py   what a command is
table.py     `COMMANDS`, all of them; footer, help, palette, keymap and docs/keys.md derive from it
places.py    the way to each place
lists.py     what every list can do
handover.py, engine.py, orders.py, insights.py, archive.py, crew.py   the commands of their places
"""
