"""The examples in the modules of the web site run: Django has to be set up for them."""

import doctest
import importlib
import pkgutil

import pytest

pytestmark = [pytest.mark.usefixtures("django"), pytest.mark.slow]


def test_every_example_runs():
    import everygenome.web as web

    finder, tried = doctest.DocTestFinder(exclude_empty=True), 0
    for found in pkgutil.walk_packages(web.__path__, "everygenome.web."):
        # Each of these sets something up for a process of its own.
        if found.name.endswith((".wsgi", ".migrations")) or ".migrations." in found.name:
            continue
        # `testmod` also runs texts without examples, and looks at every file known so far for each.
        runner = doctest.DocTestRunner()
        for test in finder.find(importlib.import_module(found.name), found.name):
            runner.run(test)
        done = runner.summarize(verbose=False)
        assert done.failed == 0, found.name
        tried += done.attempted
    assert tried >= 20
