"""Start the CityPlanner window."""

from cityplanner.__main__ import main

main()
