# Daily commands: `uv run just NAME`; `uv run just` lists them.

_list:
    @just --list --unsorted

# Run the tests; extra words go to pytest, such as `tests/spec`.
test *words:
    uv run pytest {{ words }}

# Look for mistakes, and for what is not formatted.
lint:
    uv run ruff check
    uv run ruff format --check

# Format the code.
format:
    uv run ruff check --fix
    uv run ruff format

# Check types.
types:
    uv run mypy

# Check the walls between rooms.
walls:
    uv run lint-imports

# Write docs/reference anew from the code.
docs:
    uv run python docs/generate.py

# Open the web site; extra words go to it, such as `--port 8001`.
serve *words:
    uv run everygenome serve {{ words }}

# Time the start of the command line; benchmarks/README.md has the others.
bench:
    uv run python benchmarks/bench_start.py

# Everything that must pass before a change is merged (as root, on Debian 12).
ci:
    .ci/run
