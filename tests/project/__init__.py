"""What is kept around the program: versions, workflows, releases."""
