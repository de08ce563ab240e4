"""Recovery: backups of a store and the ways back.

layout.py      what of a store's folder belongs into a backup (pure)
manifest.py    what a backup says of itself
files.py       files copied with their hash, made durable, read again
copying.py     the database copied in one snapshot, and looked at as it lies
evidence.py    the files that the record names, with the hash each must have
media.py       room on the medium, and what its refusals mean
checking.py    is a backup what it was when it was made
backing_up.py  `backup`: one folder, whole under its final name or not there
rotation.py    which backups are kept
actions.py     what of this is put on record
later.py       what a store has recorded since a backup of it
restoring.py   `restore`: a store made again in a new folder
findings.py    all that an examination can find, and what to do (pure)
examining.py   a store examined as it lies: file, schema, log, anchor
surroundings.py  and what lies around it: files, workers, clock, disk, backups
"""
