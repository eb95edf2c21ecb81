"""Everything that crossgrad raises on purpose.

    CrossgradError              one message for a person: what, where, what to do
    +-- UsageError              the caller asked for something that does not exist
    |   +-- CaseError           a case, or the file it stands in, cannot be used
    |   +-- ProgramError        a program says something that a program may not say
    |   +-- ResultsError        a results file cannot be read
    +-- EnvironmentProblem      an interpreter, a framework, the disk or the network is not there
    +-- Unsupported             a framework has no way to say a step; carries the reason

The command turns a CrossgradError into its message on stderr and exit code 2, never into a traceback.
"""


class CrossgradError(Exception):
    """The base of the tree; `str(error)` is what the user reads."""


class UsageError(CrossgradError):
    """The caller asked for something that does not exist."""


class CaseError(UsageError):
    """A case, or the file it stands in, cannot be used."""


class ProgramError(UsageError):
    """A program says something that a program may not say."""


class ResultsError(UsageError):
    """A results file cannot be read."""


class EnvironmentProblem(CrossgradError):
    """An interpreter, a framework, the disk or the network is not there."""


class Unsupported(CrossgradError):
    """A framework has no way to say a step."""
