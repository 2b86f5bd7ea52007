"""Pictures, sound and film of stories: cleaned of what would give people away, and kept sealed."""
