"""The use cases: effects only through ports, each safe to run again at any point."""
