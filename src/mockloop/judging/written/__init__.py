"""Feedback in a language model's words beside the scorecard: on each answer, with a revised one, and on the session."""
