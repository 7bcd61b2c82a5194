"""Pure rules: functions of what they are given and of the day. Nothing here reads a clock or a database."""
