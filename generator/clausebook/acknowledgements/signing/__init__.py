"""What a line says and whether it is genuine: keys, personal links, receipts, countersigned lines. Nothing is read or written."""
