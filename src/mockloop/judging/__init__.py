"""What a session is worth: evidence, marks and the scorecard. The judge never speaks in the room."""
