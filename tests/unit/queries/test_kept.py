"""What is kept in memory has bounds."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

from everygenome.queries.kept import Kept


def test_the_newest_are_kept_and_others_made_again() -> None:
    kept, made = Kept(newest=2), count()
    values = [kept.newest(key, lambda: next(made)) for key in "aabacab"]
    # "b" was asked for longest ago when "c" came, so it is made again.
    assert values == [0, 0, 1, 0, 2, 0, 3]


def test_what_is_kept_for_good_is_made_once() -> None:
    kept, made = Kept(newest=1), count()
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda _: kept.always("index", lambda: next(made)), range(100)))
    assert set(values) == {0}
