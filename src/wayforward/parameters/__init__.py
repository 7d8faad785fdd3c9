"""Dated editions of what no exercise owns, and templates that an exercise copies once."""

from wayforward.parameters.edition import Edition, editions, load
from wayforward.parameters.table import Table
from wayforward.parameters.template import Template, template, templates

__all__ = ["Edition", "Table", "Template", "editions", "load", "template", "templates"]
