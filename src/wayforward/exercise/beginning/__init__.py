"""Beginning an exercise: from its terms of reference and a template to registers that people fill."""
