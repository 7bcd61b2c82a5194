"""The database itself refuses to change what an invoice says (N25, L38): triggers for SQLite and PostgreSQL.

Who issued it, and the key of an order that has left the account, may become empty; nothing else changes.
"""

FIRST = (
    "kind",
    "number",
    "order_number",
    "corrects_number",
    "issued_on",
    "due_on",
    "buyer_name",
    "buyer_number",
    "buyer_attention",
    "billing_address",
    "lines",
    "net",
    "vat",
    "total",
    "currency",
)
LOCKED = (*FIRST, "slips")

_SQLITE = """
CREATE TRIGGER crm_invoice_locked BEFORE UPDATE OF {columns} ON crm_invoice
BEGIN SELECT RAISE(ABORT, 'crm_invoice: an issued invoice is not changed'); END;
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION crm_invoice_refuse() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'crm_invoice: an issued invoice is not changed' USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER crm_invoice_locked BEFORE UPDATE OF {columns} ON crm_invoice
FOR EACH ROW EXECUTE FUNCTION crm_invoice_refuse();
"""


def add(apps, schema_editor, columns=FIRST):
    """Migration step: put the trigger on the table, over these columns."""
    trigger = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
    schema_editor.execute(trigger.format(columns=", ".join(f'"{name}"' for name in columns)), params=None)


def remove(apps, schema_editor):
    """Migration step backwards."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER crm_invoice_locked", params=None)
    else:
        schema_editor.execute("DROP TRIGGER crm_invoice_locked ON crm_invoice", params=None)
        schema_editor.execute("DROP FUNCTION crm_invoice_refuse()", params=None)
