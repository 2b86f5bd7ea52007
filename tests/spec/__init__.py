"""How everygenome counts: a specification that runs.

A folder is a chapter, a file a section, and a test a paragraph: `title` is the section's
heading, the docstrings are the text, and `examples` prints nothing that was not checked.
"""
