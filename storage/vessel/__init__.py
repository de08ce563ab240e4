"""The vessel: her name, her ship's time as a dated list of offsets, her watch bill, her own words.

rules.py    what an IMO number, a watch bill and a list of equipment look like (pure)
tables.py   private tables
actions.py  naming her, changing the clocks, posting a watch bill and her names for equipment
views.py    the vessel, her time at any moment, and what she calls things
"""
