"""What is taken away: data files, tables, workbooks, calendars, feeds, quiz results, packages for learning platforms.

What may enter: a function that returns bytes or rows and writes nothing. Records and pages flow in; files by their names flow out.
"""
