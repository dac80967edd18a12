"""Who is expected at a meeting, who comes, and whether the body can decide then."""
