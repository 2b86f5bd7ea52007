"""Toolbox: tools, methods and guidance that make genomics work for more people."""
