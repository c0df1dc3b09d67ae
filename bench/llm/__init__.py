"""What we add to a language model's own time, and what a turn is made of: `python -m bench.llm`."""
