"""Widgets draw what they are given and report what was pressed; they know no store.

block.py        a block of lines; split.py a list and a pane about the line it is on
bridge.py       the two lines at the top; status.py, keys.py the lines at the bottom
rows.py         a list that never moves under the reader
filter_line.py, lists_line.py   what stands above a list
facts.py        names on the left, what they are on the right
fields.py       fields to write in that do not blink
charts.py       charts below one another
progress.py     where a job is, on any screen
reading.py      how a text was read
verdict.py      what a verification found
handover/       sections, items, evidence and ticks of the Handover place
"""
