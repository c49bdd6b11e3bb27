"""What HR finds in its heaps: mails, exports, pictures and reports read into submissions, each kind by a file of its own.

Files flow in, each read in a process with a limit of time and memory; arrivals flow out, which say where they were found. Nothing is decided here.
"""
