"""What Wagtail must not do with accounts."""

from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

# Bulk actions find accounts by number in the address, customers' and applicants' among them, and write past the acts
# of this app. Without a model they are registered for nothing, and their addresses answer «not found».
UserBulkAction.models = []
