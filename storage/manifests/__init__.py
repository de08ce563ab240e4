"""Work orders: plan writes a manifest, dispatch makes jobs of it, verify audits their receipts.

states.py lines.py rules.py   where an order stands; a line of a manifest; what may be done (pure)
reading.py spool.py files.py  a manifest in bounded memory, its entries on their way, its place
tables.py                     private tables
actions.py                    every verb on one page
planning.py dispatching.py    putting a manifest on record; sending it, and again what failed
verifying.py exporting.py     what became of each entry; the whole order as one folder
scratch.py                    the round a diagnostic job writes
finding.py views.py           which order is meant; lists, details and pages of entries
"""
