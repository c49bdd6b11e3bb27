"""Evidence packs: what an auditor needs who has nothing but the pack, and the programs that check it."""
