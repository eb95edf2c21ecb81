"""Whether somebody's functions, written in several frameworks, give the same values and gradients.

    from harness import assert_consistent

    assert_consistent({"torch": f, "tensorflow": "models.old:g"}, inputs=[x, w])

`asked` is what is asked, `functions` who answers, `drivers` how frameworks differentiate; `traced_reference` and
`engine_reference` are functions of the reference engine, of which one can ask more. `inquiry` compares, `differences`
are what it finds, `rounding` is what rounding explains where no bounds are derived, `conventions` what explains the
rest, `telling` the message. docs/consistency.md is the page for users.
"""

from harness.consistency.consistency import Consistency, assert_consistent

__all__ = ["Consistency", "assert_consistent"]
