"""Schedules: work that starts by the clock, each time exactly once.

states.py       what can become of an occurrence (pure)
rules.py        when a schedule is due by UTC or ship's time, and what was missed (pure)
timetable.py    which schedules there are: the kinds of job that follow the clock (pure)
ships_clock.py  the ship's time and watch bill that schedules go by
outlook.py      what is due, missed and next of one schedule, now
tables.py       private tables
actions.py      noting what was missed, starting what is due, running and skipping by hand
timekeeper.py   the look at the clock a worker pool takes each second
views.py        every schedule with its next run, its last one, and what it missed
"""
