"""Insights: how it goes over time, and what the ship's own record suggests.

place.py    trends; lists.py the four lists of the place
signals.py, suggestions.py, regenerations.py   the three others
acts.py     what people decide about suggestions, and counting at once
regeneration_detail.py, regeneration_acts.py   what was collected, and what is decided about it
"""
