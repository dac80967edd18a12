"""Mail that waits to go, and one-time links: what tells people that something waits for them."""
