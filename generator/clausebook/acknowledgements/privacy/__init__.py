"""What is held on people: found for a subject access request, and taken out when its time is over."""
