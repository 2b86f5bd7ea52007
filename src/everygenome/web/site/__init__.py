"""What every room of the web site shares: open releases, prepared answers, state, one design."""
