"""Modes: what a language model is told, what it sees, what it returns and what is checked, written as files.

A mode is a Markdown file beside the code that asks. `document` divides such a file, `template` fills it in, `fencing`
keeps material apart from instructions, `wording` says what no text of a model may hold.
"""
