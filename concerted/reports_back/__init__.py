"""What bodies report to each other: links, returns, shared minutes, questions referred."""
