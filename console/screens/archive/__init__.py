"""Archive: signed handovers, and the documents made of them.

place.py     the list
detail.py    one of them: signatures, hash, files; acts.py verify, export, correct
document.py  one to be read, section by section; compared.py beside the one before it
"""
