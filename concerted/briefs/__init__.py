"""The chair’s brief of a meeting to come, and the prompts that go with its items."""
