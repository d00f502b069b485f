"""`python -m bot` and the command `draht`."""

from bot.cli.app import main

if __name__ == "__main__":
    main()
