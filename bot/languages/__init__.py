"""Languages as data: one file each, and nothing in code that only one of them needs."""
