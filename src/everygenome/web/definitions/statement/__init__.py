"""The builder of diverse data statements: a worksheet in, a statement out, nothing stored."""
