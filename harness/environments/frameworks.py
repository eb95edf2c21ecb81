"""The frameworks that crossgrad looks for in an interpreter, and the distributions that bring them."""

# Every distribution brings the import package of the framework's name.
DISTRIBUTIONS: dict[str, tuple[str, ...]] = {
    "torch": ("torch",),
    "tensorflow": (
        "tensorflow",
        "tensorflow-cpu",
        "tensorflow-gpu",
        "tensorflow-macos",
        "tensorflow-intel",
        "tensorflow-cpu-aws",
        "tf-nightly",
        "tf-nightly-cpu",
    ),
    "chainer": ("chainer",),
    "jax": ("jax",),
    "autograd": ("autograd",),
    "mygrad": ("mygrad",),
}
