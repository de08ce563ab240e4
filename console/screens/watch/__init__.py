"""The Watch: where am I, what runs, what needs a person.

place.py  the place
"""
