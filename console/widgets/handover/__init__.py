"""What the Handover place is drawn with.

card.py            the lines above the panes
sections.py        the sections with their seen marks and counts
items.py           the rows of one section; lines.py an item as lines of a given width
drafted_again.py   what another drafting of the same handover changed
evidence.py        everything one item rests on; evidence_lines.py as lines to read
differences.py     which words of nearly equal texts differ
marks.py           word, glyph and colour of what an item can be
tick.py            a box a person ticks before a signature
words.py           fitting words into cells
"""
