"""Pages of the account: sign-in, second factor, confirming again, security."""
