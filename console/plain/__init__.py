"""The console without a screen: one word a line in, plain lines out, for a screen reader.

conversation.py   the talk: who sits there, what they say, what is answered
words.py          every word that can be said, and what it does
places.py         what each place says
handover.py       the draft, read aloud
review.py         the acts of review
editing.py        rewording, splitting, placing and leaving out an item
signatures.py     the two signatures and the ways back
spoken.py         text as it is read aloud
"""
