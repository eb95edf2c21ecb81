"""The model in JAX."""

import jax
import jax.numpy as jnp


def loss(x, w):
    return jnp.mean(jnp.tanh(x @ w) ** 2)


def outputs(x, w):
    logits = x @ w
    return {"logits": logits, "probabilities": jax.nn.softmax(logits), "best": jnp.argmax(logits, -1)}


def largest(x):
    return jnp.max(x)


def unconnected(x, w):
    return jnp.sum(x * x)


def deep(x, w):
    for _ in range(12):
        x = jnp.tanh(x @ w)
    return x
