"""The tests mirror the packages; `builders.py` names their data, `conftest.py` opens stores."""
