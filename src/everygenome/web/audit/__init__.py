"""The audit as a page: counts in, an audit out; nothing is stored."""
