"""What is decided of each arrival: accepted, a duplicate, held for somebody in HR, or rejected; with reason and next step.

An arrival and what is known flow in; a Decision flows out. Nothing is read or written.
"""
