"""The model in TensorFlow."""

import tensorflow as tf


def loss(x, w):
    return tf.reduce_mean(tf.tanh(x @ w) ** 2)


def outputs(x, w):
    logits = x @ w
    return {"best": tf.argmax(logits, -1), "logits": logits, "probabilities": tf.nn.softmax(logits)}


def largest(x):
    return tf.reduce_max(x)


def unconnected(x, w):
    return tf.reduce_sum(x * x)


def deep(x, w):
    for _ in range(12):
        x = tf.tanh(x @ w)
    return x
