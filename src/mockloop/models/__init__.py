"""Which language models speak for a user, and what they use: own providers, budgets, the ledger of calls.

A layer of its own above accounts: interviewer and judge both spend from one budget, and neither may see the other.
"""
