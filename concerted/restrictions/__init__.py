"""Restrictions: what is closed or hidden, who may see it, why, and whose it is."""
