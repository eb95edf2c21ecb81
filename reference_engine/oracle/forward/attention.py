"""Layers in which operands weigh each other, and one that does nothing when it is looked at."""

from operator import mul

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Balls
from reference_engine.oracle.forward.matrices import matmul
from reference_engine.oracle.forward.reductions import softmax
from reference_engine.oracle.forward.table import for_each, forward
from reference_engine.oracle.forward.windows import sum_of_products
from reference_engine.oracle.working import Working


@forward("scaled_dot_product_attention")
def scaled_dot_product_attention(query: Balls, key: Balls, value: Balls, *, scale: float) -> Balls:
    scores = for_each(f"scaled {scale}", lambda x: x * arb(scale), matmul(query, np.swapaxes(key, -1, -2)))
    return matmul(softmax(scores), value)


@forward("bilinear")
def bilinear(left: Balls, right: Balls, weight: Balls) -> Balls:
    result = np.empty((left.shape[0], weight.shape[0]), object)
    for row, output in np.ndindex(*result.shape):
        pairs = [
            (Working.current.computed("multiply", mul, (left[row, i], right[row, j])), weight[output, i, j])
            for i, j in np.ndindex(*weight.shape[1:])
        ]
        result[row, output] = sum_of_products(pairs)
    return result


@forward("dropout")
def dropout(x: Balls, *, rate: float = 0.0, training: bool = True) -> Balls:
    return x
