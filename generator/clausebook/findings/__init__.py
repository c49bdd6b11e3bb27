"""What a rule sees in the merged policies: reviews, stale references, contradictions, stale answers, rights beside duties.

What may enter: a rule over model and comparisons that returns Findings or plain records. What is wrong in an author's file is a
Problem, and belongs to check.
"""
