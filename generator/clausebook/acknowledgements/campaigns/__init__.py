"""Asking: the roster, whom a campaign asks, what is carried forward, and the links, letters, reminders, replies and forms for them."""
