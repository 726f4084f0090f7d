"""URLs: with scheme, with ``www.``, as a bare host, and under the common disguises."""

from mela.entities.urls.finder import Url, UrlFinder

__all__ = ["Url", "UrlFinder"]
