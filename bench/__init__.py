"""Measurements: each module is a program with a budget; `python -m bench` runs them all.

drafts          a draft of 500 to 50,000 entries, by stage
audit           verifying the audit log, against bare hashing
export          HTML and PDF of a signed handover
jobs            the job engine, against bare SqliteHuey
kinds           how long a job of each kind takes, for the runbook
screens         the console in a terminal, over 1,000 to 1,000,000 jobs
quality_lines   the labelled lines of our own writing, and quality_set/ that holds them
quality_readers the second reader of two held sets, beside the first and the program
real_texts      our text functions as the scoring of real texts asks for them
fit             fits the shipped weights; not a measurement
fit_pairs       fits what tells the same fact from progress
margins         the support vectors it fits, and
regression      the regression
feature         how both write down what they fitted
"""
