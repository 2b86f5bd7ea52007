"""The place where a list goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.errors import UsageError
from everygenome.queries.measures import study_cursor


@given(st.tuples(st.text(), st.integers()), st.text())
def test_it_comes_back_in_its_own_list_only(of: tuple[str, int], accession: str) -> None:
    cursor = study_cursor.written(of, accession)
    assert study_cursor.read(of, cursor) == accession
    with pytest.raises(UsageError, match="another list"):
        study_cursor.read((*of, "more"), cursor)


@given(st.text())
def test_any_other_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        study_cursor.read("list", text)
    assert caught.value.remedy
