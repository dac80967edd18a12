"""Business that members and organisations put forward: for an agenda to come, or as urgent."""
