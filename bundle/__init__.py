"""What a ship installs without a network: one folder made ashore by `make bundle`.

__main__.py   python -m bundle: makes the folder
wheels.py     our own wheel, and those of everything it needs, as pip finds them
parts.py      what each wheel says of itself: name, version, licence, hash
papers.py     the papers of the folder: bill of materials, licences, facts, sums
ship/         what goes aboard as it is: install, way back, uninstall, units, README
"""
