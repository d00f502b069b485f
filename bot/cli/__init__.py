"""The command line: one module for one noun, everything heavy imported on first use."""
