"""The pytest fixture `assert_consistent`."""

import pytest

# Before pytester notes which modules are loaded, and unloads the others after each test: NumPy cannot be loaded twice.
import harness.consistency  # noqa: F401

pytestmark = pytest.mark.slow


def test_a_test_that_fails_shows_the_message_and_no_line_of_ours(pytester):
    pytester.makepyfile(
        """
        import numpy as np

        def test_gradients(assert_consistent):
            functions = {"reference": lambda g, x: g.max(x), "torch": 1}
            assert_consistent(functions, [np.ones(2)])
        """
    )
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*harness.errors.UsageError: the function of torch is 1; give a function, or *"])
    result.stdout.no_fnmatch_line("*consistency.py*")
