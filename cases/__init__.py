"""The catalogue: one file per topic. A file of one's own looks the same and runs the same: `crossgrad run FILE.py`.

Five articles that it started from, retold in docs/articles.md, are the `source` of the cases that come from them.
"""

SEED_000 = "seed 000: a surprising trap in NumPy's +="
SEED_001 = "seed 001: float() makes differentiation stop"
SEED_002 = "seed 002: gradients with Chainer, a supplement"
SEED_003 = "seed 003: GradientTape, frightening in truth"
SEED_004 = "seed 004: why sum makes differentiation possible"

ARTICLES = (SEED_000, SEED_001, SEED_002, SEED_003, SEED_004)
