"""What is decided without asking the database: stages, periods, and what may not be written in a letter."""
