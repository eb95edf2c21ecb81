"""The oracle: what the derivative is, by a route that trusts no derivative rule.

It evaluates forward functions only, in arbitrary-precision ball arithmetic, at the point and at one-sided steps of
about 2^-100 along directions. So it knows the derivative to 25 digits and more where there is one; where there is none
it knows the slopes on either side, and so which answers are subgradients and which are not.

    from reference_engine.oracle import Applied, Function, Leaf, Question, Tolerance, Truth, judge

    leaf = Leaf("x", np.array([1.0, 1.0, 0.0]), "float64")
    question = Question(Function((leaf,), (Applied("y", "max", ("x",)),)), "x", (("y", None),))
    judge(Truth(question), np.array([1.0, 1.0, 0.0]), "float64", Tolerance(ulps=0))

says `wrong`: a step along (1, 1, 0) changes f by 1 per unit; the reported gradient says 2. `forward` holds the ops,
`evaluation` a function's values, `slopes` the one-sided derivatives, `truth` what they amount to, `judgement` the
answer. Nothing of the engine's own ops or derivatives is used here.
"""

from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.function import Applied, Differentiated, Function, Leaf, Question
from reference_engine.oracle.judgement import Judgement, Mathematics, Tolerance, judge
from reference_engine.oracle.slope import Slope
from reference_engine.oracle.slopes import Direction, Slopes
from reference_engine.oracle.truth import Sides, Truth

__all__ = [
    "Applied",
    "Differentiated",
    "Direction",
    "Function",
    "Judgement",
    "Leaf",
    "Mathematics",
    "OutOfReach",
    "Question",
    "Sides",
    "Slope",
    "Slopes",
    "Tolerance",
    "Truth",
    "Uncertain",
    "judge",
]
