"""Evidence: ledger events from the ship's systems, and source documents. Neither ever changes.

lines.py    reading JSONL and CSV, with a line number for every complaint (pure)
rules.py    what an event line must hold (pure)
tables.py   private tables
actions.py  recording events, filing documents
views.py    events and documents as shown
"""
