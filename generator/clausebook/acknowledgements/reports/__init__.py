"""Reports: from how everybody stands to the figures that HR looks at, as tables, workbooks and a dashboard of one file.

Standings and people flow in; one Report, worked out once, flows out, and from it every form that it is shown in. Nothing is written here.
"""
