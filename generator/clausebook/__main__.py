"""`python -m clausebook` is the command `clausebook`."""

from clausebook.cli import main

if __name__ == "__main__":
    main()
