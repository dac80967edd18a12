"""What arises at a meeting from earlier ones: minutes raised again, open actions, slips."""
