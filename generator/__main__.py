"""`python -m generator` is the command `clausebook`."""

from generator.cli import main

if __name__ == "__main__":
    main()
