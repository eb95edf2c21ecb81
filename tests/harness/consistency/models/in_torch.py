"""A small model in PyTorch, and mistakes that people make when they move one."""

import torch


def loss(x, w):
    return torch.mean(torch.tanh(x @ w) ** 2)


def summed(x, w):
    return torch.sum(torch.tanh(x @ w) ** 2)


def transposed(x, w):
    return torch.mean(torch.tanh(x @ w.T) ** 2)


def detached(x, w):
    return torch.mean(torch.tanh(x @ w).detach() * torch.tanh(x @ w))


def outputs(x, w):
    logits = x @ w
    return {"logits": logits, "probabilities": torch.softmax(logits, -1), "best": torch.argmax(logits, -1)}


def largest(x):
    return torch.amax(x)


def unconnected(x, w):
    return torch.sum(x * x)


def deep(x, w):
    for _ in range(12):
        x = torch.tanh(x @ w)
    return x


def refused(x, w):
    raise ValueError("not so")


def nothing(x, w):
    return 1.0
