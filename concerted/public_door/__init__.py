"""The public site: ready pages of what was released, in a database and a process of their own."""
