"""Start the CityPlanner window."""

from cityplanner.__main__ import main

if __name__ == "__main__":
    main()
