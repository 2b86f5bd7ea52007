"""The only door through which web, API and command line read a release."""
