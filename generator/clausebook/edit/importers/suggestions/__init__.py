"""What a program can guess of a clause: its force, whom it binds, its topics, the questions that it bears on. Never facts."""
