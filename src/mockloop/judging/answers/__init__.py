"""The judge of spoken and written answers: a question and an answer in, a grade with quotes out. No model, no network.

Pure functions over text: the same answer gets the same mark, to the last digit, on every machine.
"""
