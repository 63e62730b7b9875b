"""The error that every layer raises for wrong usage, in a file that imports nothing heavy."""


class UsageError(ValueError):
    """Inputs, options or files that cannot be meant as they stand. One sentence; exit status 2."""
