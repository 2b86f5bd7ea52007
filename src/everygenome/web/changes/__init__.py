"""What changed from one release to another, as pages and as feeds."""
