"""Pages over several domains: home, the trail."""
