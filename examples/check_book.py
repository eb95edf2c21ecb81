"""What crossgrad has to know of book_engine.py: `crossgrad check examples/check_book.py`."""

import book_engine as book

title = "book_engine"
variable = "book.Variable({array})"
value = "{x}.data"
backward = "{y}.backward()"
seeded_backward = "{y}.grad = {seed}.data\n{y}.backward()"
gradient = "{x}.grad"
clear = "{x}.grad = None"
no_recording = "book.no_grad()"
ops = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "negative": "-{0}",
    "pow": "{0} ** {1}",
    "square": "{0} ** 2",
    "exp": "book.exp({0})",
    "sum": "book.sum({0})",
    "matmul": "book.matmul({0}, {1})",
}
