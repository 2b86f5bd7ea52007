"""Schemathesis asks what the description allows, and what it does not, of every operation."""

from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

pytestmark = [pytest.mark.slow]
# A valid value can contradict another (years in the wrong order), which no schema can say.
ALLOWED = ["2xx", "404", "422"]
# Names that a release must know: where they are drawn from all texts, nothing else is tried.
NAMES = (
    "release",
    "cursor",
    "after",
    "name",
    *(
        side + name
        for side in ("", "b_")
        for name in ("trait", "trait_parent", "funder", "cohort", "journal")
    ),
)


@pytest.fixture(scope="module")
def described(django, demonstration, seeded):
    """The description, with the site in this process behind it."""
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings

    from everygenome.web.site.releases import SHELF

    with override_settings(STORE=demonstration, API_RATE_LIMIT=0):
        SHELF.forget()
        application = get_wsgi_application()
        config = schemathesis.Config()
        config.projects.default.checks.positive_data_acceptance.expected_statuses = ALLOWED
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)
    SHELF.forget()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_keeps_its_word(described, mode):
    statuses = Counter()
    for found in described.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue

        @given(operation.as_strategy(generation_mode=mode), st.booleans())
        @settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case, known):
            if known and mode is GenerationMode.POSITIVE:
                case.query = {k: v for k, v in (case.query or {}).items() if k not in NAMES}
            # Its client for WSGI does not unpack what is compressed.
            response = case.call(headers={"Accept-Encoding": "identity"})
            case.validate_response(response)
            statuses[response.status_code] += 1

        ask()
    if mode is GenerationMode.POSITIVE:
        assert statuses[200] > 100, statuses
    else:
        assert statuses[422] > 100, statuses
    assert not [status for status in statuses if status >= 500]
