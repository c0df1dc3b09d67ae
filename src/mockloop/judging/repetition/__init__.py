"""What to practise next, and when: spaced repetition of questions, and the criterion that is weakest of late."""
