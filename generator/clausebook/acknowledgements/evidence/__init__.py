"""Evidence packs: what an auditor needs who has nothing but the pack, and the programs that check it.

Desk and handbook flow in; one zip flows out, the same bytes for the same desk. `verifier/` is put together into the pack's own verify.py
and shares no code with the check in JavaScript: two programs that agree are the point.
"""
