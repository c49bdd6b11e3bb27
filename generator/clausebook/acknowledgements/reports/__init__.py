"""Reports: from how everybody stands to the figures that HR looks at, as tables. Pure functions; nothing is written here."""
