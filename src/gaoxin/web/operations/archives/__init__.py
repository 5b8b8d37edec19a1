"""Archives of a whole ledger (备份文件): what is in one, how it is written, checked and opened again."""
