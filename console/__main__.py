"""`python -m console` is `eightbells`."""

from console.cli import main

if __name__ == "__main__":
    main()
