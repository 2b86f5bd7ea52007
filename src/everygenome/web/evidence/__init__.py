"""Evidence: claims with their numbers, and published figures beside those of today."""
