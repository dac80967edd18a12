"""One file for each way in which minutes are laid out; each brings lines to a Draft."""
