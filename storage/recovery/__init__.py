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
"""
