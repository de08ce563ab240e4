"""Documents drawn from a snapshot and nothing else (I14).

render.py     the page, as one self-contained HTML file
footnotes.py  every source numbered once, in order of first mention
words.py      marks, ages and fingerprints in words
pdf.py        the page as a PDF; the only file that knows xhtml2pdf and reportlab
guide.py      how a stranger checks it
eml.py        a ready-to-send message with the PDF attached
"""
