"""The mathematics, one method to a file: no Django, no files, no clock, no globals."""

from wayforward.methods._arrays import Amounts, Floats

__all__ = ["Amounts", "Floats"]
