"""What a report is handed over as: workbooks, tables, data and a dashboard of one file."""
