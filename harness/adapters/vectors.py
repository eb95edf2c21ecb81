"""Vectors that are defined up to a sign, with one that is the same in all frameworks."""


def columns_forward(where: str, matrix: str) -> str:
    """A template of a matrix whose columns are turned, so that no first component is negative.

    `where` is the framework's function of that name, `matrix` a template. The condition is a constant to
    differentiation.
    """
    return f"(lambda v: {where}(v[..., :1, :] < 0, -v, v))({matrix})"


def rows_forward(where: str, matrix: str) -> str:
    """The same for rows."""
    return f"(lambda v: {where}(v[..., :1] < 0, -v, v))({matrix})"
