"""The monitor's pages: who is in published studies, and how that is counted."""
