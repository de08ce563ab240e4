"""The documentation that is made from what it tells of: `python -m console.pages`.

tables.py   keys, kinds of job, alerts, filters, rights: the tables of the program as pages
runbook.py  each kind of job for whoever runs it, with the notes beside it
"""
