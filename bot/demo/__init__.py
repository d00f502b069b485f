"""A written news day, played through everything that runs on a real one."""
