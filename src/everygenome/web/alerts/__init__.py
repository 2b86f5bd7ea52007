"""Alerts by e-mail: tell me when a new release changes this."""
