"""What the drivers share; each of them is tested in its framework."""

import ast
from pathlib import Path

import numpy as np
import pytest

from harness.adapters import ADAPTERS
from harness.consistency import drivers
from harness.consistency.functions import _IMPORTS


@pytest.mark.parametrize("sizes", [[1], [3], [4, 1, 130], [1000]])
def test_no_cotangent_occurs_twice(sizes):
    weights = drivers.default_cotangents(sizes)
    numbers = np.concatenate(weights)
    assert sizes == [weight.size for weight in weights]
    assert sum(sizes) == len(set(numbers.tolist()))
    assert (numbers >= 1).all()
    assert (numbers < 2).all()


def test_a_single_output_has_the_cotangent_one():
    assert [1.0] == drivers.default_cotangents([1])[0].tolist()


def test_cotangents_of_a_thousand_elements_are_exact_in_float16():
    (numbers,) = drivers.default_cotangents([1000])
    assert np.array_equal(numbers, numbers.astype(np.float16))


def test_the_file_is_python_3_6_and_imports_no_framework():
    tree = ast.parse(Path(drivers.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {"importlib", "numpy"} == imported


def test_each_framework_has_an_adapter_and_its_imports():
    assert set(drivers.DRIVERS) <= set(ADAPTERS)
    assert set(drivers.DRIVERS) == set(_IMPORTS)
