"""What a store stands on: one form, and one file for each engine that fills it.

form.py        what the one door asks of an engine
choosing.py    which engine a store is on
sqlite.py      one file beside its lock: the engine of a ship
postgresql.py  a server that several hosts share; driver.py psycopg as the store needs it
dialect.py     the house dialect of SQL in PostgreSQL's words
growing.py     how the schema is laid out and grows there; baseline.py makes postgresql_0017.sql
"""
