"""Every dimension, by the topic that it belongs to: a topic is a file of declarations."""

from reference_engine.semantics import (
    faults_of_array_rules,
    faults_of_elementwise_rules,
    faults_of_passes,
    faults_of_variables,
    gradients,
    graph,
    kinks,
    masks,
    singular,
    ties,
    values,
)
from reference_engine.semantics.dimension import Dimension

TOPICS: dict[str, tuple[Dimension, ...]] = {
    "gradients": gradients.DIMENSIONS,
    "graph": graph.DIMENSIONS,
    "values": values.DIMENSIONS,
    "ties": ties.DIMENSIONS,
    "kinks": kinks.DIMENSIONS,
    "masks": masks.DIMENSIONS,
    "singular": singular.DIMENSIONS,
    "faults_of_passes": faults_of_passes.DIMENSIONS,
    "faults_of_variables": faults_of_variables.DIMENSIONS,
    "faults_of_elementwise_rules": faults_of_elementwise_rules.DIMENSIONS,
    "faults_of_array_rules": faults_of_array_rules.DIMENSIONS,
}
"""The dimensions by topic: the name of the file that declares them."""

DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension for dimensions in TOPICS.values() for dimension in dimensions
}
"""The dimensions by name."""
