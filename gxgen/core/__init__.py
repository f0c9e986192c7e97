"""What every step of the pipeline uses: the report, findings and their codes, files, text."""
