"""The privacy engine: declared once, derived everywhere. Start at docs/architecture.md and privacy/README.md."""
