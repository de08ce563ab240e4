"""What a seal costs in a store that tests copy."""

from storage.people.keys import Cost

CHEAP = Cost(n=2**4, r=8, p=1)
"""The scrypt cost of a seal that is opened many times in a test run."""
