"""Random filters: made of terms that exist, or of anything a filter can ask for."""

from collections.abc import Sequence

from hypothesis import strategies as st

from storage.filtering import Both, Either, Expression, Not, Term, Word


def some_filter(terms: Sequence[str]) -> st.SearchStrategy[str]:
    """One term, or several joined by `and`, `or`, `not` and brackets."""

    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        both = st.tuples(inner, st.sampled_from([" ", " and ", " or "]), inner)
        return both.map(lambda parts: f"({parts[0]}{parts[1]}{parts[2]})") | inner.map(
            lambda part: f"not {part}"
        )

    return st.recursive(st.sampled_from(list(terms)), joined, max_leaves=5)


_TEXTS = st.text(st.characters(blacklist_characters='"'), min_size=1, max_size=8)
_WORDS = _TEXTS.map(lambda text: Word(text=text))
_TERMS = st.builds(
    Term,
    field=st.from_regex("[a-z_]{1,6}", fullmatch=True),
    operator=st.sampled_from([":", "!=", ">", ">=", "<", "<="]),
    values=st.lists(_TEXTS, min_size=1, max_size=3).map(tuple),
)
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    _WORDS | _TERMS,
    lambda inner: (
        st.builds(Not, of=inner)
        | st.builds(Both, left=inner, right=inner)
        | st.builds(Either, left=inner, right=inner)
    ),
    max_leaves=6,
)
"""Whatever a filter can ask for."""


def written(expression: Expression) -> str:
    """An expression as somebody would type it who leaves nothing to chance."""
    match expression:
        case Word(text=text):
            return f'"{text}"'
        case Term(field=field, operator=operator, values=values):
            return field + operator + ",".join(f'"{value}"' for value in values)
        case Not(of=inner):
            return f"not ({written(inner)})"
        case Both(left=left, right=right):
            return f"({written(left)}) and ({written(right)})"
        case Either(left=left, right=right):
            return f"({written(left)}) or ({written(right)})"
