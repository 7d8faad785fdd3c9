"""The findings of the options: what they are, when and at what risk, and whether they may and can be done."""

from wayforward.options.findings import choices, designs, fit, risks, timing

__all__ = ["choices", "designs", "fit", "risks", "timing"]
