"""Small values every package may use: no Django, nothing of ours below."""
