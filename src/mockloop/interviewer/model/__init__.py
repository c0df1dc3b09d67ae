"""The interviewer that speaks through a language model, within what the built-in interviewer finds is due.

`interviewer` takes a turn: `context` packs what the model sees by the rules of a mode (`modes`), `guard` reads every
sentence before it is shown, `actions` reads what the model wants to do besides talking.
"""
