"""Opinions of language models on answers: asked for while the conversation goes on, kept, and asked for once."""
