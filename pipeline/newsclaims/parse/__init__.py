"""Clean view -> its `Tokens`: the model and where it lies, the parser, and the parses kept."""
