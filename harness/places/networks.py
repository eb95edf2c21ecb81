"""Where activation functions change character: at kinks and jumps, and where exponentials are 0 or infinite."""

import math

from harness.places.place import elementwise, ordinary, special, structured

SMOOTH = ordinary((-1.25, 0.5, 2.0))
SATURATED = special(
    "saturated",
    "Far from 0 it is a straight line, whose gradient has to come through exponentials of 0 or infinity",
    (-800.0, -40.0, 40.0, 800.0),
)

structured(
    "softmin",
    ordinary(((0.5, -1.0, 2.0), (1.5, 0.25, -0.75))),
    ordinary(((0.5, -1.0, 2.0), (1.5, 0.25, -0.75)), name="along_axis", axis=0),
    special("far_apart", "Elements far apart have the weights 1 and 0", (1000.0, 0.0, -1000.0)),
    special("of_one", "Of one element the weight is 1, and the gradient 0", ((2.0,), (3.0,))),
)
structured(
    "glu",
    ordinary(((0.5, -1.0, 2.0, 0.25), (1.5, 0.25, -0.75, -1.25))),
    ordinary(((0.5, -1.0, 2.0), (1.5, 0.25, -0.75)), name="along_axis", axis=0),
    special("saturated", "A gate that is 0 or 1 has the gradient 0", (1.5, -2.5, -800.0, 800.0)),
    special("no_elements", "Halves of an axis without elements have none", ((), ())),
)

elementwise(
    "leaky_relu",
    ordinary((-1.25, 0.5, 2.0), negative_slope=0.25),
    special("zero", "At 0 it has the slope of either side", (0.0, -0.0), negative_slope=0.25),
    special("no_slope", "With a slope of 0 it is relu", (-2.0, 0.0, 3.0), negative_slope=0.0),
    special("falling", "With a negative slope it is positive on both sides", (-2.0, 0.0, 3.0), negative_slope=-0.5),
)
structured(
    "prelu",
    ordinary(((-1.25, 0.5, -2.0), (0.75, -1.5, 2.0)), (0.25, 0.5, -0.5)),
    ordinary((((-1.25, 0.5), (-2.0, 1.0)), ((0.75, -1.5), (2.0, -0.25))), (0.25, -0.5), name="channels"),
    special("zero", "At 0 it has the slope of either side", ((0.0, -0.0), (-1.0, 1.0)), (0.25, 0.5)),
)
elementwise(
    "elu",
    SMOOTH,
    ordinary((-1.25, 0.5, 2.0), name="scaled", alpha=1.5),
    special("zero", "At 0 there is no kink where alpha is 1", (0.0, -0.0)),
    special("kink", "At 0 there is a kink where alpha is not 1", (0.0, -0.0), alpha=2.0),
    SATURATED,
)
elementwise("selu", SMOOTH, special("zero", "At 0 it has the slope of either side", (0.0, -0.0)), SATURATED)
elementwise(
    "celu",
    SMOOTH,
    ordinary((-1.25, 0.5, 2.0), name="scaled", alpha=1.5),
    special("zero", "At 0 there is no kink, whatever alpha is", (0.0, -0.0), alpha=2.0),
    SATURATED,
)
elementwise("relu6", SMOOTH, special("bounds", "At 0 and at 6 there is a kink", (0.0, 6.0, -1.0, 7.0)))
elementwise(
    "hard_tanh", ordinary((-1.5, -0.25, 0.75, 2.0)), special("bounds", "At -1 and 1 there is a kink", (-1.0, 1.0))
)
elementwise(
    "hard_sigmoid",
    ordinary((-4.0, -1.25, 0.5, 3.5)),
    special("bounds", "At -3 and 3 there is a kink", (-3.0, 3.0)),
)
elementwise(
    "hard_swish",
    ordinary((-4.0, -1.25, 0.5, 3.5)),
    special("bounds", "At -3 and 3 there is a kink", (-3.0, 3.0)),
    special("lowest", "At -1.5 it has its minimum", (-1.5,)),
)
elementwise(
    "softshrink",
    ordinary((-1.25, 0.25, 2.0)),
    special("bounds", "At -lambd and lambd there is a kink", (-0.5, 0.5)),
    special("without_width", "With lambd 0 it is x, and 0 no kink", (-1.0, 0.0, 1.0), lambd=0.0),
)
elementwise(
    "hardshrink",
    ordinary((-1.25, 0.25, 2.0)),
    special("bounds", "At -lambd and lambd it jumps", (-0.5, 0.5)),
    special("without_width", "With lambd 0 it is x, and 0 no jump", (-1.0, 0.0, 1.0), lambd=0.0),
)
elementwise(
    "threshold",
    ordinary((-1.25, 0.5, 2.0), threshold=0.25, value=-3.0),
    special("jump", "At the threshold it jumps", (0.25,), threshold=0.25, value=-3.0),
    special("kink", "At a threshold that is the value there is a kink", (0.25,), threshold=0.25, value=0.25),
)

elementwise("silu", SMOOTH, SATURATED)
elementwise("mish", SMOOTH, SATURATED)
elementwise("gelu", SMOOTH, SATURATED, special("square", "Where the square overflows it is 0 or x", (-1e200, 1e200)))
elementwise(
    "gelu_tanh",
    SMOOTH,
    SATURATED,
    special("cube", "Where the cube overflows it is 0 or x still", (-1e120, 1e120)),
    special("square", "Where even the square overflows it is 0 or x still", (-1e200, 1e200)),
)
elementwise(
    "softsign",
    SMOOTH,
    special("zero", "At 0 there is no kink, although abs has one", (0.0, -0.0)),
    special("square", "Where the square of 1 + abs(x) overflows its slope is 0", (-1e200, 1e200)),
)
elementwise(
    "tanhshrink",
    SMOOTH,
    special("near_zero", "Near 0 it is the third of the cube, and its slope the square", (-1e-5, 1e-5)),
    SATURATED,
)
elementwise("log_sigmoid", SMOOTH, SATURATED)
elementwise(
    "squareplus",
    SMOOTH,
    ordinary((-1.25, 0.5, 2.0), name="narrow", b=0.25),
    special("far_left", "Far left of 0 it is b / (-4 x), which the formula loses by cancellation", (-1e5, -1e10)),
    special("square", "Where the square overflows it is 0 or x still", (-1e200, 1e200)),
    special("kink", "With b 0 it is relu, and at 0 the slope is 0 / 0", (-1.0, 0.0, 1.0), b=0.0),
)

elementwise("relu", ordinary((-1.25, 0.5, 2.0)), special("zero", "At 0 there is a kink", (0.0, -0.0)))
elementwise("sigmoid", SMOOTH, SATURATED)
elementwise(
    "softplus",
    SMOOTH,
    SATURATED,
    special("threshold", "Around 20 some frameworks call it x, without a threshold it is a little more", (19.5, 20.5)),
)
for _name in ("softmax", "log_softmax"):
    structured(
        _name,
        ordinary(((0.5, -1.0, 2.0), (1.5, 0.25, -0.75))),
        ordinary(((0.5, -1.0, 2.0), (1.5, 0.25, -0.75)), name="along_axis", axis=0),
        special("equal", "Equal elements have equal weights", ((1.5, 1.5, 1.5),)),
        special("far_apart", "Elements far apart have the weights 1 and 0", (1000.0, 0.0, -1000.0)),
        special("far_from_zero", "Large elements near each other share the weight", (1e6, 1e6 + 0.5, 1e6 - 1.0)),
        special("some_minus_infinity", "An element that is masked by -inf has the weight 0", (1.0, -math.inf, 2.0)),
        special(
            "all_minus_infinity", "Where all elements are masked there is no weight to give", (-math.inf, -math.inf)
        ),
        special("infinity", "An element is infinite", (1.0, math.inf)),
        special("of_one", "Of one element the weight is 1, and the gradient 0", ((2.0,), (3.0,))),
        special("no_elements", "No elements have no weights", ((), ())),
    )
