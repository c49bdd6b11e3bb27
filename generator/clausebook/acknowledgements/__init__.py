"""Acknowledgement: who is asked, what they signed and when, and how to prove it; all of it on HR's own machine.

What may enter: whatever names people; the only room that writes HR's desk. It knows the rooms above it, and none of them knows it.
Within it imports run one way: signing, desk, register, campaigns, inbox, reports, evidence, privacy.
"""
