"""Long work in the background: asked for once, seen to progress, cancelled, and taken up again after a restart."""
