"""Orders: manifests of work, from the first look to the verdict.

place.py     the list
detail.py    one manifest, line by line
planning.py  having one planned
acts.py      try, dispatch, verify, send again, cancel, take ashore
"""
