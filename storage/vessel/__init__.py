"""The vessel: her name, her ship's time as a dated list of offsets, her watch bill.

rules.py    what an IMO number and a watch bill look like (pure)
tables.py   private tables
actions.py  naming her, changing the clocks, posting a watch bill
views.py    the vessel and her time at any moment
"""
