"""What runs survive: the command is run as people run it, in processes of its own, and things are really broken."""
