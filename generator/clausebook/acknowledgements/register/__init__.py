"""The chained entries of who was asked what and who signed it: written, read, replayed into standings, and proved whole."""
