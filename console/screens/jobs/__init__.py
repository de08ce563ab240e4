"""Jobs: what the worker does, did and failed to do.

place.py      the list of jobs; lists.py the four lists of the place
groups.py, schedules.py, failures.py   the three others
detail.py     one job; acts.py what people may do to jobs
group_detail.py, group_acts.py         one group, and what may be done to it
failure_detail.py, failure_acts.py     failures that are alike, and who answers for them
"""
