"""Calls for papers and for comments on them: asked, received, approved, published, answered."""
