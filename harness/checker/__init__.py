"""The checker: compares what an environment observed with the reference, and says what explains a difference.

`compare` is about two observations, `predict` asks the reference engine what a set of conventions would give, `judge`
puts the two together into a Verdict.
"""

from harness.checker.judge import Judge

__all__ = ["Judge"]
