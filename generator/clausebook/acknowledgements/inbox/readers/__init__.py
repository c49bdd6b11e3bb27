"""What HR finds in its heaps: mails, exports, pictures and reports read into arrivals, each kind by a module of its own."""
