"""Audit: everything that happened, newest first, and proof that the log is whole.

place.py         the list
event_detail.py  one event with all it says
"""
