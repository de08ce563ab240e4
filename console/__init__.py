"""Where people read and act: the terminal console and the command line, two doors to one store.

cli/                the command line
demo/               a day and a month aboard a demo vessel, and the whole main job on it
worker_process.py   the worker as a process of its own
"""
