"""`python -m harness`, and where the command `crossgrad` starts."""

import sys


def main() -> None:
    """Run the command. What it needs takes a moment to import, and Ctrl-C may come before that is done."""
    try:
        from harness.cli import main as command
    except KeyboardInterrupt:
        print("crossgrad: interrupted", file=sys.stderr)
        sys.exit(130)
    command()


if __name__ == "__main__":
    main()
