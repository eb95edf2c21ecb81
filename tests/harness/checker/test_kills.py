"""The kill table."""

from harness import case
from harness.checker.kills import Kill, kills


@case("topic/subtraction", title="A minus that may be forgotten")
def subtraction(g):
    a = g.input("a", 3.0)
    b = g.input("b", 5.0)
    g.backward(a - b)
    g.observe("b.grad", b.grad, expected=-1.0)


@case("topic/subtraction_and_more", title="A minus and a factor that may be forgotten")
def subtraction_and_more(g):
    a = g.input("a", 3.0)
    b = g.input("b", 5.0)
    g.backward((a - b) ** 2)
    g.observe("b.grad", b.grad, expected=4.0)


def caught(*cases):
    return {(kill.dimension, kill.fault): kill.cases for kill in kills(cases)}


def test_a_case_that_answers_otherwise_with_a_mistake_catches_it():
    table = caught(subtraction)

    assert ("topic/subtraction",) == table["subtract_rule", "sign_forgotten"]
    assert () == table["pow_rule", "factor_forgotten"]


def test_the_smallest_case_stands_first():
    table = caught(subtraction_and_more, subtraction)

    assert ("topic/subtraction", "topic/subtraction_and_more") == table["subtract_rule", "sign_forgotten"]
    assert ("topic/subtraction_and_more",) == table["pow_rule", "factor_forgotten"]


def test_a_kill_knows_its_mistake_and_counts_by_topic():
    kill = Kill("subtract_rule", "sign_forgotten", ("rules/a", "rules/b", "double_use/a"))

    assert "`gx2 = -gy`" == kill.of.instead
    assert {"rules": 2, "double_use": 1} == kill.topics
