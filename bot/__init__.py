"""Draht hears that two defence ministers have spoken, and tells a channel once."""
