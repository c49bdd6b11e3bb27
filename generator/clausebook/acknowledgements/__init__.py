"""Acknowledgement: who is asked, what they signed and when, and how to prove it; all of it on HR's own machine."""
