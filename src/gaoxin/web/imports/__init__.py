"""From an uploaded workbook to one batch in the ledger, or nothing at all (导入)."""
