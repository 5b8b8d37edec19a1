"""`python -m gaoxin`: the same door as the `gaoxin` command."""

from gaoxin.cli.main import main

if __name__ == "__main__":
    main()
