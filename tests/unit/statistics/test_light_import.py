"""Importing the package alone loads no numerics: `everygenome --help` stays quick."""

import subprocess
import sys


def test_importing_the_package_loads_neither_numpy_nor_scipy():
    code = "import sys, everygenome.statistics; print({'numpy', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
