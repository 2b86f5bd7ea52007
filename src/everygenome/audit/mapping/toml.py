"""Texts and keys as TOML writes them."""

import json


def toml_text(value: str) -> str:
    """A text as TOML writes it.

    Example:
        >>> print(toml_text('say "x"\\n'))
        "say \\"x\\"\\n"
    """
    # TOML escapes what JSON does, and DEL as well.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_key(name: str) -> str:
    """A key as TOML writes it: bare where it can be.

    Example:
        >>> toml_key("super_pop"), toml_key("Population name")
        ('super_pop', '"Population name"')
    """
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else toml_text(name)
