"""What is decided of each arrival: accepted, a duplicate, held for somebody in HR, or rejected; with reason and next step."""
