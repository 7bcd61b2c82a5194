"""What the customer side holds about people, why, and for how long (N4, N17 to N25, N33 to N35, N54 to N59).

A contact runs on one clock, 24 months since the last dealings (N55). Who has left a company goes 90 days later (T11):
`clock_starts_on` is then set back by `rules.contact_clock_start`, so that one clock tells both. What the company itself
buys or asks moves it on for who is marked as working there, 42 months after their own last dealings at the most.

Orders and deliveries leave the account 42 months after the purchase (N58). The invoice carries copies of all it must
say and stays alone, in the restricted archive, until five years after its accounting year; the packing slip of what
was sent until three and a half years after it, or as long as the invoice that refers to it (L38, T12 to T14).
"""

from crm.personal_data import activities, people, trade

__all__ = ["activities", "people", "trade"]
