"""The forward plan of a body: what is to come to it, when, and why."""
