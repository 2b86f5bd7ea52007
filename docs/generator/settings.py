"""Settings, as the module's own table has them."""

import inspect

from everygenome import settings as module
from generator.text import docstring

FOR_TESTS = {
    "EVERYGENOME_TEST_DATA": "folder of real catalogue files",
    "EVERYGENOME_REQUIRE_TEST_DATA": "1 makes their absence a failure",
    "EVERYGENOME_CHROMIUM": "path of Chromium, if not `/usr/bin/chromium`",
    "EVERYGENOME_REQUIRE_BROWSER": "1 makes its absence a failure",
    "EVERYGENOME_TEST_POSTGRES": "address of a PostgreSQL database that tests may write to",
}


def body() -> str:
    """The table of the settings, checked against the fields, and the variables of the tests."""
    text = docstring(module)
    prefix = str(module.Settings.model_config["env_prefix"])
    for name, field in module.Settings.model_fields.items():
        variable = str(field.validation_alias or f"{prefix}{name.upper()}")
        if f"| {variable} |" not in text:
            raise SystemExit(f"The docstring of {inspect.getfile(module)} lacks {variable}.")
    tests = "\n".join(f"| {name} | {meaning} |" for name, meaning in FOR_TESTS.items())
    return f"{text}\n\n## For the tests\n\n| variable | meaning |\n|---|---|\n{tests}"
