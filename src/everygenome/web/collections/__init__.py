"""Collections: entries that many people add to; list, search, history and files for each kind."""
