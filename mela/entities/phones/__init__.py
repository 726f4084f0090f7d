"""Phone numbers, and whether one can dial them for free."""

from mela.entities.phones.finder import Phone, PhoneFinder

__all__ = ["Phone", "PhoneFinder"]
