"""Programs that nobody thought of, made from the same declarations as the catalogue.

A grammar (`write_program`) asks for one whole number after another (`Choices`): from a pseudo-random generator, which
is fast, or from Hypothesis, which shrinks.
"""

from harness.generation.choices import Choices, Drawn
from harness.generation.grammar import COMPANY, Grammar
from harness.generation.programs import choices_of, program_of, write_program

__all__ = ["COMPANY", "Choices", "Drawn", "Grammar", "choices_of", "program_of", "write_program"]
