"""Random filters, made of terms that exist."""

from collections.abc import Sequence

from hypothesis import strategies as st


def some_filter(terms: Sequence[str]) -> st.SearchStrategy[str]:
    """One term, or several joined by `and`, `or`, `not` and brackets."""

    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        both = st.tuples(inner, st.sampled_from([" ", " and ", " or "]), inner)
        return both.map(lambda parts: f"({parts[0]}{parts[1]}{parts[2]})") | inner.map(
            lambda part: f"not {part}"
        )

    return st.recursive(st.sampled_from(list(terms)), joined, max_leaves=5)
