"""Agreeing, deciding and signing: approvals, the notice, the frozen bundle, and proof that nothing was changed."""
