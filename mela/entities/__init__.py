"""The entities of a message: one module per kind, each a finder over clean text."""
