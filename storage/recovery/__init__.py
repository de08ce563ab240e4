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
upgrading.py   opening a store of an earlier version: backed up, then brought up to this one
actions.py     what of this is put on record
later.py       what a store has recorded since a backup of it
restoring.py   `restore`: a store made again in a new folder
shaping.py     the new folder of a store that is made again
salvaging.py   `salvage`: everything readable of a damaged store, in a new one
pages.py       a SQLite file read page by page (pure)
logged.py      its write-ahead log: each page as last committed (pure)
gleaning.py    every row that can still be read, by the trees and without them (pure)
rebuilding.py  a database made anew from such rows
findings.py    all that an examination can find, and what to do (pure)
examining.py   a store examined as it lies: file, schema, log, anchor
on_server.py   what of this is left to whoever keeps a database server, and what is not
surroundings.py  and what lies around it: files, workers, clock, disk, backups
on_server.py     what of this a store on a server has: its administrator makes the copies
"""
