"""The model in Chainer."""

import chainer.functions as F  # noqa: N812  as its documentation has it
import numpy as np


def loss(x, w):
    return F.mean(F.tanh(F.matmul(x, w)) ** 2)


def outputs(x, w):
    logits = F.matmul(x, w)
    return {
        "logits": logits,
        "probabilities": F.softmax(logits),
        "best": F.argmax(logits, axis=-1).array.astype(np.int64),
    }


def largest(x):
    return F.max(x)


def unconnected(x, w):
    return F.sum(x * x)


def deep(x, w):
    for _ in range(12):
        x = F.tanh(F.matmul(x, w))
    return x
