import numpy as np

from reference_engine import Variable, sgd_step


def test_sgd_steps_downhill_in_place() -> None:
    """Seed 003, the variant that is right."""
    x = Variable(np.array(1.0))
    memory = x.value
    (x**2).backward()
    sgd_step([x], 0.1)
    assert 0.8 == memory == x.value
