"""How fast Concerted is, beside what one would pick instead: `python -m bench`."""
