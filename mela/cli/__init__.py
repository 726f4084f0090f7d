"""The ``mela`` command: one module a verb."""

from mela.cli.command import main

__all__ = ["main"]
