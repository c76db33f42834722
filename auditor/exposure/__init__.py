"""Apply laws to the parties behind each dependency, as of a day."""
