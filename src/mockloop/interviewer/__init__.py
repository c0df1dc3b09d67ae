"""What to say next: the port, and the built-in interviewer that needs no key and no network."""
