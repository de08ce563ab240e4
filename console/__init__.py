"""Where people read and act: the terminal console and the command line, two doors to one store.

app.py           the console: its places and its keys; its style beside it
commands/        what a person can do, as a table
screens/         a folder for each place a person can be, and dialogs as typed questions
widgets/         draw what they are given
snapshots/       what a screen asks the store
words/           what the store says, in words
drawing/         colours, glyphs and charts, within what the terminal can do
background.py    one thread reads for all screens; windows.py a window on a list of any length
messages.py      the whole conversation between widgets and screens
everywhere.py    what means the same on every screen
providers.py     the palette; related.py where a thing leads to; toasts.py when a word is due
session.py       who is signed in, and when the console locks itself
preferences.py   what settings.toml says of the console; keymap.py other keys for commands
keys_aboard.py   the keys in force, for every sentence that names one
local_drafts.py  half-written text; saved_views.py kept filters; clipboard.py what is copied
terminal.py      when the terminal vanishes or sends no text; pasting.py a paste is no keys
logs.py          where the console's own log goes
worker_process.py   the worker as a process of its own; worker_offer.py offering to start it
workflows.py     which workflows plan work orders
serving.py       the console in a browser of this machine
cli/             the command line
plain/           the same places and acts, line by line, for a screen reader
pages/           the pages of the documentation that are made from the tables
demo/            a day and a month aboard a demo vessel, and the whole main job on it
"""
