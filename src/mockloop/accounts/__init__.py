"""Who is there: users, sign-up, logins, tokens and cookies, and the guard against other sites' requests."""
