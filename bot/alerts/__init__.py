"""What a channel is told of a contact, and what happens to the telling: pure decisions."""
