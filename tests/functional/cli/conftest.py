"""Run the command line as a user does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from everygenome.__main__ import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: exit code, standard output, standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return int(end.value.code or 0), out, err

    return call


@pytest.fixture(scope="session")
def gnomad(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Parts of chromosomes 1 and X of gnomAD v4.0 exomes, prepared."""
    return _prepared(test_data, tmp_path_factory, "exomes v4.0", "*38__v4.0__*-exomes.*.vcf.gz")


@pytest.fixture(scope="session")
def gnomad_genomes(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of chromosome 1 of gnomAD v4.0 genomes, prepared."""
    return _prepared(test_data, tmp_path_factory, "genomes", "*38__v4.0__*-genomes.1.vcf.gz")


@pytest.fixture(scope="session")
def gnomad_37(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of chromosome 1 of gnomAD v2.1 exomes, prepared: on the earlier build."""
    return _prepared(test_data, tmp_path_factory, "older", "*37__v2.1__*-exomes.1.vcf.gz")


def _prepared(
    test_data: Path, tmp_path_factory: pytest.TempPathFactory, name: str, files: str
) -> Path:
    from everygenome.sources.variation.preparing.prepare import prepare

    out = tmp_path_factory.mktemp("frequencies") / name
    prepare(sorted((test_data / "variants" / "gnomad_vcf").glob(files)), out)
    return out
