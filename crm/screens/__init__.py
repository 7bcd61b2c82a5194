"""Staff pages of the customer side."""
