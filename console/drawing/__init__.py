"""How it is drawn: for the light on the bridge, and within what the terminal can do.

look.py        what the terminal can do, and what was asked for
palettes.py    colours by what they mean, for day, dusk, night and high contrast
stylesheet.py  the rules, parsed anew only for other colours
glyphs.py      word, glyph and colour of everything that has a state
charts.py      numbers as pictures made of text
sixteen.py     palettes of sixteen colours, or of none
ascii_only.py  borders and glyphs where a terminal has nothing better
harmless.py    the last look: nothing on its way to the terminal may drive it
"""
