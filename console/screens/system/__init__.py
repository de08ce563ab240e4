"""System: what stands wrong, the engine, its workers and queues, what the store costs.

place.py        the place
acts.py         pause and resume, change a limit, see an alert
lists.py        the crew beside it
crew.py         who is aboard; crew_member.py one of them, whole
crew_acts.py    coming aboard and leaving, PINs and keys; crew_sheet.py what that needs to be told
"""
