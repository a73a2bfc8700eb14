"""The commands of the command line, each module loaded only when one of its commands is called."""
