"""Who held which ministry, from when to when, and how the world spells their names."""
